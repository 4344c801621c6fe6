"""巡察: a county's terms and rounds, which places they came to, what they found."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from sanzi.access.models import Person
from sanzi.access.scope import Record, ScopedQuerySet, under
from sanzi.kernel.refusals import Missing
from sanzi.kernel.regions import ancestors
from sanzi.store.sealed import SealedField


class OfACounty(models.QuerySet[Any]):
    """Rows of a term: seen from its region, from below it and from above."""

    column = "region"

    def visible_to(self, person: Person) -> Self:
        code = person.region_code
        if code is None:
            return self.none()
        above = Q(**{f"{self.column}__in": [*ancestors(code), code]})
        return self.filter(above | under(self.column, code))

    def claim(self, pk: int, by: Person) -> Any:
        """Lock one of `by`'s own region or below. Raises Missing."""
        code = by.region_code
        mine = self.none() if code is None else self.filter(under(self.column, code))
        found = mine.select_for_update(of=("self",)).filter(pk=pk).first()
        if found is None:
            raise Missing("scope.missing", "没有找到该记录")
        return found


class OfATerm(OfACounty):
    column = "term__region"


class InspectionTerm(models.Model):
    """届: the years within which every place is to be come to."""

    region = models.CharField("县", max_length=6)
    name = models.CharField("名称", max_length=40)
    from_on = models.DateField("起")
    to_on = models.DateField("止")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = OfACounty.as_manager()

    class Meta:
        ordering = ("-from_on", "-pk")
        constraints = [
            models.UniqueConstraint("region", "from_on", name="one_term_from_a_day"),
            models.CheckConstraint(
                condition=Q(to_on__gte=F("from_on")), name="an_inspection_term_has_days"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class InspectionRound(models.Model):
    """轮: one stretch of a term in which a group goes to some places."""

    term = models.ForeignKey(InspectionTerm, models.PROTECT, related_name="rounds")
    ordinal = models.PositiveSmallIntegerField("轮次")
    title = models.CharField("名称", max_length=60)
    from_on = models.DateField("起")
    to_on = models.DateField("止")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = OfATerm.as_manager()

    class Meta:
        ordering = ("term", "ordinal")
        constraints = [
            models.UniqueConstraint("term", "ordinal", name="one_inspection_round_of_an_ordinal")
        ]

    def __str__(self) -> str:
        return f"第{self.ordinal}轮 {self.title}"


class Inspected(Record):
    """A town or village a round came to; a town under its 12-digit code."""

    round = models.ForeignKey(InspectionRound, models.PROTECT, related_name="places")
    on = models.DateField("进驻日期")
    told_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    told_at = models.DateTimeField()

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint("round", "village", name="a_round_comes_to_a_place_once")
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.village}"


class FindingQuerySet(ScopedQuerySet):
    def visible_to(self, person: Person) -> "FindingQuerySet":
        """Those of a person's part of the tree; clues only for who may see clues."""
        mine = super().visible_to(person)
        return mine if person.can("clues.view") else mine.filter(is_clue=False)


class InspectionFinding(Record):
    """问题: what a round found in a place. A clue's words are sealed and it becomes no task."""

    class Kind(models.TextChoices):
        CONTRACT = "contract", "合同不规范"
        CLAIM = "claim", "债权清收不力"
        DEBT = "debt", "违规举债"
        RESOURCE = "resource", "资源资产流失"
        MONEY = "money", "资金管理"
        PROCEDURE = "procedure", "民主程序"
        DISCLOSURE = "disclosure", "财务公开"
        DUTY = "duty", "责任落实"
        OTHER = "other", "其他"

    round = models.ForeignKey(InspectionRound, models.PROTECT, related_name="findings")
    number = models.CharField("编号", max_length=30)
    kind = models.CharField("类别", max_length=10, choices=Kind)
    # Of a clue: the word 问题线索 and nothing more.
    matter = models.CharField("问题", max_length=300)
    evidence = models.TextField("依据和事实", default="", blank=True)
    is_clue = models.BooleanField("问题线索", default=False)
    facts: Any = SealedField("线索内容", null=True)
    found_on = models.DateField("发现日期")
    found_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    found_at = models.DateTimeField()
    key = models.CharField(max_length=36, unique=True)

    objects = FindingQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint("round", "number", name="one_finding_of_a_number"),
            models.CheckConstraint(
                condition=Q(is_clue=True, evidence="", facts__isnull=False)
                | Q(is_clue=False, facts=None),
                name="a_clue_s_words_are_sealed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.matter}"
