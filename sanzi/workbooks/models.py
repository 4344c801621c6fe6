"""An office's workbook on its way in: uploaded, checked, confirmed once, written whole."""

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from sanzi.access.models import Person
from sanzi.access.scope import under
from sanzi.kernel.refusals import Missing

if TYPE_CHECKING:
    from typing import Self


class Stage(models.TextChoices):
    CHECKING = "checking", "正在核对"
    CHECKED = "checked", "已核对，待确认"
    REFUSED = "refused", "不是可用的工作簿"
    COMMITTING = "committing", "正在写入"
    COMMITTED = "committed", "已写入台账"
    FAILED = "failed", "未写入"


class UploadQuerySet(models.QuerySet["Upload"]):
    def visible_to(self, person: Person) -> "Self":
        """Uploads of offices in this person's part of the tree."""
        code = person.region_code
        return self.none() if code is None else self.filter(under("office", code))

    def claim(self, pk: int, by: Person) -> "Upload":
        """Lock one upload for the length of an action. Raises Missing."""
        try:
            return self.visible_to(by).select_for_update(of=("self",)).get(pk=pk)
        except Upload.DoesNotExist:
            raise Missing("scope.missing", "没有找到该记录") from None


class Upload(models.Model):
    """One workbook handed in by one person for one office (a region)."""

    office = models.CharField("办理单位区划", max_length=12, blank=True, db_index=True)
    uploaded_by = models.ForeignKey(Person, models.PROTECT, verbose_name="上传人")
    uploaded_at = models.DateTimeField("上传时间")
    # Cleaned for display only; on disk the file lies under the upload's own number.
    file_name = models.CharField("文件名", max_length=120)
    file_size = models.BigIntegerField("大小（字节）")
    digest = models.CharField(max_length=64)
    as_of = models.DateField("截至日期")
    stage = models.CharField("状态", max_length=12, choices=Stage, default=Stage.CHECKING)
    # What the last run said: the refusal, the counts of the receipt.
    message = models.TextField(blank=True)
    # When the child process was last started.
    started_at = models.DateTimeField()
    receipt = models.JSONField(default=dict)
    finished_at = models.DateTimeField("完成时间", null=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.file_name

    @property
    def state(self) -> str:
        """Where it stands, in words."""
        if self.stage == Stage.CHECKED and self.receipt.get("errors"):
            return "有错误，待改正"
        return self.get_stage_display()

    @property
    def folder(self) -> Path:
        """Where the workbook and what was found in it are kept."""
        return Path(settings.UPLOADS) / str(self.pk)

    @property
    def source(self) -> Path:
        return self.folder / "source.xlsx"

    @property
    def remembered(self) -> "models.QuerySet[RememberedMatch]":
        """How its office has said its headers are to be read."""
        return RememberedMatch.objects.filter(office=self.office)


class RememberedMatch(models.Model):
    """How an office reads one of its own headers, chosen once by a person.

    With an empty header it says which register the whole sheet is.
    """

    office = models.CharField(max_length=12, blank=True)
    table = models.CharField("表名", max_length=60)
    header = models.CharField("表头", max_length=200, blank=True)
    # Field of the dictionary (title of the sheet); empty means: leave it out.
    field = models.CharField("对应列", max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("office", "table", "header", name="one_match_per_header")
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.header} → {self.field}"
