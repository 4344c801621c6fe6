"""What a workbook would change: each row is new, changed field by field, or unchanged."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sanzi.access.models import Person
from sanzi.access.scope import covers
from sanzi.intake.columns import SEALED_TYPES
from sanzi.intake.dictionary import Column, Sheet, register, sheet
from sanzi.intake.problems import Problem
from sanzi.intake.tables import Row, Table, Workbook
from sanzi.orgs.models import Collective
from sanzi.store.sealed import keyed_hash

from .binding import TABLES, fields_of, same, shown, stored
from .standing import standing_problems

# Keys of Record columns an import looks rows up by, in batches an engine's parameter limit allows.
VILLAGES_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one row that the workbook would change, in words."""

    title: str
    before: str
    after: str


@dataclass(slots=True)
class PlannedRow:
    """One row of the workbook and what the register would then keep of it, by field."""

    row: Row
    kept: dict[str, Any]
    # The row's number in its table; of a new row only after it is written.
    pk: int | None = None
    changes: list[Change] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        return not self.changes

    @property
    def village(self) -> str:
        return str(self.kept["village"])


@dataclass(slots=True)
class SheetPlan:
    """One register's part of the plan."""

    sheet: Sheet
    rows: list[PlannedRow] = field(default_factory=list)
    unchanged: int = 0

    @property
    def new(self) -> int:
        return sum(planned.is_new for planned in self.rows)

    @property
    def changed(self) -> int:
        return len(self.rows) - self.new


@dataclass(slots=True)
class Plan:
    """Everything a workbook would do, and what forbids it."""

    sheets: list[SheetPlan] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    # Villages named in the workbook, by code; None where no name is given.
    villages: dict[str, str | None] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """New, changed and unchanged rows by register."""
        return {
            plan.sheet.register: {
                "new": plan.new,
                "changed": plan.changed,
                "unchanged": plan.unchanged,
            }
            for plan in self.sheets
        }


def make_plan(workbook: Workbook, by: Person) -> Plan:
    """Compare a checked workbook with the registers, as this person may see them.

    Rows of a region that is not this person's are refused with the same words whether the region
    exists or not.
    """
    plan = Plan()
    for table in workbook.tables:
        if table.sheet is None or not table.rows:
            continue
        mine, foreign = _divide(table, by)
        plan.problems += foreign
        for row in mine:
            name = row.values.get("name") if table.sheet == "村情" else None
            plan.villages[row.values["village"]] = name or plan.villages.get(row.values["village"])
        planned = _plan_sheet(table, mine)
        plan.problems += standing_problems(table, planned)
        plan.sheets.append(planned)
        if table.sheet == "村情":
            plan.problems += _codes_taken(table, mine)
    return plan


def _codes_taken(table: Table, rows: Sequence[Row]) -> list[Problem]:
    """One credit code, one organisation: a code that another village bears is refused."""
    codes = {row.values["credit_code"] for row in rows if row.values["credit_code"]}
    holders = Collective.objects.filter(credit_code__in=codes, valid_to=None)
    bearers = dict(holders.values_list("credit_code", "region__code"))
    problems = []
    for row in rows:
        code, village = row.values["credit_code"], row.values["village"]
        if code and bearers.setdefault(code, village) != village:
            message = (
                f"第 {row.row} 行“统一社会信用代码”：“{code}”已登记在另一个村名下，"
                "一个代码只能属于一个组织，请核对登记证"
            )
            problems.append(_refused(table, row, "统一社会信用代码", "credit-code-taken", message))
    return problems


def _divide(table: Table, by: Person) -> tuple[list[Row], list[Problem]]:
    mine: list[Row] = []
    problems: list[Problem] = []
    for row in table.rows:
        # An unsound row has its own error already, and with one error nothing is written.
        if not row.sound:
            continue
        if covers(by, row.values["village"]):
            mine.append(row)
        else:
            message = (
                f"第 {row.row} 行“区划代码”：本账号无权导入该区划的数据，"
                "请核对区划代码，或请有权的单位导入"
            )
            problems.append(_refused(table, row, "区划代码", "region-not-yours", message))
    return mine, problems


def _refused(table: Table, row: Row, column: str, code: str, message: str) -> Problem:
    return Problem(table.name, row.row, column, "", code, "error", message)


def _plan_sheet(table: Table, rows: Sequence[Row]) -> SheetPlan:
    assert table.sheet is not None
    plan = SheetPlan(sheet(table.sheet))
    slug = plan.sheet.register
    present = {match.field for match in table.columns} | {"remark"}
    columns = [column for column in fields_of(plan.sheet) if column.field in present]
    for batch in _by_villages(rows):
        known = _known(slug, {row.values["village"] for row in batch})
        for row in batch:
            kept = known.get(_key(plan.sheet, row.values))
            if kept is None:
                plan.rows.append(PlannedRow(row, _new(plan.sheet, row.values)))
            elif changes := _apply(kept, columns, row.values):
                plan.rows.append(PlannedRow(row, kept, kept.pop("id"), changes))
            else:
                plan.unchanged += 1
    return plan


def _by_villages(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """The rows in batches of whole villages: a city is not held in memory twice."""
    by_village: dict[str, list[Row]] = {}
    for row in rows:
        by_village.setdefault(row.values["village"], []).append(row)
    codes = list(by_village)
    for start in range(0, len(codes), VILLAGES_AT_ONCE):
        yield [row for code in codes[start : start + VILLAGES_AT_ONCE] for row in by_village[code]]


def _known(slug: str, villages: set[str]) -> dict[tuple[Any, ...], dict[str, Any]]:
    """What the register keeps of these villages, by business key."""
    key = register(slug).key
    found = TABLES[slug].objects.filter(village__in=villages).values()
    return {tuple(kept[name] for name in key): kept for kept in found.iterator(chunk_size=2000)}


def _key(sheet: Sheet, values: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(values.get(name) or "" for name in sheet.key)


def _new(sheet: Sheet, values: Mapping[str, Any]) -> dict[str, Any]:
    village = values["village"]
    kept = {"village": village, "town": village[:9], "county": village[:6], "city": village[:4]}
    kept |= {name: values.get(name) or "" for name in sheet.key}
    for column in fields_of(sheet):
        _put(kept, column, values.get(column.field))
    return kept


def _apply(
    kept: dict[str, Any], columns: Sequence[Column], values: Mapping[str, Any]
) -> list[Change]:
    """Put the row's values over what is kept; blank cells leave it."""
    changes: list[Change] = []
    for column in columns:
        value = values.get(column.field)
        if value is None:
            continue
        before = kept[column.field]
        if same(column, before, value, kept.get(f"{column.field}_hash", "")):
            continue
        changes.append(Change(column.title, shown(column, before), shown(column, value)))
        _put(kept, column, value)
    return changes


def _put(kept: dict[str, Any], column: Column, value: Any) -> None:
    kept[column.field] = stored(column, value)
    if column.type in SEALED_TYPES:
        kept[f"{column.field}_hash"] = keyed_hash(value) if value else ""
