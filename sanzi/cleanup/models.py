"""问题: what the rules found wrong with a contract, and what a person said of it."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from sanzi.access.models import Person
from sanzi.access.scope import Record, ScopedQuerySet
from sanzi.contracts.models import Contract
from sanzi.kernel.refusals import Missing

# The cases of this app are described beside what is done with them.
from .remedies.models import Case as Case
from .remedies.models import CaseStep as CaseStep
from .remedies.models import Suit as Suit


class FindingQuerySet(ScopedQuerySet):
    def standing(self, as_of: date) -> Self:
        """Those that hold on a day: a lease still running is stored as overdue from its end on."""
        return self.filter(Q(since_on=None) | Q(since_on__lte=as_of))

    def ringing(self, as_of: date) -> Self:
        """Those whose right wants acting upon: reminded of, whether or not the last day is gone."""
        return self.filter(alarm_on__lte=as_of)


class Finding(Record):
    """One rule broken by one contract, with the evidence in a sentence."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="findings")
    rule = models.CharField("问题代码", max_length=10)
    severity = models.CharField("程度", max_length=10)
    evidence = models.TextField("证据")
    basis = models.TextField("依据")
    remedy = models.TextField("通常处置")
    # The first day it holds; null when it held from the start.
    since_on = models.DateField("起始", null=True)
    # The right that dies if nobody acts (timers.py): its kind, when to be reminded, its last day.
    timer = models.CharField("期限", max_length=12, default="", blank=True)
    alarm_on = models.DateField("提醒日", null=True)
    last_on = models.DateField("最后一天", null=True)

    objects = FindingQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint("contract", "rule", name="one_finding_per_rule")]
        indexes = [
            *Record.Meta.indexes,
            models.Index(
                fields=["village", "alarm_on"],
                condition=Q(alarm_on__isnull=False),
                name="findings_by_alarm",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.evidence}"


class TimerAnswer(Record):
    """What was done before a right died: the day, and the paper it rests on. Only ever added."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="timer_answers")
    rule = models.CharField(max_length=10)
    timer = models.CharField("期限", max_length=12)
    done_on = models.DateField("办理日期")
    done = models.CharField("办了什么", max_length=200)
    answered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.rule} {self.done_on}"


class Judgement(Record):
    """A person's word on a finding; the latest stands. Kept by contract and rule, so that it
    outlives a finding that a later workbook made afresh."""

    class Ruling(models.TextChoices):
        CONFIRMED = "confirmed", "确认"
        OVERRULED = "overruled", "推翻"

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="judgements")
    rule = models.CharField(max_length=10)
    ruling = models.CharField("结论", max_length=10, choices=Ruling)
    reason = models.TextField("理由")
    judged_by = models.ForeignKey(Person, models.PROTECT)
    judged_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.rule} {self.get_ruling_display()}"


class CheckSheet(Record):
    """核查表: one contract looked up in minutes, books and text, asked about and seen."""

    class Stage(models.TextChoices):
        OPEN = "open", "核查中"
        HANDED = "handed", "待镇审核"
        ACCEPTED = "accepted", "已审核"

    contract = models.OneToOneField(Contract, models.PROTECT, related_name="check_sheet")
    stage = models.CharField("状态", max_length=10, choices=Stage, default=Stage.OPEN)
    begun_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField("开始时间")
    handed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    handed_at = models.DateTimeField("提交时间", null=True)
    accepted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField("审核时间", null=True)

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_by=None) | ~Q(accepted_by=F("handed_by")),
                name="a_check_sheet_has_two_hands",
            ),
        ]

    def __str__(self) -> str:
        return f"核查表 {self.contract}"


class CheckAnswer(Record):
    """One question answered; the latest stands, and none is ever changed."""

    sheet = models.ForeignKey(CheckSheet, models.PROTECT, related_name="answers")
    source = models.CharField("来源", max_length=10)
    question = models.CharField("问题", max_length=30)
    # As told: a choice's word, a day as 2022-05-01, an amount as digits; empty takes it back.
    value = models.CharField("答复", max_length=300, blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.question} {self.value}"


class Visit(Record):
    """走访: who went to see whom, when, and what was said."""

    sheet = models.ForeignKey(CheckSheet, models.PROTECT, related_name="visits")
    visited = models.CharField("走访对象", max_length=30)
    their_post = models.CharField("当时职务", max_length=60)
    visited_on = models.DateField("走访日期")
    said = models.CharField("说了什么", max_length=500)
    visited_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta(Record.Meta):
        constraints = [
            # A double click is the same visit.
            models.UniqueConstraint(
                "sheet", "visited", "visited_on", "said", name="a_visit_is_told_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visited_on} {self.visited}"


class Discrepancy(Record):
    """不一致: two sources of a check sheet contradict each other. Made from the answers."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="discrepancies")
    code = models.CharField("代码", max_length=20)
    sentence = models.TextField("不一致之处")
    rule = models.CharField("涉及问题", max_length=10, blank=True)

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint("contract", "code", name="one_discrepancy_per_code")]

    def __str__(self) -> str:
        return self.sentence


class ThresholdQuerySet(models.QuerySet["Threshold"]):
    def visible_to(self, person: Person) -> Self:
        """Those that govern this person's region, or a part of it."""
        code = person.region_code
        if code is None:
            return self.none()
        over = [code[:length] for length in (2, 4, 6) if length <= len(code)]
        return self.filter(Q(region__in=over) | Q(region__startswith=code))

    def claim(self, pk: int, by: Person) -> "Threshold":
        """Lock one that this person's region may change: its own or below. Raises Missing."""
        code = by.region_code
        mine = self.none() if code is None else self.filter(region__startswith=code)
        found = mine.select_for_update(of=("self",)).filter(pk=pk).first()
        if found is None:
            raise Missing("scope.missing", "没有找到该标准")
        return found


class Threshold(models.Model):
    """认定标准: one threshold of the rules as a region set it; tried before it goes live."""

    # A province to a county: 2 to 6 digits; the nearest to a contract governs it.
    region = models.CharField("区划代码", max_length=6)
    name = models.CharField("标准", max_length=30)
    # As Policy reads it: a ratio 0.70, an amount of yuan, mu, years or a day.
    value = models.CharField("数值", max_length=30)
    from_on = models.DateField("施行日期")
    basis = models.CharField("依据", max_length=200)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    # The dry run: what would have fired, as of when. Null: not yet tried.
    trial = models.JSONField("试算", null=True)
    live_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    live_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    objects = ThresholdQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["region", "name"], name="thresholds_by_region")]

    def __str__(self) -> str:
        return f"{self.region} {self.name} {self.value}"

    def waiting_towns(self) -> list[str]:
        """Towns not yet inspected by it, in order."""
        waiting = self.reinspections.filter(done_at=None).order_by("town")
        return list(waiting.values_list("town", flat=True))


class Reinspection(models.Model):
    """A town whose contracts are still to be judged by a threshold that went live.

    Until it is done the town keeps its former thresholds, so that figures equal their rows all
    along.
    """

    threshold = models.ForeignKey(Threshold, models.PROTECT, related_name="reinspections")
    town = models.CharField(max_length=9)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("threshold", "town", name="one_reinspection_per_town")
        ]

    def __str__(self) -> str:
        return f"{self.threshold} {self.town}"
