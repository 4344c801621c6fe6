"""A workbook judged without a database: its problems, its findings and its figures."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from sanzi.cleanup.figures import contract_shares
from sanzi.cleanup.inspection import surroundings, terms_of_all
from sanzi.cleanup.rules import Finding, inspect
from sanzi.debts.figures import debt_shares
from sanzi.intake.dictionary import sheet
from sanzi.intake.problems import Problem
from sanzi.intake.reading import read_workbook
from sanzi.intake.tables import Row, Table, Workbook
from sanzi.metrics.catalogue import Figure, figures
from sanzi.metrics.share import Contribution, add_up, default_base
from sanzi.receivables.figures import claim_shares
from sanzi.villages.figures import income_shares, profile_shares, project_shares

Progress = Callable[[int, int], None]


class FoundAt(NamedTuple):
    """A finding and the row it is about; `sheet` is the sheet's name in the file."""

    sheet: str
    row: int
    key: str
    finding: Finding


@dataclass
class Checked:
    """Everything `sanzi check` knows of a workbook."""

    workbook: Workbook
    as_of: date
    base_on: date
    problems: list[Problem]
    findings: list[FoundAt] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """No error in it: it could be written into the registers."""
        return not any(problem.severity == "error" for problem in self.problems)


def check_file(
    path: Path,
    *,
    as_of: date,
    matches: Mapping[tuple[str, str], str | None] | None = None,
    browser: bool = False,
    progress: Progress | None = None,
) -> Checked:
    """Read and judge a workbook. Raises NotAWorkbook when it cannot be read as one."""
    workbook = read_workbook(path, matches=matches, browser=browser, progress=progress)
    return judge(workbook, as_of)


def judge(workbook: Workbook, as_of: date) -> Checked:
    """Findings and figures of a workbook that has been read, as of a day."""
    rows = _rows_by_sheet(workbook)
    acts = _acts(rows["处置记录"])
    base_on = default_base(row.values["dated"] for row in rows["处置记录"]) or as_of
    checked = Checked(workbook, as_of, base_on, list(workbook.problems))
    totals: Counter[str] = Counter()
    _contracts(checked, rows, acts, totals)
    _balances(rows, acts, base_on, totals, as_of)
    checked.figures = figures(totals)
    return checked


def _rows_by_sheet(workbook: Workbook) -> dict[str, list[Row]]:
    """Rows by register; a row that lacks what every row must have counts nowhere."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for table in workbook.tables:
        if table.sheet:
            rows[table.sheet] += usable(table)
    return rows


def usable(table: Table) -> list[Row]:
    """The rows of a register that have all that every row must have."""
    assert table.sheet is not None
    required = [c.field for c in sheet(table.sheet).columns if c.required]
    return [row for row in table.rows if _has(row, required)]


def _has(row: Row, fields: list[str]) -> bool:
    return row.sound or all(row.values[field] is not None for field in fields)


Acts = Mapping[tuple[str, str, str], list[Mapping[str, Any]]]


def _acts(rows: Iterable[Row]) -> Acts:
    """Dispositions by what they act on: (kind, village, number), each in the order of its date."""
    acts: dict[tuple[str, str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.values["dated"]):
        values = row.values
        acts[values["kind"], values["village"], values["target_number"]].append(values)
    return acts


def _contracts(
    checked: Checked, rows: Mapping[str, list[Row]], acts: Acts, totals: Counter[str]
) -> None:
    contracts = rows["合同"]
    names = [t.name for t in checked.workbook.tables if t.sheet == "合同" for _ in usable(t)]
    values = [row.values for row in contracts]
    around = surroundings(
        values,
        [row.values for row in rows["村情"]],
        [row.values for row in rows["资源"]],
        [row.values for row in rows["处置记录"]],
    )
    terms_of_each = terms_of_all(values, around)
    for row, name, terms in zip(contracts, names, terms_of_each, strict=True):
        # What begins after the day is in neither its findings nor its figures.
        found = inspect(terms, until=checked.as_of)
        village, number = row.values["village"], row.values["number"]
        remedies = acts.get(("合同", village, number), [])
        add_up(totals, contract_shares(terms, found, remedies), checked.as_of)
        for finding in found:
            checked.findings.append(FoundAt(name, row.row, number, finding))


def _balances(
    rows: Mapping[str, list[Row]], acts: Acts, base_on: date, totals: Counter[str], as_of: date
) -> None:
    for kind, shares in (("债权", claim_shares), ("债务", debt_shares)):
        for row in rows[kind]:
            moves = acts.get((kind, row.values["village"], row.values["number"]), [])
            add_up(totals, shares(row.values, moves, base_on), as_of)
    plain: Iterable[tuple[str, Callable[[Mapping[str, Any]], list[Contribution]]]] = (
        ("村情", profile_shares),
        ("增收项目", project_shares),
    )
    for title, shares_of in plain:
        for row in rows[title]:
            add_up(totals, shares_of(row.values), as_of)
    years: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows["年度收入"]:
        years[row.values["village"]].append(row.values)
    for incomes in years.values():
        for shares_of_year in income_shares(incomes):
            add_up(totals, shares_of_year, as_of)
