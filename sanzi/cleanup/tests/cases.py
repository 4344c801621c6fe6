"""A case of Shangtian walked by the people of the small world, through the actions of the pages."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sanzi.access.models import Person
from sanzi.cleanup.remedies import actions
from sanzi.cleanup.remedies.carrying import Work
from sanzi.cleanup.remedies.models import Case
from sanzi.cleanup.remedies.paths import BY_CODE
from sanzi.cleanup.remedies.stages import Level
from sanzi.documents.tests.files import jpeg, upload
from sanzi.journal.recorder import key
from sanzi.resolutions.actions import meetings, posting, proposing
from sanzi.resolutions.models import Resolution
from sanzi.resolutions.tests.sittings import SITTINGS, papers


def noon(month: int, day: int) -> datetime:
    """Midday of a day in 2026."""
    return datetime(2026, month, day, 4, 0, tzinfo=UTC)


def who(username: str) -> Person:
    return Person.objects.get(username=username)


def decide(case: Case, matter: str, *, by: str = "lin", check: str = "chen") -> Resolution:
    """Put a case to the meetings in March 2026 and have the decision stand by the 29th."""
    village = who(by)
    resolution = proposing.propose(
        on=key(case), matter=matter, body="成员大会", by=village, now=noon(3, 2)
    )
    for step, minutes in SITTINGS.items():
        meetings.hold(
            resolution_id=resolution.pk, step=step, minutes=minutes, files=papers(),
            by=village, now=noon(3, 21),
        )  # fmt: skip
    posting.publish(
        resolution_id=resolution.pk, step="publish", boards="公开栏", words="决议",
        from_on=date(2026, 3, 21), to_on=date(2026, 3, 28), files=[upload("a.jpg", jpeg())],
        by=village, now=noon(3, 21),
    )  # fmt: skip
    return posting.verify(
        resolution_id=resolution.pk, step="accept", by=who(check), now=noon(3, 29)
    )


def evidence(path: str) -> dict[str, list[Any]]:
    """One paper of each kind a way asks for."""
    return {kind: [upload(f"{kind}.jpg", jpeg())] for kind in BY_CODE[path].evidence}


WORKS: dict[str, Work] = {
    "amend": Work(
        on=date(2026, 3, 30), number="备-001", filed_on=date(2026, 3, 31), body="清水镇农经站",
        changes={"written": "书面", "yearly_amount": Decimal("15000.00")},
    ),
    "end": Work(on=date(2026, 3, 30)),
    "suit": Work(on=date(2026, 3, 30), number="（2026）示01民初1号", body="示例县人民法院"),
}  # fmt: skip


def walk(contract: Any, path: str, upto: str = "struck", **more: Any) -> Case:
    """A case of this contract that has come to this stage: walk(contract, "W1", "carried")."""
    village, clerk, leader = who("lin"), who("chen"), who("gao")
    way = BY_CODE[path]
    (case,) = actions.open_cases(contract_ids=[contract.pk], by=village, now=noon(3, 1))

    def plan() -> None:
        actions.plan(
            case_id=case.pk, path=path, responsible="赵主任", known_on=date(2026, 2, 1),
            by=village, now=noon(3, 2),
        )  # fmt: skip

    def review() -> None:
        decide(case, more.get("matter", way.matter))
        actions.review(case_id=case.pk, step="review", by=clerk, now=noon(3, 29))

    def carry() -> None:
        actions.carry(
            case_id=case.pk, work=more.get("work", WORKS[way.change]), files=evidence(path),
            by=village, now=noon(4, 1),
        )  # fmt: skip

    steps = {
        "planned": plan,
        "reviewed": review,
        "carried": carry,
        "accepted": lambda: actions.accept(case_id=case.pk, by=clerk, now=noon(4, 2)),
        "struck": lambda: actions.strike(case_id=case.pk, by=leader, now=noon(4, 3)),
    }
    for reached, act in steps.items():
        if case.stage == upto:
            break
        act()
        case.refresh_from_db()
        assert case.stage == reached
    assert case.level == Level.VILLAGE
    return case
