"""考核评比: contests by rounds, entries, sealed marks, results frozen when a round closes."""

from decimal import Decimal
from typing import Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from sanzi.access.models import Person
from sanzi.access.scope import Record, ScopedQuerySet, under
from sanzi.kernel.refusals import Missing
from sanzi.kernel.regions import ancestors, trim
from sanzi.store.fields import MoneyField, ScaledField

from .stages import EntryStage, Stage


def _seen_from(person: Person, column: str) -> Q | None:
    """Contests held over this person's region or within it; None without a post."""
    code = person.region_code
    if code is None:
        return None
    return Q(**{f"{column}__in": [*ancestors(code), code]}) | under(column, code)


class ContestQuerySet(models.QuerySet["Contest"]):
    def visible_to(self, person: Person) -> Self:
        """Those held over this person's region or within it: who takes part may look."""
        seen = _seen_from(person, "region")
        return self.none() if seen is None else self.filter(seen)

    def claim(self, pk: int, by: Person) -> "Contest":
        """Lock one that is held by `by`'s region or below: only an organiser changes it."""
        code = by.region_code
        mine = self.none() if code is None else self.filter(under("region", code))
        found = mine.select_for_update(of=("self",)).filter(pk=pk).first()
        if found is None:
            raise Missing("scope.missing", "没有找到该记录")
        return found


class Contest(models.Model):
    """One assessment, contest or review, held by a region over its villages, towns or counties."""

    class Kind(models.TextChoices):
        ASSESSMENT = "assessment", "年度考核（镇考村、星级）"
        CONTEST = "contest", "大比武"
        FUNDING = "funding", "专项资金竞争性评审"

    class Level(models.TextChoices):
        VILLAGE = "village", "村"
        TOWN = "town", "乡镇"
        COUNTY = "county", "县（市、区）"

    # Trimmed: 4 digits a city, 6 a county, 9 a town.
    region = models.CharField("举办地区", max_length=9)
    kind = models.CharField("类型", max_length=10, choices=Kind)
    level = models.CharField("参评对象", max_length=7, choices=Level)
    title = models.CharField("名称", max_length=100)
    year = models.PositiveSmallIntegerField("年度")
    # Yuan that may be awarded in all; funding reviews only.
    purse = MoneyField("资金总额", null=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("建立时间")

    objects = ContestQuerySet.as_manager()

    class Meta:
        ordering = ("-year", "-pk")
        indexes = [models.Index(fields=["region", "year"], name="contests_by_region")]
        constraints = [
            models.UniqueConstraint("region", "year", "title", name="one_contest_of_a_title")
        ]

    def __str__(self) -> str:
        return f"{self.year} 年{self.title}"


class RoundQuerySet(models.QuerySet["Round"]):
    def visible_to(self, person: Person) -> Self:
        """The rounds of contests this person may look at."""
        seen = _seen_from(person, "contest__region")
        return self.none() if seen is None else self.filter(seen)

    def claim(self, pk: int, by: Person) -> "Round":
        """Lock one round: for an organiser, a judge or a participant. Raises Missing."""
        found = self.visible_to(by).select_for_update(of=("self",)).filter(pk=pk).first()
        if found is None:
            raise Missing("scope.missing", "没有找到该记录")
        return found


class Round(models.Model):
    """One round: its card, its day, its judges. Its card is locked when it opens."""

    contest = models.ForeignKey(Contest, models.PROTECT, related_name="rounds")
    ordinal = models.PositiveSmallIntegerField("轮次")
    title = models.CharField("名称", max_length=60)
    form = models.CharField("形式", max_length=40)
    # Hundredths of the final result.
    weight = models.PositiveSmallIntegerField("权重（%）")
    card = models.JSONField("评分表", encoder=DjangoJSONEncoder)
    card_revision = models.PositiveIntegerField(default=1)
    copied_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="copies")
    # Figures are taken as of the end of this day.
    cut_off_on = models.DateField("数据截止日")
    dropped = models.PositiveSmallIntegerField("去掉最高、最低各几个", default=1)
    judges_min = models.PositiveSmallIntegerField("几名评委起去掉", default=5)
    stage = models.CharField("状态", max_length=10, choices=Stage, default=Stage.PREPARING)
    closed_at = models.DateTimeField(null=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ("contest", "ordinal")
        constraints = [
            models.UniqueConstraint("contest", "ordinal", name="one_round_of_an_ordinal"),
            models.CheckConstraint(condition=Q(weight__lte=100), name="a_weight_is_a_share"),
        ]

    def __str__(self) -> str:
        return self.title


class JudgeQuerySet(models.QuerySet["Judge"]):
    def of(self, round_: Round) -> Self:
        """The judges of a round the caller has claimed or been scoped to, the excused too."""
        return self.filter(round=round_)

    def visible_to(self, person: Person) -> Self:
        """A person's own seats at panels; nobody's but one's own."""
        return self.filter(person=person, excused_at=None)


class Judge(models.Model):
    """A person who marks a round, for one group of participants or for all."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="judges")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    group = models.CharField("组别", max_length=20, default="", blank=True)
    named_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    excused_at = models.DateTimeField(null=True)

    objects = JudgeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("round", "person", name="one_judge_a_round")]

    def __str__(self) -> str:
        return str(self.person)


class EntryQuerySet(ScopedQuerySet):
    def of(self, round_: Round) -> Self:
        """The participants of a round the caller organises or judges."""
        return self.filter(round=round_)

    def judgeable(self) -> Self:
        """Those who handed something in; who gave up handed in nothing."""
        return self.filter(stage=EntryStage.SUBMITTED).exclude(statement="")


class Entry(Record):
    """One participant in one round; a town takes part under its 12-digit code."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="entries")
    name = models.CharField("参评对象", max_length=60)
    group = models.CharField("组别", max_length=20, default="", blank=True)
    stage = models.CharField("状态", max_length=10, choices=EntryStage, default=EntryStage.DRAFT)
    statement = models.TextField("申报材料", default="", blank=True)
    # Yuan: what is promised for the year, or asked for in a review of funds.
    pledge = MoneyField("承诺或申请金额", null=True)
    # What no figure says, typed by the organiser: {code: text of a number}.
    typed = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    # {code of a veto: reason}
    vetoes = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    submitted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField("提交时间", null=True)
    returned_for = models.CharField("退回理由", max_length=200, default="", blank=True)

    objects = EntryQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint("round", "village", name="one_entry_a_round")]

    def __str__(self) -> str:
        return self.name

    @property
    def region(self) -> str:
        """The trimmed code of whoever takes part."""
        return trim(self.village)

    @property
    def is_in(self) -> bool:
        return self.stage == EntryStage.SUBMITTED

    @property
    def gave_up(self) -> bool:
        """Whether it was counted as handed in without a text (弃权): it is not ranked."""
        return self.is_in and not self.statement


class Mark(models.Model):
    """A judge's points for one line of the card; sealed until the round is closed."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="marks")
    judge = models.ForeignKey(Judge, models.PROTECT, related_name="marks")
    code = models.CharField(max_length=20)
    points = ScaledField("分数", places=2)
    given_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("entry", "judge", "code", name="one_mark_a_line")]

    def __str__(self) -> str:
        return f"{self.code} {self.points}"


class ResultQuerySet(ScopedQuerySet):
    def visible_to(self, person: Person) -> Self:
        """What was published of contests in sight; an organiser's own before that."""
        seen = _seen_from(person, "entry__round__contest__region")
        if seen is None:
            return self.none()
        published = seen & Q(entry__round__stage=Stage.PUBLISHED)
        if not person.can("contests.run"):
            return self.filter(published)
        held = under("entry__round__contest__region", person.region_code or "")
        return self.filter(published | held)


class Result(Record):
    """One participant's points, frozen when the round closed; only ever added."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="results")
    # Which closing: a round reopened and closed again has results anew, the old ones stay.
    closing = models.PositiveSmallIntegerField()
    # [{code, value, points, out_of}] as decimal strings.
    lines = models.JSONField(encoder=DjangoJSONEncoder)
    bonus = ScaledField(places=2)
    total = ScaledField("总分", places=2)
    vetoes = models.JSONField(encoder=DjangoJSONEncoder)
    band = models.CharField("等级", max_length=20, default="", blank=True)
    rank = models.PositiveIntegerField("名次")
    is_tied = models.BooleanField()
    # Between which places it moves when every weight moves by a tenth.
    best = models.PositiveIntegerField()
    worst = models.PositiveIntegerField()

    objects = ResultQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint("entry", "closing", name="one_result_a_closing")]

    def __str__(self) -> str:
        return f"{self.rank} {self.total}"


class Award(Record):
    """Money granted after a review of funds; what became of it is appended as uses."""

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="award")
    amount = MoneyField("核定金额")
    document_number = models.CharField("批复文号", max_length=60)
    granted_on = models.DateField("批复日期")
    granted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.entry} {self.amount}"


class AwardUse(Record):
    """One use of granted money. Only ever added; a wrong one is taken back by its negative."""

    award = models.ForeignKey(Award, models.PROTECT, related_name="uses")
    used_on = models.DateField("日期")
    amount = MoneyField("金额")
    matter = models.CharField("用途", max_length=200)
    voucher_number = models.CharField("凭证号", max_length=60, default="", blank=True)
    told_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    told_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.used_on} {self.amount}"


def used_of(award: Award) -> Decimal:
    """What was used of a grant so far, in yuan; over the uses already fetched."""
    return sum((use.amount for use in award.uses.all()), Decimal("0.00"))
