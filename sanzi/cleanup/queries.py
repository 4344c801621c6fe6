"""What the rules found and what people said of it: the reads of pages and registers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from sanzi.access.models import Person
from sanzi.access.scope import ScopedQuerySet
from sanzi.contracts.models import Contract
from sanzi.contracts.terms import HOUSEHOLD
from sanzi.metrics.rows import sums_of
from sanzi.web.register import Badge, Tone

from . import rules
from .checking.questions import SOURCES, VISIT
from .figures import OUTCOMES, ROUTE
from .keeping import Inspected, terms_kept
from .learning import said_on
from .models import CheckAnswer, CheckSheet, Finding, Judgement
from .rules import RULES
from .workflow import CONFIRMED, OVERRULED, UNJUDGED

TITLES = {rule.code: rule.title for rule in RULES}
TONES: dict[str, Tone] = {"严重": "danger", "较重": "warn", "一般": "plain"}
_ROUTED = "contracts.escalated"


def ruled(findings: QuerySet[Finding]) -> QuerySet[Any]:
    """The findings, each with `ruling`: a person's latest word on it, or "unjudged"."""
    words = Judgement.objects.filter(contract=OuterRef("contract"), rule=OuterRef("rule"))
    latest = Subquery(words.order_by("-pk").values("ruling")[:1])
    return findings.alias(latest=latest).annotate(ruling=Coalesce("latest", Value(UNJUDGED)))


def standing_findings(on: date) -> QuerySet[Any]:
    """Everywhere: the findings that hold on a day and that nobody has overruled."""
    return ruled(Finding.objects.all().standing(on)).exclude(ruling=OVERRULED)


def findings_for(person: Person) -> ScopedQuerySet:
    """Findings of this person's region that hold today, overruled ones included, with `ruling`."""
    mine = Finding.objects.visible_to(person).standing(localdate())
    found = ruled(mine).select_related("contract")
    assert isinstance(found, ScopedQuerySet)
    return found


def hang_state(rows: Sequence[Any]) -> None:
    """Give contracts `found` and `outcome`, the badges of their register; two queries."""
    today, ids = localdate(), [row.pk for row in rows]
    counted = standing_findings(today).filter(contract__in=ids).order_by()
    numbers = dict(counted.values_list("contract").annotate(n=Count("pk")))
    sums = sums_of("contracts", ids, today, ["contracts.irregular", _ROUTED, *OUTCOMES.values()])
    for row in rows:
        number = numbers.get(row.pk, 0)
        row.found = Badge(f"{number} 项", "danger") if number else None
        row.outcome = outcome_badge(sums.get(row.pk, {}))
        if row.found is None and row.legal_nature == HOUSEHOLD:
            row.found = Badge("不在清理范围")


def outcome_of(sums: Mapping[str, int]) -> str:
    """How an irregular contract was put right, by its figures; empty while it was not."""
    return next((word for word, metric in OUTCOMES.items() if sums.get(metric, 0) > 0), "")


def outcome_badge(sums: Mapping[str, int]) -> Badge | None:
    """None for a contract that never was irregular."""
    if outcome := outcome_of(sums):
        return Badge(outcome, "done")
    if not sums.get("contracts.irregular"):
        return None
    return Badge(ROUTE, "running") if sums.get(_ROUTED) else Badge("未处置", "warn")


@dataclass(frozen=True)
class Found:
    """A finding as its contract's page shows it: the latest word of a person beside it."""

    finding: Finding
    judgement: Judgement | None
    today: date
    # The day the village first knew: of the first word that confirmed it.
    confirmed_on: date | None = None

    @property
    def title(self) -> str:
        return TITLES.get(self.finding.rule, "")

    @property
    def stage(self) -> str:
        return self.judgement.ruling if self.judgement else UNJUDGED

    @property
    def is_due(self) -> bool:
        """Whether the day it begins has come."""
        return self.finding.since_on is None or self.finding.since_on <= self.today

    @cached_property
    def stands(self) -> bool:
        return self.is_due and self.stage != OVERRULED

    @property
    def severity(self) -> Badge:
        return Badge(self.finding.severity, TONES.get(self.finding.severity, "plain"))

    @property
    def ruling(self) -> Badge:
        if self.stage == CONFIRMED:
            return Badge("已确认", "danger")
        return Badge("已推翻", "done") if self.stage == OVERRULED else Badge("未认定", "running")


def found_with(contract: Contract, today: date) -> list[Found]:
    """Everything found with a contract, by rule, what is yet to come last; two queries.

    The contract has been scoped by the caller.
    """
    words = Judgement.objects.filter(contract=contract).select_related("judged_by").order_by("pk")
    latest: dict[str, Judgement] = {}
    confirmed: dict[str, date] = {}
    for word in words:
        latest[word.rule] = word
        if word.ruling == CONFIRMED:
            confirmed.setdefault(word.rule, localdate(word.judged_at))
    found = [
        Found(one, latest.get(one.rule), today, confirmed.get(one.rule))
        for one in Finding.objects.filter(contract=contract).order_by("rule")
    ]
    return sorted(found, key=lambda one: not one.is_due)


def as_kept(contract: Contract, found: Sequence[Found]) -> Inspected:
    """The contract as last inspected, from what is stored.

    Its neighbours' prices are not asked again: they decided findings, never figures.
    """
    kept = [
        rules.Finding(
            rule=one.finding.rule,
            title=one.title,
            severity=one.finding.severity,  # type: ignore[arg-type]
            evidence=one.finding.evidence,
            since=one.finding.since_on,
            basis=one.finding.basis,
            remedy=one.finding.remedy,
        )
        for one in found
    ]
    terms = terms_kept(contract)
    return Inspected(contract.pk, contract.village, contract.number, terms, kept)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class SheetState:
    """A check sheet as its workflow sees it."""

    stage: str
    left: tuple[str, ...]
    is_visited: bool


def sheet_state(sheet: CheckSheet) -> SheetState:
    """Where a sheet stands and what it still lacks; three queries."""
    answers = CheckAnswer.objects.filter(sheet=sheet)
    said = said_on([sheet.pk]).get(sheet.pk, {})
    asked = dict(answers.values_list("question", "source"))
    done = {asked[question] for question in said}
    left = tuple(s.title for s in SOURCES if s.code not in done and s.code != VISIT)
    return SheetState(sheet.stage, left, VISIT in done or sheet.visits.exists())
