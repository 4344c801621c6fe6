"""A case of each village's contract, and a posted decision with an unanswered objection."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from sanzi.access.system import system_person
from sanzi.cleanup.models import Case
from sanzi.contracts.models import Contract
from sanzi.journal.recorder import key
from sanzi.resolutions.models import Meeting, Objection, Posting, Resolution, Subject
from sanzi.resolutions.stages import Stage

from .rows import canary

AT = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
DAY = date(2026, 3, 2)
KINDS = ("resolution", "meeting", "posting", "objection", "case")


def keep_votes(villages: Iterable[str]) -> dict[str, dict[str, int]]:
    """One of each kind for each village: {kind: {village: pk}}."""
    by = system_person("system_import")
    found: dict[str, dict[str, int]] = {kind: {} for kind in KINDS}
    for village in villages:
        for kind, thing in zip(KINDS, _made(village, by), strict=True):
            found[kind][village] = thing.pk
    return found


def _made(village: str, by: Any) -> tuple[Any, ...]:
    contract = Contract.objects.filter(village=village).order_by("pk")[0]
    mine = {"village": village}
    resolution = Resolution.objects.create(
        on=key(contract), matter="contract.revise", title=f"决议{canary(village, 'vote')}",
        way="simple", body="成员大会", stage=Stage.PUBLISHED, motion="议案", decided_on=DAY,
        proposed_by=by, proposed_at=AT, **mine,
    )  # fmt: skip
    Subject.objects.create(resolution=resolution, on=key(contract), name=contract.title)  # type: ignore[attr-defined]
    meeting = Meeting.objects.create(
        resolution=resolution, step="decide", body="成员大会", met_on=DAY, venue="村委会",
        chair=f"主持{canary(village, 'chair')}", expected=300, present=210, approved=210,
        has_passed=True, recorded_by=by, recorded_at=AT, **mine,
    )  # fmt: skip
    posting = Posting.objects.create(
        resolution=resolution, round=1, boards="公开栏", words="决议内容", from_on=DAY,
        to_on=date(2026, 3, 9), posted_by=by, posted_at=AT, **mine,
    )  # fmt: skip
    objection = Objection.objects.create(
        posting=posting, raised_on=DAY, who=f"某人{canary(village, 'who')}", words="有异议",
        recorded_by=by, recorded_at=AT, **mine,
    )  # fmt: skip
    case = Case.objects.create(
        contract=contract, stage="reviewed", path="W1", responsible=canary(village, "case"),
        known_on=DAY, entered_on=DAY, due_on=DAY, opened_on=DAY, **mine,
    )  # fmt: skip
    return resolution, meeting, posting, objection, case
