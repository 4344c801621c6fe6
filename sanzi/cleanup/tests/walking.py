"""The demo town's irregular contracts, walked to their end through the actions of the pages.

Which contract ends by which remedy is the town's own record; here it is left out of the workbook
and written again, step by step, by the people whose work it is.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sanzi.access.models import Person
from sanzi.cleanup.models import Case, Finding
from sanzi.cleanup.remedies import actions
from sanzi.cleanup.remedies.carrying import Work
from sanzi.cleanup.remedies.casefile import casefile_of
from sanzi.cleanup.remedies.paths import BY_CODE
from sanzi.contracts.queries import terms_on
from sanzi.documents.tests.files import jpeg, upload
from sanzi.journal.recorder import key
from sanzi.resolutions.actions import meetings, posting, proposing
from sanzi.resolutions.models import Resolution
from sanzi.resolutions.verdicts import Minutes

SIGNED_ON, FILED_ON = date(2022, 4, 20), date(2022, 4, 25)
# What is agreed anew runs from here, for less than the twenty years of a lease.
NEW_TERM = {"starts_on": date(2022, 5, 1), "ends_on": date(2036, 4, 30)}


def day(month: int, number: int) -> datetime:
    """Midday of a day in 2022."""
    return datetime(2022, month, number, 4, 0, tzinfo=UTC)


def _minutes(on: date, *counts: int) -> Minutes:
    expected, present, approved = counts
    return Minutes(
        met_on=on, venue="村委会会议室", chair="村党组织书记", recorder="村会计",
        expected=expected, present=present, approved=approved, abstained=present - approved,
    )  # fmt: skip


# 村民代表会议 of 30: two thirds of all agree, enough for outsiders too (承包法§52).
SITTINGS = {
    "propose": _minutes(date(2022, 3, 14), 5, 5, 5),
    "consult": _minutes(date(2022, 3, 14), 7, 7, 6),
    "review": _minutes(date(2022, 3, 16), 50, 40, 38),
    "decide": _minutes(date(2022, 3, 30), 30, 27, 25),
}


@dataclass
class Town:
    """Who does what in the town that walks."""

    accountants: Mapping[str, Person]
    clerk: Person
    leader: Person
    county: Person
    # A case is stopped here, to leave some at every stage; by default none is.
    stops: Mapping[int, str] = field(default_factory=dict)


def _photo(name: str) -> Any:
    return upload(f"{name}.jpg", jpeg())


def open_all(town: Town, contracts: Iterable[Any]) -> list[Case]:
    """立案 by each village's accountant, all of a village in one go."""
    by_village: dict[str, list[int]] = defaultdict(list)
    for contract in contracts:
        by_village[contract.village].append(contract.pk)
    cases: list[Case] = []
    for village, ids in sorted(by_village.items()):
        by = town.accountants[village]
        cases += actions.open_cases(contract_ids=ids, by=by, now=day(3, 10))
    return cases


def plan_all(town: Town, cases: Iterable[Case], method_of: Callable[[Case], str]) -> None:
    """方案: the way of the town's record, by what is wrong with each contract."""
    for case in cases:
        actions.plan(
            case_id=case.pk, path=_path(case, method_of(case)), responsible="村会计",
            known_on=date(2022, 3, 1), by=town.accountants[case.village], now=day(3, 11),
        )  # fmt: skip


def _path(case: Case, method: str) -> str:
    rules = set(_rules(case))
    if method == "完善修订":
        return "W3" if rules <= {"P06", "P22"} else "W2" if rules & {"P02", "P09"} else "W1"
    return "J1" if method == "解除撤销" else "S2"


def _rules(case: Case) -> list[str]:
    return list(Finding.objects.filter(contract=case.contract).values_list("rule", flat=True))


def decide_all(town: Town, cases: Iterable[Case]) -> list[Resolution]:
    """One 四议两公开 a village and matter: the list of its contracts is voted on together."""
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for case in cases:
        case.refresh_from_db()
        file = casefile_of(case, town.clerk, date(2022, 3, 11))
        groups[case.village, file.matter].append(key(case))
    return [_decide(town, village, matter, on) for (village, matter), on in sorted(groups.items())]


def _decide(town: Town, village: str, matter: str, keys: list[str]) -> Resolution:
    by = town.accountants[village]
    resolution = proposing.propose(
        on=keys[0], also=keys[1:], matter=matter, body="村民代表会议", by=by, now=day(3, 12)
    )
    for step, minutes in SITTINGS.items():
        files = {kind: [_photo(kind)] for kind in ("minutes", "signatures", "photo")}
        meetings.hold(
            resolution_id=resolution.pk, step=step, minutes=minutes, files=files,
            by=by, now=day(3, 30),
        )  # fmt: skip
    posting.publish(
        resolution_id=resolution.pk, step="publish", boards="村公开栏", words=resolution.motion,
        from_on=date(2022, 3, 31), to_on=date(2022, 4, 7), files=[_photo("board")],
        by=by, now=day(3, 31),
    )  # fmt: skip
    return posting.verify(resolution_id=resolution.pk, step="accept", by=town.clerk, now=day(4, 8))


def finish(town: Town, case: Case, number: int) -> None:
    """审核, 实施, 验收, 销号 of one case, each by its own hand."""
    accountant = town.accountants[case.village]
    reviewer = town.leader if case.is_large else town.clerk
    striker = town.county if case.is_large else town.leader
    case.refresh_from_db()
    way = BY_CODE[case.path]
    work = _work(case, number)
    files = {kind: [_photo(kind)] for kind in way.evidence}
    actions.review(case_id=case.pk, step="review", by=reviewer, now=day(4, 11))
    actions.carry(case_id=case.pk, work=work, files=files, by=accountant, now=day(5, 5))
    actions.accept(case_id=case.pk, by=town.clerk, now=day(5, 6))
    actions.strike(case_id=case.pk, by=striker, now=day(5, 9))


def _work(case: Case, number: int) -> Work:
    way = BY_CODE[case.path]
    if way.change == "suit":
        return Work(on=SIGNED_ON, number=f"（2022）晋0521民初{number}号", body="示例县人民法院")
    if way.change == "end":
        return Work(on=SIGNED_ON)
    return Work(
        on=SIGNED_ON, effective_on=SIGNED_ON, number=f"备-2022-{number:03d}", filed_on=FILED_ON,
        body="中村镇农经站", changes=_changes(case),
    )  # fmt: skip


def _changes(case: Case) -> dict[str, Any]:
    """What the new text says otherwise, by what was wrong with the old one."""
    if case.path == "W3":
        return {}
    terms = terms_on(case.contract, date.max)
    changes: dict[str, Any] = {"archive_number": f"DA-2022-{case.pk:04d}"}
    for rule in _rules(case):
        changes |= _MENDS.get(rule, lambda terms: {})(terms)
    return changes


_Mend = Callable[[Mapping[str, Any]], dict[str, Any]]
_MENDS: dict[str, _Mend] = {
    "P01": lambda terms: {"written": "书面"},
    "P02": lambda terms: NEW_TERM,
    "P03": lambda terms: NEW_TERM,
    "P04": lambda terms: {"unit_price": (terms["unit_price"] or Decimal(50)) * 2},
    "P05": lambda terms: {"contract_area_mu": terms["measured_area_mu"]},
    "P06": lambda terms: {"procedure": "村民代表会议", "met_on": SITTINGS["decide"].met_on},
    "P09": lambda terms: NEW_TERM,
    "P10": lambda terms: {"special_clauses": "欠缴部分按还款计划补缴"},
    "P11": lambda terms: {"location": "村界内，见附图", "agreed_use": "种植"},
    "P12": lambda terms: {"issuer_kind": "村集体经济组织"},
    "P14": lambda terms: {"sublet": "已书面同意"},
}
