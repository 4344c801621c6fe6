"""A file of vouchers from other software: handed in, tried, brought in whole or given up."""

from pathlib import Path

from django.conf import settings
from django.db import models

from sanzi.access.models import Person
from sanzi.access.scope import Record


class FileStage(models.TextChoices):
    """Where a file of vouchers stands."""

    TRIED = "tried", "已试算，待导入"
    IMPORTED = "imported", "已导入"
    DROPPED = "dropped", "已放弃"


class VoucherFile(Record):
    """One file for one village's set: what trying it found, and the receipt once it is in."""

    # The village or group whose set it is.
    region = models.CharField("区划代码", max_length=14)
    # The set it goes to; empty until it is made by the import.
    book = models.ForeignKey("accounting.Book", models.PROTECT, null=True, related_name="files")
    scheme = models.CharField("会计制度", max_length=4)
    file_name = models.CharField("文件名", max_length=120)
    sha256 = models.CharField(max_length=64)
    stage = models.CharField("状态", max_length=8, choices=FileStage, default=FileStage.TRIED)
    uploaded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField("上传时间")
    # What the last trial found, or what was written (interchange/telling.py).
    found = models.JSONField(default=dict)
    imported_at = models.DateTimeField("导入时间", null=True)

    class Meta(Record.Meta):
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.file_name

    @property
    def state(self) -> str:
        """Where it stands, in words."""
        if self.stage == FileStage.TRIED and self.found.get("problems_count"):
            return "有错误，待改正"
        return str(FileStage(self.stage).label)

    @property
    def file(self) -> Path:
        """Where its bytes lie, under its own number."""
        return Path(settings.UPLOADS) / "vouchers" / str(self.pk)
