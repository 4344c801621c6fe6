"""The published JSON of `check` and `report` (docs/schema/*.json describes both)."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sanzi.intake.problems import Problem
from sanzi.kernel.refusals import NotAWorkbook
from sanzi.metrics.catalogue import Figure

from .check import Checked

if TYPE_CHECKING:
    from .report import Report


def plain(value: Decimal | int | None) -> str | int | None:
    """Yuan as `1234.50`, rates as `0.7500`, counts as integers: never a float."""
    return format(value, "f") if isinstance(value, Decimal) else value


def check_document(checked: Checked) -> dict[str, Any]:
    """What `sanzi check --json` prints."""
    return {
        "ok": checked.ok,
        "as_of": checked.as_of.isoformat(),
        "base_date": checked.base_on.isoformat(),
        "sheets": [
            {
                "sheet": table.name,
                "title": table.sheet,
                "header_row": table.header_row,
                "rows": len(table.rows),
                "columns": [
                    {
                        "column": match.header,
                        "field": match.field,
                        "letter": match.letter,
                        "how": match.how,
                    }
                    for match in table.columns
                ],
                "unmatched_columns": list(table.unmatched),
            }
            for table in checked.workbook.tables
        ],
        "problems": problem_lines(checked.problems),
        "findings": [
            {
                "sheet": found.sheet,
                "row": found.row,
                "key": found.key,
                "rule": found.finding.rule,
                "title": found.finding.title,
                "severity": found.finding.severity,
                "evidence": found.finding.evidence,
                "basis": found.finding.basis,
                "remedy": found.finding.remedy,
            }
            for found in checked.findings
        ],
        "figures": figure_lines(checked.figures),
    }


def refused_document(refusal: NotAWorkbook, as_of: date) -> dict[str, Any]:
    """The same document for a file that is no usable workbook: one problem and nothing else."""
    problem = Problem("", None, "", "", refusal.code, "error", refusal.message)
    day = as_of.isoformat()
    return {
        "ok": False,
        "as_of": day,
        "base_date": day,
        "sheets": [],
        "problems": problem_lines([problem]),
        "findings": [],
        "figures": [],
    }


def problem_lines(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Each problem with where it is, its stable code and what to do."""
    return [
        {
            "sheet": problem.sheet,
            "row": problem.row,
            "column": problem.column,
            "cell": problem.cell,
            "code": problem.code,
            "severity": problem.severity,
            "message": problem.message,
        }
        for problem in problems
    ]


def figure_lines(figures: Iterable[Figure]) -> list[dict[str, Any]]:
    """Each figure with its unit; a rate also with what was divided by what."""
    lines = []
    for figure in figures:
        line: dict[str, Any] = {
            "metric": figure.metric,
            "label": figure.label,
            "value": plain(figure.value),
            "unit": figure.unit,
        }
        if figure.denominator is not None:
            line["numerator"] = plain(figure.numerator)
            line["denominator"] = plain(figure.denominator)
        lines.append(line)
    return lines


def report_document(report: "Report") -> dict[str, Any]:
    """What `sanzi report --json` prints."""
    return {
        "region": report.region,
        "name": report.name,
        "as_of": report.as_of.isoformat(),
        "base_date": report.base_on.isoformat() if report.base_on else None,
        "base_dates": {town: day.isoformat() for town, day in sorted(report.bases.items())},
        "figures": figure_lines(report.figures),
        "villages": [
            {
                "region_code": line.code,
                "name": line.name,
                "figures": {metric: plain(figure.value) for metric, figure in line.figures.items()},
            }
            for line in report.villages
        ],
    }
