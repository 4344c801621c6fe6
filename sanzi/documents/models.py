"""文件: scans, photos and originals, stored once by their SHA-256 and hung on what they prove."""

from django.db import models

from sanzi.access.models import Person
from sanzi.access.scope import Record

from .kinds import BY_MEDIA_TYPE


class Document(Record):
    """A stored paper as one village handed it in; its bytes are kept once, by hash."""

    sha256 = models.CharField(max_length=64)
    name = models.CharField("文件名", max_length=200)
    media_type = models.CharField("类型", max_length=100)
    size = models.PositiveBigIntegerField("字节数")
    # The thing it is hung on: agency.draft:17.
    on = models.CharField("所附事项", max_length=60)
    sheets = models.PositiveIntegerField("张数", default=1)
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField("上传时间")
    # Taken off before the matter was submitted; the bytes stay.
    removed_at = models.DateTimeField(null=True)

    class Meta(Record.Meta):
        indexes = [*Record.Meta.indexes, models.Index(fields=["on"], name="documents_by_thing")]
        constraints = [
            models.UniqueConstraint(
                "on", "sha256", condition=models.Q(removed_at=None), name="one_paper_once_a_thing"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_shown(self) -> bool:
        """Whether a page may show it as a picture."""
        kind = BY_MEDIA_TYPE.get(self.media_type)
        return kind is not None and kind.is_shown

    @property
    def weight(self) -> str:
        """Its size as people say it: 320 KB."""
        kilobytes = -(-self.size // 1024)
        if kilobytes < 1024:
            return f"{kilobytes} KB"
        tenths = self.size * 10 // 1024**2
        return f"{tenths // 10}.{tenths % 10} MB"
