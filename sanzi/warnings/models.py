"""Warnings: an office's numbers for each rule, the events, and when each village was looked at."""

from datetime import date
from typing import Any, Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from sanzi.access.models import Person
from sanzi.access.scope import Record, ScopedQuerySet
from sanzi.journal.models import CLUES
from sanzi.kernel.refusals import Missing
from sanzi.store.fields import MoneyField, ScaledField

from .raising import WAITING
from .raising import title_of as raised_title
from .rules import RULE_OF
from .rules.rule import LANES, WORDS, Level
from .stages import UNDER_WAY, Ending, Stage


class SettingQuerySet(models.QuerySet["Setting"]):
    def visible_to(self, person: Person) -> Self:
        """Those that govern this person's region, or a part of it."""
        code = person.region_code
        if code is None:
            return self.none()
        over = [code[:length] for length in (2, 4, 6) if length <= len(code)]
        return self.filter(Q(region__in=over) | Q(region__startswith=code))

    def claim(self, pk: int, by: Person) -> "Setting":
        """Lock one that this person's region may change: its own or below. Raises Missing."""
        code = by.region_code
        mine = self.none() if code is None else self.filter(region__startswith=code)
        found = mine.select_for_update(of=("self",)).filter(pk=pk).first()
        if found is None:
            raise Missing("scope.missing", "没有找到这项设定")
        return found


class Setting(models.Model):
    """A region's numbers for one rule (or the budget): proposed with a dry run, put in force by
    another person, standing until a later one of the same region takes its place."""

    region = models.CharField("区划代码", max_length=6)
    rule = models.CharField("规则", max_length=10)
    values = models.JSONField("参数", default=dict)
    lane = models.CharField("通道", max_length=10, choices=list(LANES.items()))
    is_on = models.BooleanField("启用", default=True)
    from_on = models.DateField("施行日期")
    basis = models.CharField("依据", max_length=200)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("拟定时间")
    # What the dry run said; kept with these numbers for good.
    trial = models.JSONField("试算", null=True, encoder=DjangoJSONEncoder)
    live_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    live_at = models.DateTimeField("启用时间", null=True)
    withdrawn_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField("作废时间", null=True)

    objects = SettingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(live_by=None) | ~Q(live_by=F("made_by")),
                name="a_warning_setting_has_two_hands",
            ),
            models.CheckConstraint(
                condition=Q(live_by=None) | Q(withdrawn_by=None),
                name="a_warning_setting_goes_one_way",
            ),
        ]
        indexes = [models.Index(fields=["live_at"], name="warning_settings_live")]

    def __str__(self) -> str:
        return f"{self.region} {self.rule} 第 {self.pk} 版"


class EventQuerySet(ScopedQuerySet):
    def visible_to(self, person: Person) -> Self:
        """The events of this person's region; restricted ones only for who may see clues."""
        mine = super().visible_to(person)
        return mine if person.can("clues.view") else mine.filter(is_restricted=False)

    def live(self) -> Self:
        """Those whose cause stood when it was last looked for."""
        return self.filter(gone_on=None)

    def awake(self, on: date) -> Self:
        """Those not put off to a later day."""
        return self.filter(Q(snoozed_until=None) | Q(snoozed_until__lt=on))


class Event(Record):
    """One warning: one rule broken by one cause, from the day it was first seen.

    Looked for again and again it stays one event and counts; when its cause is gone it ends by
    itself. Only what people do with it is a step of theirs.
    """

    rule = models.CharField("规则", max_length=10)
    cause = models.CharField("事由", max_length=120)
    name = models.CharField("事项", max_length=200)
    level = models.PositiveSmallIntegerField("颜色", choices=[(k, v) for k, v in WORDS.items()])
    lane = models.CharField("通道", max_length=10, choices=list(LANES.items()))
    is_restricted = models.BooleanField(default=False)
    value = ScaledField("实际", places=2)
    threshold = ScaledField("界线", places=2)
    money = MoneyField("涉及金额")
    sentence = models.CharField("情形", max_length=200)
    # The rows that make the number: journal key, name, amount; the first ones, and how many.
    rows = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    rows_count = models.PositiveIntegerField("行数", default=0)
    # The numbers it was judged by; null: as shipped.
    setting = models.ForeignKey(Setting, models.PROTECT, null=True, related_name="+")
    first_on = models.DateField("首次发现")
    last_on = models.DateField("最近发现")
    since_on = models.DateField("起始", null=True)
    seen = models.PositiveIntegerField("发现次数", default=1)
    # When it was let on the list; null: in the digest, by its lane or by the budget.
    shown_on = models.DateField("列入日期", null=True)
    shown_at = models.DateTimeField(null=True)

    stage = models.CharField("状态", max_length=10, choices=Stage, default=Stage.OPEN)
    dispatched_to = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    dispatched_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    dispatched_at = models.DateTimeField("交办时间", null=True)
    accept_by_on = models.DateField("接收期限", null=True)
    handle_by_on = models.DateField("办理期限", null=True)
    # Trimmed code of the region of whoever it was given to, as it was that day.
    held_in = models.CharField(max_length=12, default="", blank=True)
    # The highest level it went up to because nobody dealt with it, and by when that level acts.
    raised_to = models.CharField("提级到", max_length=9, default="", blank=True)
    raised_on = models.DateField("提级日期", null=True)
    answer_by_on = models.DateField("提级答复期限", null=True)
    accepted_at = models.DateTimeField("接收时间", null=True)
    finished_at = models.DateTimeField("报办结时间", null=True)
    words = models.CharField("办理情况", max_length=300, default="", blank=True)
    doubted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    judged_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ending = models.CharField("结果", max_length=10, choices=Ending, default="", blank=True)
    closed_at = models.DateTimeField("办结时间", null=True)
    # The day it was no longer found; a false alarm may be closed while its cause still stands.
    gone_on = models.DateField("消除日期", null=True)
    snoozed_until = models.DateField("暂缓到", null=True)
    snooze_reason = models.CharField("暂缓原因", max_length=200, default="", blank=True)

    objects = EventQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                "rule", "cause", condition=Q(gone_on=None), name="one_live_warning_per_cause"
            ),
            models.CheckConstraint(
                condition=Q(judged_by=None) | ~Q(judged_by=F("doubted_by")),
                name="a_false_alarm_has_two_hands",
            ),
            models.CheckConstraint(
                condition=Q(stage="closed") & ~Q(ending="") | ~Q(stage="closed") & Q(ending=""),
                name="a_closed_warning_says_why",
            ),
            models.CheckConstraint(
                condition=Q(raised_to="", raised_on=None, answer_by_on=None)
                | ~Q(raised_to="") & Q(raised_on__isnull=False, answer_by_on__isnull=False),
                name="a_raised_warning_has_a_clock",
            ),
        ]
        indexes = [
            *Record.Meta.indexes,
            models.Index(fields=["village", "gone_on"], name="warnings_of_village"),
            models.Index(fields=["village", "shown_on"], name="warnings_by_day"),
            models.Index(fields=["dispatched_to", "stage"], name="warnings_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.name}"

    @property
    def title(self) -> str:
        """The rule's title; of a rule no longer shipped, its code."""
        rule = RULE_OF.get(self.rule)
        return rule.title if rule else self.rule

    @property
    def colour(self) -> Level:
        return Level(self.level)

    def verb(self, done: str) -> str:
        """What the journal calls something done to it; of a restricted one only few read it."""
        return f"{CLUES}warnings.{done}" if self.is_restricted else f"warnings.{done}"

    @property
    def is_under_way(self) -> bool:
        return self.stage in UNDER_WAY

    @property
    def is_held(self) -> bool:
        """A warning the budget keeps for the digest."""
        return self.lane == "warn" and self.shown_on is None and self.is_under_way

    @property
    def is_raised(self) -> bool:
        """Whether it went up a level and waits there."""
        return bool(self.raised_to) and self.stage in WAITING

    def is_asleep(self, on: date) -> bool:
        """Whether it is put off beyond a day."""
        return self.snoozed_until is not None and self.snoozed_until >= on

    def raised(self, on: date) -> str:
        """Which level it went up to and how that level's time stands, in words; empty: to none."""
        if not self.raised_to or self.answer_by_on is None:
            return ""
        where = f"提级到{raised_title(self.raised_to)}"
        if not self.is_raised:
            return where
        days = (on - self.answer_by_on).days
        return (
            f"{where}，过了答复期限 {days} 天"
            if days > 0
            else (f"{where}，限 {self.answer_by_on} 前答复")
        )

    def late(self, on: date) -> str:
        """Which limit has passed, in words; empty while none has."""
        if self.stage == Stage.DISPATCHED and self.accept_by_on and self.accept_by_on < on:
            return f"过了接收期限 {(on - self.accept_by_on).days} 天"
        is_given = self.stage in (Stage.DISPATCHED, Stage.HANDLING)
        if is_given and self.handle_by_on and self.handle_by_on < on:
            return f"过了办理期限 {(on - self.handle_by_on).days} 天"
        return ""


class Look(Record):
    """When a village was last looked at, and what that came to; locked while it is looked at."""

    on_day = models.DateField("截至")
    at = models.DateTimeField("时间")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    # How many causes stood.
    standing = models.PositiveIntegerField("在的", default=0)

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint("village", name="one_look_per_village")]

    def __str__(self) -> str:
        return f"{self.village} {self.on_day}"


def kept_rows(rows: Any) -> list[list[str]]:
    """Rows as an event keeps them: name in the journal, words, amount."""
    return [[row.key, row.name[:100], str(row.amount)] for row in rows]
