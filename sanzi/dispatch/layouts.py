"""An office's own layout of a sheet (xlsx or docx); the latest version counts. Only ever added."""

from typing import Self

from django.db import models

from sanzi.access.models import Person
from sanzi.kernel.regions import ancestors

from .periods import KINDS

FILES = {"xlsx": "Excel 版式", "docx": "Word 版式"}


class LayoutQuerySet(models.QuerySet["Layout"]):
    def visible_to(self, person: Person) -> Self:
        """One's own office's and those of the offices above."""
        code = person.region_code
        if code is None:
            return self.none()
        return self.filter(region__in=[*ancestors(code), code])


class Layout(models.Model):
    """One version of an office's layout of one kind of sheet."""

    region = models.CharField("区划代码", max_length=9)
    kind = models.CharField("调度表", max_length=10, choices=list(KINDS.items()))
    file = models.CharField("文件", max_length=4, choices=list(FILES.items()))
    version = models.PositiveIntegerField("版本")
    # Of its bytes, which lie with the papers; empty: this office is back at the layout above.
    sha256 = models.CharField(max_length=64, blank=True)
    name = models.CharField("文件名", max_length=120, blank=True)
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField("启用时间")

    objects = LayoutQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "region", "kind", "file", "version", name="one_layout_per_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.get_kind_display()} 第 {self.version} 版"


def in_force(person: Person, kind: str, file: str) -> Layout | None:
    """The layout sheets of a kind are filled into where this person works; one query."""
    mine = Layout.objects.visible_to(person).filter(kind=kind, file=file)
    latest: dict[str, Layout] = {}
    for one in mine.order_by("version"):
        latest[one.region] = one
    kept = [one for one in latest.values() if one.sha256]
    return max(kept, key=lambda one: len(one.region), default=None)
