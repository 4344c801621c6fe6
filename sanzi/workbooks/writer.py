"""Writing a planned workbook into every register at once: all of it, or none of it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection

from sanzi.access.models import Person
from sanzi.access.scope import Record
from sanzi.campaigns.bases import bases_of, lock_missing
from sanzi.intake.columns import SEALED_TYPES
from sanzi.intake.problems import Problem
from sanzi.journal.recorder import Trace, key, record_many
from sanzi.metrics.share import default_base
from sanzi.parties.registry import Named, find_or_make, involve

from .binding import PARTIES, TABLES
from .places import settle
from .plan import Plan, PlannedRow, SheetPlan
from .refigure import refigure


@dataclass
class Receipt:
    """What an import did, for the person who confirmed it."""

    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    new_regions: list[str] = field(default_factory=list)
    locked_bases: list[str] = field(default_factory=list)
    base_on: date | None = None
    shares_moved: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def rows_written(self) -> int:
        return sum(c["new"] + c["changed"] for c in self.counts.values())


def write(plan: Plan, *, source: str, by: Person, now: datetime) -> Receipt:
    """Write every new and changed row, its parties, findings, figures and traces.

    Runs inside an action: an exception anywhere leaves nothing behind. `source` names the workbook
    in the journal. The journal is written last, because its lock is the one all writers share.
    """
    assert connection.in_atomic_block, "a workbook is written whole or not at all"
    receipt = Receipt(counts=plan.counts)
    receipt.new_regions = settle(plan, today=now.date())
    _assign_parties(plan.sheets)
    for sheet_plan in plan.sheets:
        _upsert(sheet_plan)
        _involve(sheet_plan)
    _lock_bases(plan, receipt, by=by, now=now)
    receipt.shares_moved = refigure(_changed_villages(plan), now.date())
    record_many(_traces(plan, receipt, source), by=by, at=now)
    return receipt


def _assign_parties(sheet_plans: Iterable[SheetPlan]) -> None:
    named: dict[tuple[str, int], Named] = {}
    for plan in sheet_plans:
        if plan.sheet.register in PARTIES:
            for place, planned in enumerate(plan.rows):
                named[plan.sheet.register, place] = _named(plan.sheet.register, planned.record)
    parties = find_or_make(named.values())
    for plan in sheet_plans:
        for place, planned in enumerate(plan.rows):
            if one := named.get((plan.sheet.register, place)):
                planned.record.party = parties[one]  # type: ignore[attr-defined]


def _named(register: str, record: Any) -> Named:
    name, kind, identity = PARTIES[register]
    sealed = getattr(record, identity)
    return Named(
        village=record.village,
        name=getattr(record, name),
        kind=getattr(record, kind),
        identity_hash=getattr(record, f"{identity}_hash"),
        identity_mask=sealed.mask if sealed else "",
    )


def _upsert(plan: SheetPlan) -> None:
    """One statement per batch for new and changed rows alike, matched by the business key."""
    if not plan.rows:
        return
    model = TABLES[plan.sheet.register]
    records = [planned.record for planned in plan.rows]
    for record in records:
        # A changed row is found again by its business key: one conflict target serves both kinds.
        record.pk = None
    model.objects.bulk_create(
        records,
        batch_size=500,
        update_conflicts=True,
        unique_fields=list(plan.sheet.key),
        update_fields=_updated_fields(model, plan),
    )


def _updated_fields(model: type[Record], plan: SheetPlan) -> list[str]:
    untouched = {"id", "village", "town", "county", "city", *plan.sheet.key}
    return [f.name for f in model._meta.concrete_fields if f.name not in untouched]


def _involve(plan: SheetPlan) -> None:
    if plan.sheet.register in PARTIES:
        rows = [(p.record.pk, p.record.village, p.record.party_id) for p in plan.rows]  # type: ignore[attr-defined]
        involve(plan.sheet.register, rows)


def _lock_bases(plan: Plan, receipt: Receipt, *, by: Person, now: datetime) -> None:
    """A town's base is locked by its first workbook: the day before the earliest act in it."""
    acts = [
        planned.row.values["dated"]
        for sheet_plan in plan.sheets
        if sheet_plan.sheet.register == "dispositions"
        for planned in sheet_plan.rows
    ]
    earlier = default_base(acts)
    locked_on = earlier or now.date()
    reason = "最早一条处置记录的前一日（按首次导入的工作簿推定）" if earlier else "首次导入之日"
    towns = {village[:9] for village in plan.villages}
    receipt.locked_bases = lock_missing(towns, locked_on, reason, by=by, now=now)
    bases = bases_of(plan.villages, now.date())
    receipt.base_on = max((bases.of(village) for village in plan.villages), default=None)


def _changed_villages(plan: Plan) -> dict[str, set[str]]:
    changed: dict[str, set[str]] = defaultdict(set)
    for sheet_plan in plan.sheets:
        for planned in sheet_plan.rows:
            changed[sheet_plan.sheet.register].add(planned.record.village)
    return changed


def _traces(plan: Plan, receipt: Receipt, source: str) -> Iterable[Trace]:
    for sheet_plan in plan.sheets:
        for planned in sheet_plan.rows:
            yield _trace(sheet_plan, planned, source)
    if receipt.rows_written:
        yield Trace(
            object=source,
            action="workbooks.commit",
            label="工作簿写入台账",
            public={"counts": receipt.counts, "base": str(receipt.base_on)},
        )


def _trace(plan: SheetPlan, planned: PlannedRow, source: str) -> Trace:
    place = {"source": source, "row": planned.row.row}
    thing = key(planned.record)
    if planned.is_new:
        return Trace(thing, "import.create", planned.record.village, "导入新增", place)
    sealed = {c.title for c in plan.sheet.columns if c.type in SEALED_TYPES}
    fields = [change.title for change in planned.changes]
    before_and_after = {
        change.title: [change.before, change.after]
        for change in planned.changes
        if change.title not in sealed
    }
    public = {**place, "fields": fields}
    return Trace(
        thing, "import.update", planned.record.village, "导入更新", public, before_and_after
    )
