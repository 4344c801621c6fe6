"""Experts, what villages need of them, and matchings of the two with their proofs."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from sanzi.access.models import Person
from sanzi.access.scope import Record, under
from sanzi.store.sealed import SealedField
from sanzi.support.held import Held, HeldQuerySet
from sanzi.support.skills import FIELDS, title_of
from sanzi.support.stages import MatchingStage


class ExpertQuerySet(HeldQuerySet):
    def within(self, code: str) -> "ExpertQuerySet":
        """Those who work in a region. The caller has already been scoped."""
        return self.filter(under("base", code))


class Expert(Held):
    """A professional who may be sent to villages; listed by a region, based in a place."""

    name = models.CharField("姓名", max_length=40)
    unit = models.CharField("单位", max_length=80)
    title = models.CharField("职称", max_length=40, default="", blank=True)
    field = models.CharField("领域", max_length=10, choices=list(FIELDS.items()))
    # Trimmed code of where the expert works.
    base = models.CharField("所在地", max_length=12)
    phone = SealedField("电话", null=True)
    # {skill: level 1 to 3}
    skills = models.JSONField("专长", default=dict, encoder=DjangoJSONEncoder)
    load_max = models.PositiveSmallIntegerField("最多帮扶村数", default=1)
    # {region code: reason}
    conflicts = models.JSONField("回避", default=dict, encoder=DjangoJSONEncoder)
    retired_at = models.DateTimeField(null=True)

    objects = ExpertQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        indexes = [models.Index(fields=["region", "id"], name="support_experts_by_region")]
        constraints = [
            models.UniqueConstraint("region", "unit", "name", name="one_expert_of_a_unit"),
            models.CheckConstraint(
                condition=Q(load_max__gte=1) & Q(load_max__lte=9), name="an_expert_has_places"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Need(Record):
    """One kind of skill a village lacks, and how badly; closed when it no longer does."""

    skill = models.CharField("需求", max_length=20)
    weight = models.PositiveSmallIntegerField("程度")
    note = models.CharField("具体情况", max_length=200, default="", blank=True)
    told_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    told_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                "village", "skill", condition=Q(closed_at=None), name="one_open_need_of_a_skill"
            ),
            models.CheckConstraint(condition=Q(weight__range=(1, 3)), name="a_need_has_a_weight"),
        ]

    def __str__(self) -> str:
        return title_of(self.skill)


class MatchingQuerySet(HeldQuerySet):
    def visible_to(self, person: Person) -> "MatchingQuerySet":
        """One's own region's and those below: a village sees its help, never the whole plan."""
        return self.owned_by(person)


class Matching(Held):
    """A proposal who serves which village: the question frozen, the answer with its proof."""

    title = models.CharField("名称", max_length=80)
    until_on = models.DateField("帮扶截止")
    # Weights in points; quotas {county: places}; pairs fixed by hand [[village, expert], …].
    terms = models.JSONField(encoder=DjangoJSONEncoder)
    quotas = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    pinned = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    forbidden = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    # What was known when it was last computed, and what came of it.
    question = models.JSONField(encoder=DjangoJSONEncoder)
    answer = models.JSONField(encoder=DjangoJSONEncoder)
    revision = models.PositiveIntegerField(default=1)
    stage = models.CharField(
        "状态", max_length=10, choices=MatchingStage, default=MatchingStage.PROPOSED
    )
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    # Keys of whoever proposed it, fixed a pair or computed it: none of them confirms it.
    hands = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    # Who computes it again: whoever did last, until it is handed over (交接).
    keeper = models.ForeignKey(Person, models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField("确认时间", null=True)

    objects = MatchingQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint("region", "title", name="one_matching_of_a_title"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=models.F("proposed_by")),
                name="nobody_confirms_an_own_matching",
            ),
        ]

    def __str__(self) -> str:
        return self.title
