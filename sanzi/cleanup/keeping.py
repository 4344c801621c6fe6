"""Findings and figures of contracts, recomputed for whole villages and kept beside them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sanzi.contracts.models import Contract, Ending
from sanzi.contracts.terms import Policy, Terms, terms_of
from sanzi.dispositions.models import Disposition
from sanzi.dispositions.queries import acts_on
from sanzi.holdings.models import Resource
from sanzi.metrics.shares import RowShares, replace
from sanzi.store.bulk import upsert
from sanzi.villages.models import Profile

from . import models
from .checking.comparing import Discrepancy as Contradiction
from .figures import contract_shares
from .inspection import ENDED, surroundings, terms_of_all
from .learning import KnownOf, known_of, learnt_in
from .policies import policies_of, policy_of
from .rules import Finding, inspect
from .timers import Timer, timer_of, timers_of

# What the rules and the figures read; sealed columns stay closed.
FIELDS = ("id", "village", "number", *(name for name in Terms.DICTIONARY_FIELDS))
RESOURCE_FIELDS = (
    "village", "number", "kind", "use_status", "area_mu", "is_basic_farmland",
    "is_ecological_redline", "geometry",
)  # fmt: skip


class Inspected(NamedTuple):
    """One contract with what the rules say of it now, and until when the village may act."""

    contract_id: int
    village: str
    number: str
    terms: Terms
    findings: list[Finding]
    timers: Mapping[str, Timer] = {}


def inspect_towns(
    towns: Collection[str], policies: Mapping[str, Policy] | None = None
) -> list[Inspected]:
    """Every contract of these towns, judged; prices are compared within a town, so whole towns.

    `policies`: thresholds by town to try instead of those in force.
    """
    contracts = list(Contract.objects.filter(town__in=towns).values(*FIELDS))
    profiles = Profile.objects.filter(town__in=towns).values(
        "village", "collective_name", "credit_code", "second_round_ends_on"
    )
    around = surroundings(
        contracts,
        profiles,
        _resources(towns),
        _ended(towns),
        learnt_in(towns),
        policies_of(towns) if policies is None else policies,
    )
    judged = terms_of_all(contracts, around)
    found = [(row, terms, inspect(terms)) for row, terms in zip(contracts, judged, strict=True)]
    beside = known_of({row["id"] for row, _, findings in found if findings})
    return [
        Inspected(row["id"], row["village"], row["number"], terms, findings,
                  _timers(row["id"], terms, findings, beside))
        for row, terms, findings in found
    ]  # fmt: skip


def _timers(
    contract: int, terms: Terms, findings: Sequence[Finding], beside: KnownOf
) -> Mapping[str, Timer]:
    known = beside.known.get(contract, {})
    rules = {found.rule: known.get(found.rule) for found in findings}
    return timers_of(rules, terms, beside.answered.get(contract, {}))


def keep_timer(finding: models.Finding, terms: Terms) -> None:
    """Bring the timer of one stored finding up to date, after a person's word on it."""
    beside, contract = known_of({finding.contract_id}), finding.contract_id
    timer = timer_of(
        finding.rule,
        terms,
        beside.known.get(contract, {}).get(finding.rule),
        beside.answered.get(contract, {}).get(finding.rule),
    )
    finding.timer, finding.alarm_on, finding.last_on = (
        (timer.kind, timer.alarm_on, timer.last_on) if timer else ("", None, None)
    )
    finding.save(update_fields=["timer", "alarm_on", "last_on"])


def terms_kept(contract: Any) -> Terms:
    """A stored contract's own words, with its town's thresholds and nothing from beyond the row."""
    values = {name: getattr(contract, name) for name in FIELDS}
    return terms_of(values, policy=policy_of(contract.town))


def refigure_town(town: str) -> int:
    """Inspect a town's contracts again and keep what comes of it; how many shares moved."""
    inspected = inspect_towns([town])
    keep_findings(inspected)
    return replace("contracts", shares_of(inspected))


def keep_discrepancies(sheet: models.CheckSheet, found: Iterable[Contradiction]) -> None:
    """Make the stored contradictions of this contract those just found."""
    models.Discrepancy.objects.filter(contract=sheet.contract).delete()
    for one in found:
        models.Discrepancy.objects.create(
            village=sheet.village,
            contract=sheet.contract,
            code=one.code,
            sentence=one.sentence,
            rule=one.rule,
        )


def _resources(towns: Collection[str]) -> list[dict[str, Any]]:
    return list(Resource.objects.filter(town__in=towns).values(*RESOURCE_FIELDS))


def _ended(towns: Collection[str]) -> Iterable[dict[str, Any]]:
    """The ends of contracts, from the history of acts and from what was ended here."""
    acts = Disposition.objects.filter(town__in=towns, kind="合同", method=ENDED)
    yield from acts.order_by("dated").values("village", "kind", "target_number", "method", "dated")
    ends = Ending.objects.filter(town__in=towns)
    for village, number, ended_on in ends.values_list("village", "contract__number", "ended_on"):
        yield {"village": village, "kind": "合同", "target_number": number, "method": ENDED,
               "dated": ended_on}  # fmt: skip


def keep_findings(inspected: Collection[Inspected]) -> int:
    """Make the stored findings of these contracts those just found; how many rows changed."""
    wanted = {
        (one.contract_id, found.rule): (one, found) for one in inspected for found in one.findings
    }
    contracts = {one.contract_id for one in inspected}
    stale: list[int] = []
    for kept in _kept(contracts):
        fresh = wanted.get((kept.contract_id, kept.rule))
        if fresh is None:
            stale.append(kept.pk)
        elif _said(*fresh) == tuple(getattr(kept, name) for name in _SAID):
            del wanted[kept.contract_id, kept.rule]
    _delete(stale)
    columns = ("village", "town", "county", "city", "contract", "rule", *_SAID)
    upsert(
        models.Finding,
        columns,
        (_cells(one, found) for one, found in wanted.values()),
        key=("contract", "rule"),
    )
    return len(stale) + len(wanted)


def shares_of(inspected: Iterable[Inspected]) -> dict[int, RowShares]:
    """The shares of these contracts, without the findings a person has overruled."""
    listed = list(inspected)
    remedies = acts_on("合同", {one.village for one in listed})
    overruled = _overruled({one.contract_id for one in listed})
    return {
        one.contract_id: RowShares(
            one.village,
            contract_shares(
                one.terms,
                [f for f in one.findings if f.rule not in overruled[one.contract_id]],
                remedies.get((one.village, one.number), []),
            ),
        )
        for one in listed
    }


_SAID = (
    "severity", "evidence", "basis", "remedy", "since_on", "timer", "alarm_on", "last_on",
)  # fmt: skip


def _said(one: Inspected, found: Finding) -> tuple[Any, ...]:
    timer = one.timers.get(found.rule)
    until = (timer.kind, timer.alarm_on, timer.last_on) if timer else ("", None, None)
    return (found.severity, found.evidence, found.basis, found.remedy, found.since, *until)


def _cells(one: Inspected, found: Finding) -> tuple[Any, ...]:
    code = one.village
    return (code, code[:9], code[:6], code[:4], one.contract_id, found.rule, *_said(one, found))


def _kept(contracts: set[int]) -> Iterable[models.Finding]:
    ordered = sorted(contracts)
    for start in range(0, len(ordered), 1000):
        yield from models.Finding.objects.filter(contract__in=ordered[start : start + 1000])


def _delete(pks: list[int]) -> None:
    for start in range(0, len(pks), 1000):
        models.Finding.objects.filter(pk__in=pks[start : start + 1000]).delete()


def _overruled(contracts: set[int]) -> dict[int, set[str]]:
    """Rules a person's latest word on each contract sets aside."""
    latest: dict[int, dict[str, str]] = defaultdict(dict)
    ordered = sorted(contracts)
    for start in range(0, len(ordered), 1000):
        words: Any = models.Judgement.objects.filter(contract__in=ordered[start : start + 1000])
        for contract, rule, ruling in words.order_by("pk").values_list(
            "contract_id", "rule", "ruling"
        ):
            latest[contract][rule] = ruling
    return defaultdict(
        set,
        {
            contract: {rule for rule, ruling in words.items() if ruling == "overruled"}
            for contract, words in latest.items()
        },
    )
