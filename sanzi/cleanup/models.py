"""问题: what the rules found wrong with a contract, and what a person said of it."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from sanzi.access.models import Person
from sanzi.access.scope import Record, ScopedQuerySet
from sanzi.contracts.models import Contract


class FindingQuerySet(ScopedQuerySet):
    def standing(self, as_of: date) -> Self:
        """Those that hold on a day: a lease still running is stored as overdue from its end on."""
        return self.filter(Q(since_on=None) | Q(since_on__lte=as_of))


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

    objects = FindingQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint("contract", "rule", name="one_finding_per_rule")]

    def __str__(self) -> str:
        return f"{self.rule} {self.evidence}"


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
