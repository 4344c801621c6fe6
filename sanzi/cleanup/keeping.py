"""Findings and figures of contracts, recomputed for whole villages and kept beside them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from sanzi.contracts.models import Contract
from sanzi.contracts.terms import Terms
from sanzi.dispositions.queries import acts_on
from sanzi.metrics.shares import RowShares
from sanzi.store.bulk import upsert
from sanzi.villages.models import Profile

from . import models
from .figures import contract_shares
from .inspection import terms_of_all, village_facts
from .rules import Finding, inspect

# What the rules and the figures read; sealed columns stay closed.
FIELDS = ("id", "village", "number", *(name for name in Terms.DICTIONARY_FIELDS))


class Inspected(NamedTuple):
    """One contract with what the rules say of it now."""

    contract_id: int
    village: str
    number: str
    terms: Terms
    findings: list[Finding]


def inspect_towns(towns: Collection[str]) -> list[Inspected]:
    """Every contract of these towns, judged; prices are compared within a town, so whole towns."""
    contracts = list(Contract.objects.filter(town__in=towns).values(*FIELDS))
    profiles = Profile.objects.filter(town__in=towns).values(
        "village", "collective_name", "credit_code", "second_round_ends_on"
    )
    judged = terms_of_all(contracts, village_facts(profiles))
    return [
        Inspected(row["id"], row["village"], row["number"], terms, inspect(terms))
        for row, terms in zip(contracts, judged, strict=True)
    ]


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
        elif _said(fresh[1]) == tuple(getattr(kept, name) for name in _SAID):
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


_SAID = ("severity", "evidence", "basis", "remedy", "since_on")


def _said(found: Finding) -> tuple[Any, ...]:
    return found.severity, found.evidence, found.basis, found.remedy, found.since


def _cells(one: Inspected, found: Finding) -> tuple[Any, ...]:
    code = one.village
    return (code, code[:9], code[:6], code[:4], one.contract_id, found.rule, *_said(found))


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
