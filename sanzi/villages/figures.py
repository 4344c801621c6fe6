"""What villages, their projects and their yearly incomes add to the figures (clean-up.md 4.6).

Income has several official readings, so the tier names one: 村集体经济收入, that is
经营收入+投资收益+其他收入 without 补助收入.
Both edges are inclusive: 1,000,000.00 is a million-yuan village, 99,999.99 is below 100,000.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sanzi.kernel.money import ZERO, to_fen
from sanzi.metrics.share import Contribution

TIERS: tuple[tuple[str, Decimal], ...] = (
    ("villages.income_at_least_1m", Decimal("1000000.00")),
    ("villages.income_at_least_100k", Decimal("100000.00")),
)

_INCOME_LINES = ("operating_income", "investment_income", "other_income")

# Projects carry no date: they are part of every day's figure.
_ALWAYS = date.min


def profile_shares(profile: Mapping[str, Any]) -> list[Contribution]:
    """A village counts once, from the beginning."""
    return [Contribution("villages.count", _ALWAYS, 1)]


def income_shares(incomes: Sequence[Mapping[str, Any]]) -> list[list[Contribution]]:
    """The shares of each yearly income of one village, in the order given.

    A year counts from its first day until the next year on record takes its place, so the rows
    behind a figure are those of each village's latest year.
    """
    years = sorted(row["year"] for row in incomes if collective_income(row) is not None)
    following = dict(zip(years, years[1:], strict=False))
    return [_year_shares(row, following.get(row["year"])) for row in incomes]


def _year_shares(row: Mapping[str, Any], next_year: int | None) -> list[Contribution]:
    income = collective_income(row)
    if income is None:
        return []
    shares: list[Contribution] = []
    for metric, least in TIERS:
        if income >= least:
            shares.append(Contribution(metric, date(row["year"], 1, 1), 1))
            if next_year is not None:
                shares.append(Contribution(metric, date(next_year, 1, 1), -1))
    return shares


def collective_income(row: Mapping[str, Any]) -> Decimal | None:
    """经营收入+投资收益+其他收入 in yuan; None when the year is on record without any of them."""
    lines = [row[line] for line in _INCOME_LINES if row.get(line) is not None]
    return sum(lines, ZERO) if lines else None


def project_shares(project: Mapping[str, Any]) -> list[Contribution]:
    """What one income project adds, by its path; jobs count whatever the path."""
    path = project.get("path")
    shares = {"income.jobs": project.get("jobs") or 0}
    if path == "盘活资源":
        shares["income.resources"] = to_fen(project.get("actual_income") or ZERO)
    elif path == "盘活资产":
        shares["income.assets"] = to_fen(project.get("actual_income") or ZERO)
    elif path == "项目造血":
        shares["income.projects"] = 1
        shares["income.projects_expected"] = to_fen(project.get("expected_income") or ZERO)
    return [Contribution(metric, _ALWAYS, value) for metric, value in shares.items() if value]
