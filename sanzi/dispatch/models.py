"""调度: sheets frozen at a cut-off, how each region arranges them, and what they wait for."""

from datetime import time
from typing import Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from sanzi.access.models import Person
from sanzi.access.scope import under
from sanzi.kernel.refusals import Missing
from sanzi.kernel.regions import ancestors
from sanzi.metrics.frozen import Mark

from .periods import KINDS
from .ranking import TIES


class ArrangementQuerySet(models.QuerySet["Arrangement"]):
    def visible_to(self, person: Person) -> Self:
        """Those this person's region works by, its own or from above, and those below it."""
        code = person.region_code
        if code is None:
            return self.none()
        return self.filter(Q(region__in=[*ancestors(code), code]) | under("region", code))


class Arrangement(models.Model):
    """How a region and all below it dispatch, until one of them arranges it anew for itself.

    Sheets keep the rule they were made by: a change here moves none of them.
    """

    region = models.CharField("区划代码", max_length=9, unique=True)
    daily_at = models.TimeField("日调度截止时刻", default=time(18))
    daily_working_days = models.BooleanField("日调度只在工作日", default=False)
    biweekly_first_on = models.DateField("双周调度第一期截止日")
    biweekly_every = models.PositiveSmallIntegerField("每隔几天一期", default=14)
    biweekly_at = models.TimeField("双周调度截止时刻", default=time(18))
    reds = models.PositiveSmallIntegerField("红旗几家", default=3)
    yellows = models.PositiveSmallIntegerField("黄旗几家", default=3)
    ties = models.CharField(
        "同分跨在名额边上", max_length=4, choices=list(TIES.items()), default="all"
    )
    # Working days in which each level answers what was raised to it.
    town_days = models.PositiveSmallIntegerField("乡镇答复期限（工作日）", default=3)
    county_days = models.PositiveSmallIntegerField("县答复期限（工作日）", default=5)
    city_days = models.PositiveSmallIntegerField("市答复期限（工作日）", default=10)
    revision = models.PositiveIntegerField(default=1)
    set_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    set_at = models.DateTimeField("设定时间")

    objects = ArrangementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(biweekly_every__gte=1, biweekly_every__lte=31),
                name="a_period_has_days",
            )
        ]

    def __str__(self) -> str:
        return f"{self.region} 调度安排"


class SheetQuerySet(models.QuerySet["Sheet"]):
    def visible_to(self, person: Person) -> Self:
        """The sheets of this person's region and of those below it."""
        code = person.region_code
        return self.none() if code is None else self.filter(under("region", code))

    def claim(self, pk: int, by: Person) -> "Sheet":
        """Lock one sheet for the length of an action. Raises Missing."""
        found = self.visible_to(by).select_for_update(of=("self",)).filter(pk=pk).first()
        if found is None:
            raise Missing("scope.missing", "没有找到这张调度表")
        return found

    def holding(self) -> Self:
        """Those no later edition has taken the place of."""
        return self.filter(successor=None)


class Sheet(models.Model):
    """A dispatch sheet as it was at its cut-off. Only ever added; a correction is another one.

    `body` is everything the sheet shows, as text that is handed out as it stands; the mark says
    which rows its figures open to.
    """

    # Trimmed: 9 digits a town, 6 a county, 4 a city.
    region = models.CharField("区划代码", max_length=9)
    kind = models.CharField("种类", max_length=10, choices=list(KINDS.items()))
    # What a line stands for.
    level = models.CharField(max_length=8)
    cut_off_on = models.DateField("截止日")
    edition = models.PositiveSmallIntegerField("版次", default=1)
    # What its changes are counted from; null for a first sheet, which counts from `since`.
    previous = models.ForeignKey("self", models.PROTECT, null=True, related_name="following")
    since = models.DateField("上期截止日")
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="successor")
    reason = models.CharField("更正理由", max_length=200, default="", blank=True)
    last_share = models.BigIntegerField()
    last_past = models.BigIntegerField()
    # Cumulative figures below the last sheet's: [{code, name, title, unit, before, now}]; none:
    # nothing to explain.
    falls = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    body = models.TextField()
    digest = models.CharField(max_length=64)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("生成时间")

    objects = SheetQuerySet.as_manager()

    class Meta:
        ordering = ("-cut_off_on", "-pk")
        constraints = [
            models.UniqueConstraint(
                "region", "kind", "level", "cut_off_on", "edition", name="one_sheet_a_period"
            ),
            models.CheckConstraint(
                condition=Q(supersedes=None) | ~Q(reason=""), name="a_corrected_sheet_says_why"
            ),
        ]
        indexes = [models.Index(fields=["region", "kind", "cut_off_on"], name="sheets_by_region")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.cut_off_on}"

    @property
    def mark(self) -> Mark:
        """What was known when it was made."""
        return Mark(self.last_share, self.last_past, self.cut_off_on)

    @property
    def mark_before(self) -> Mark:
        """What its changes are counted from."""
        if self.previous is not None:
            return self.previous.mark
        return Mark(self.last_share, self.last_past, self.since)

    @property
    def explained(self) -> "Explanation | None":
        """Why its cumulative figures fell, once somebody has said so."""
        return getattr(self, "explanation", None)

    @property
    def replaced_by(self) -> "Sheet | None":
        """The correction that took its place."""
        return getattr(self, "successor", None)

    @property
    def is_draft(self) -> bool:
        """Whether it waits for the reason why a cumulative figure fell."""
        return bool(self.falls) and self.explained is None


class ExplanationQuerySet(models.QuerySet["Explanation"]):
    def visible_to(self, person: Person) -> Self:
        """Those of sheets in this person's region."""
        code = person.region_code
        return self.none() if code is None else self.filter(under("sheet__region", code))


class Explanation(models.Model):
    """Why cumulative figures of a sheet are below the last one's. Its existence makes it final."""

    sheet = models.OneToOneField(Sheet, models.PROTECT, related_name="explanation")
    reason = models.CharField("原因", max_length=300)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")

    objects = ExplanationQuerySet.as_manager()

    def __str__(self) -> str:
        return self.reason


from .blockers import Blocker, BlockerStep  # noqa: E402,F401 - Django looks for tables here
from .layouts import Layout  # noqa: E402,F401
from .studies import Citation, Opinion, Study  # noqa: E402,F401
