"""Writing a planned workbook into every register at once: all of it, or none of it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils.timezone import localdate

from sanzi.access.models import Person
from sanzi.access.scope import Record
from sanzi.campaigns.bases import bases_of, lock_missing
from sanzi.intake.columns import SEALED_TYPES
from sanzi.intake.problems import Problem
from sanzi.journal.recorder import Trace, record_many
from sanzi.metrics.share import default_base
from sanzi.parties.registry import Named, find_or_make, involve
from sanzi.store.bulk import upsert

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
    receipt.new_regions = settle(plan, today=localdate(now))
    _assign_parties(plan.sheets)
    for sheet_plan in plan.sheets:
        _upsert(sheet_plan)
        _involve(sheet_plan)
    _lock_bases(plan, receipt, by=by, now=now)
    receipt.shares_moved = refigure(_changed_villages(plan), localdate(now))
    record_many(_traces(plan, receipt, source), by=by, at=now)
    return receipt


def _assign_parties(sheet_plans: Iterable[SheetPlan]) -> None:
    with_parties = [plan for plan in sheet_plans if plan.sheet.register in PARTIES]
    named = [[_named(plan.sheet.register, p.kept) for p in plan.rows] for plan in with_parties]
    parties = find_or_make(one for ones in named for one in ones)
    for plan, ones in zip(with_parties, named, strict=True):
        for planned, one in zip(plan.rows, ones, strict=True):
            planned.kept["party_id"] = parties[one].pk


def _named(register: str, kept: dict[str, Any]) -> Named:
    name, kind, identity = PARTIES[register]
    sealed = kept[identity]
    return Named(
        village=kept["village"],
        name=kept[name],
        kind=kept[kind],
        identity_hash=kept[f"{identity}_hash"],
        identity_mask=sealed.mask if sealed else "",
    )


def _upsert(plan: SheetPlan) -> None:
    """One statement for new and changed rows alike, matched by the business key."""
    if not plan.rows:
        return
    model, key = TABLES[plan.sheet.register], plan.sheet.key
    fields = [f.attname for f in model._meta.concrete_fields if not f.primary_key]
    columns = [name for name in fields if name not in model.APART]
    rows = ([planned.kept[column] for column in columns] for planned in plan.rows)
    upsert(model, columns, rows, key=key)
    _number(model, key, [planned for planned in plan.rows if planned.pk is None])


def _number(model: type[Record], key: Sequence[str], fresh: Sequence[PlannedRow]) -> None:
    """Find the numbers the database gave to new rows."""
    villages = sorted({planned.village for planned in fresh})
    by_key = {tuple(planned.kept[name] for name in key): planned for planned in fresh}
    for start in range(0, len(villages), 500):
        found = model.objects.filter(village__in=villages[start : start + 500])
        for pk, *values in found.values_list("pk", *key).iterator(chunk_size=5000):
            if planned := by_key.get(tuple(values)):
                planned.pk = pk


def _involve(plan: SheetPlan) -> None:
    if plan.sheet.register in PARTIES:
        rows = [(p.pk, p.village, p.kept["party_id"]) for p in plan.rows if p.pk is not None]
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
    locked_on = earlier or localdate(now)
    reason = "最早一条处置记录的前一日（按首次导入的工作簿推定）" if earlier else "首次导入之日"
    towns = {village[:9] for village in plan.villages}
    receipt.locked_bases = lock_missing(towns, locked_on, reason, by=by, now=now)
    bases = bases_of(plan.villages, localdate(now))
    receipt.base_on = max((bases.of(village) for village in plan.villages), default=None)


def _changed_villages(plan: Plan) -> dict[str, set[str]]:
    changed: dict[str, set[str]] = defaultdict(set)
    for sheet_plan in plan.sheets:
        for planned in sheet_plan.rows:
            changed[sheet_plan.sheet.register].add(planned.village)
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
    thing = f"{TABLES[plan.sheet.register]._meta.label_lower}:{planned.pk}"
    if planned.is_new:
        return Trace(thing, "import.create", planned.village, "导入新增", place)
    sealed = {c.title for c in plan.sheet.columns if c.type in SEALED_TYPES}
    fields = [change.title for change in planned.changes]
    before_and_after = {
        change.title: [change.before, change.after]
        for change in planned.changes
        if change.title not in sealed
    }
    public = {**place, "fields": fields}
    return Trace(thing, "import.update", planned.village, "导入更新", public, before_and_after)
