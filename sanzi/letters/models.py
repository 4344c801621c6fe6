"""文书: every paper the house writes, as it was written; how it was served; how it ended.

Letters are only ever added. A letter no longer holds when it has an `Ending`; what happened to it
on its way to its reader are its `Service`s.
"""

import json
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef

from sanzi.access.models import Person
from sanzi.access.scope import Record, ScopedQuerySet, under
from sanzi.kernel.codes import fold_code
from sanzi.kernel.refusals import Missing
from sanzi.store.sealed import SealedField

from . import wording
from .form import LetterForm
from .ways import BY_CODE, WAYS, Way


class Wording(models.Model):
    """A form's text as letters were written with it; a change of it is a new version."""

    code = models.CharField("文书", max_length=60)
    version = models.PositiveIntegerField("版本")
    digest = models.CharField(max_length=64)
    body = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint("code", "version", name="one_wording_per_version"),
            models.UniqueConstraint("code", "digest", name="one_version_per_wording"),
        ]

    def __str__(self) -> str:
        return f"{self.code} 第 {self.version} 版"

    @property
    def form(self) -> LetterForm:
        """The form itself."""
        return _form(self.body)


@lru_cache(maxsize=64)
def _form(body: str) -> LetterForm:
    return wording.from_text(body)


class SerialCounter(models.Model):
    """The last number of one village, year and class; moves with the letters it counts."""

    village = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    series = models.CharField(max_length=6)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint("village", "year", "series", name="one_counter_per_series")
        ]

    def __str__(self) -> str:
        return f"{self.village}-{self.year}-{self.series}-{self.last}"


class LetterQuerySet(ScopedQuerySet):
    """Letters; most questions are about those that still hold."""

    def holding(self) -> Self:
        """The letters that are neither void nor superseded."""
        return self.filter(~Exists(Ending.objects.filter(letter=OuterRef("pk"))))


class Letter(Record):
    """One paper as it was issued: its wording, its values, its serial number, its token."""

    wording = models.ForeignKey(Wording, models.PROTECT, related_name="+")
    series = models.CharField("类别", max_length=6)
    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveIntegerField("序号")
    serial = models.CharField("编号", max_length=40, unique=True)
    title = models.CharField("文书", max_length=100)
    addressee = models.CharField("收件人", max_length=200, blank=True)
    issuer = models.CharField("发文单位", max_length=200)
    dated = models.DateField("日期")
    # The thing it is about, as the journal calls it: receivables.claim:12.
    on = models.CharField("事项", max_length=80)
    values = models.JSONField(default=dict)
    # The values marked personal, as JSON.
    personal = SealedField(null=True)
    # What the QR says; nobody can guess it.
    token = models.CharField(max_length=20, unique=True)
    issued_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField("制发时间")

    objects = LetterQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                "village", "year", "series", "number", name="one_letter_per_number"
            )
        ]
        indexes = [*Record.Meta.indexes, models.Index(fields=["on"], name="letters_by_thing")]

    def __str__(self) -> str:
        return f"{self.title} {self.serial}"

    @cached_property
    def form(self) -> LetterForm:
        """The form as it was when the letter was written."""
        return self.wording.form

    @property
    def ended(self) -> "Ending | None":
        """How it ceased to hold; None while it holds."""
        return getattr(self, "ending", None)

    def told(self, *, clear: bool = False) -> dict[str, Any]:
        """Its values, the standing ones among them; personal ones masked unless asked for clear.

        Whoever asks for clear values does so inside a logged action.
        """
        values = {**self.values}
        if clear and self.personal is not None:
            values |= json.loads(self.personal.reveal())
        return {
            **values,
            "serial": self.serial,
            "title": self.title,
            "addressee": self.addressee,
            "issuer": self.issuer,
            "dated": f"{self.dated:%Y-%m-%d}",
            "token": self.token,
        }


class Ending(Record):
    """A letter made void, or superseded by another. Its existence is the state; only added."""

    letter = models.OneToOneField(Letter, models.PROTECT, related_name="ending")
    reason = models.CharField("原因", max_length=200)
    successor = models.OneToOneField(Letter, models.PROTECT, null=True, related_name="supersedes")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")

    class Meta(Record.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.letter} {self.word}"

    @property
    def word(self) -> str:
        """已作废, or 已被替代."""
        return "已被替代" if self.successor_id else "已作废"


class Service(Record):
    """One attempt to serve a letter (送达), with its proof. Only added; another takes it back."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="services")
    way = models.CharField("送达方式", max_length=20, choices=[(w.code, w.title) for w in WAYS])
    served_on = models.DateField("送达日期")
    receiver = models.CharField("签收人", max_length=100, blank=True)
    witnesses = models.CharField("见证人", max_length=200, blank=True)
    number = models.CharField("邮单号、公告载体", max_length=100, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)
    takes_back = models.OneToOneField("self", models.PROTECT, null=True, related_name="taken_back")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField("登记时间")

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(takes_back=None) | ~models.Q(note=""),
                name="taking_back_a_service_says_why",
            )
        ]

    def __str__(self) -> str:
        return f"{self.letter} {self.get_way_display()}"

    @property
    def told(self) -> Way:
        """What the way means."""
        return BY_CODE[self.way]


class OfficeTemplateQuerySet(models.QuerySet["OfficeTemplate"]):
    def visible_to(self, person: Person) -> Self:
        """Templates an office of this person's region works with: its own and those above it."""
        code = person.region_code
        if code is None:
            return self.none()
        return self.filter(region__in=[code[:width] for width in TEMPLATE_WIDTHS])


# Who may keep templates of its own: a county, a town.
TEMPLATE_WIDTHS = (6, 9)


class OfficeTemplate(models.Model):
    """An office's own Word layout of a form; the latest version counts. Only ever added."""

    region = models.CharField("区划代码", max_length=9)
    code = models.CharField("文书", max_length=60)
    version = models.PositiveIntegerField("版本")
    # Of its bytes, which lie with the papers; empty: this office is back at the layout above.
    sha256 = models.CharField(max_length=64, blank=True)
    name = models.CharField("文件名", max_length=120, blank=True)
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField("启用时间")

    objects = OfficeTemplateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "region", "code", "version", name="one_office_template_per_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.code} 第 {self.version} 版"


class RunQuerySet(models.QuerySet["Run"]):
    def visible_to(self, person: Person) -> Self:
        """Runs all of whose letters lie in this person's part of the tree."""
        code = person.region_code
        return self.none() if code is None else self.filter(under("region", code))

    def claim(self, pk: int, by: Person) -> "Run":
        """Lock one run for the length of an action. Raises Missing."""
        found = self.visible_to(by).select_for_update(of=("self",)).filter(pk=pk).first()
        if found is None:
            raise Missing("run.missing", "没有找到这次打印")
        return found


class Run(models.Model):
    """Many letters printed into one file by a child process."""

    class State(models.TextChoices):
        RUNNING = "running", "正在打印"
        DONE = "done", "已完成"
        FAILED = "failed", "没有完成"
        CANCELLED = "cancelled", "已取消"

    class Kind(models.TextChoices):
        PDF = "pdf", "一个 PDF，按编号连续"
        DOCX = "docx", "每份一个 Word，打成压缩包"

    # The smallest region that holds all its letters: who sees it all may have it.
    region = models.CharField(max_length=12, db_index=True)
    kind = models.CharField("格式", max_length=4, choices=Kind)
    count = models.PositiveIntegerField("份数")
    # What the addresses in its QR codes begin with.
    base = models.CharField(max_length=200)
    state = models.CharField("状态", max_length=10, choices=State, default=State.RUNNING)
    message = models.CharField(max_length=300, blank=True)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("开始时间")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField("完成时间", null=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.count} 份文书 {self.get_kind_display()}"

    @property
    def folder(self) -> Path:
        """Where it is made and kept."""
        return Path(settings.DATA) / "runs" / str(self.pk)

    @property
    def file(self) -> Path:
        return self.folder / ("letters.pdf" if self.kind == self.Kind.PDF else "letters.zip")


class RunLetter(models.Model):
    """A letter in its place in a run."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="places")
    letter = models.ForeignKey(Letter, models.PROTECT, related_name="+")
    place = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint("run", "place", name="one_letter_a_place")]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.place}"


def plain_token(given: str) -> str:
    """A token as stored, from whatever a person typed of it: spaces, hyphens, small letters."""
    return fold_code(given).replace("-", "")


def letter_of(token: str) -> Letter:
    """The letter a QR names. Raises Missing. For public pages: the token is the permission."""
    mine = Letter.objects.filter(token=plain_token(token))
    found = mine.select_related("wording", "ending", "ending__successor").first()
    if found is None:
        raise Missing("letter.token", "没有找到这份文书，请核对查验码，或向发文单位核实")
    return found
