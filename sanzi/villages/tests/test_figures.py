from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from sanzi.metrics.share import total
from sanzi.villages.figures import (
    collective_income,
    income_shares,
    profile_shares,
    project_shares,
)

MILLION = "villages.income_at_least_1m"
HUNDRED_THOUSAND = "villages.income_at_least_100k"


def year(number: int, operating: str | None, **lines: str) -> dict[str, Any]:
    row: dict[str, Any] = {"year": number, **{line: Decimal(v) for line, v in lines.items()}}
    return row | {"operating_income": Decimal(operating) if operating else None}


def tier(metric: str, rows: list[dict[str, Any]], as_of: date) -> int:
    shares = [share for of_year in income_shares(rows) for share in of_year]
    return total(shares, as_of).get(metric, 0)


@pytest.mark.parametrize(
    ("metric", "amount", "counts"),
    [
        (MILLION, "1000000.00", 1),
        (MILLION, "999999.99", 0),
        (HUNDRED_THOUSAND, "100000.00", 1),
        (HUNDRED_THOUSAND, "99999.99", 0),
        (HUNDRED_THOUSAND, "1000000.00", 1),
    ],
)
def test_the_lower_edge_of_a_tier_belongs_to_it(metric, amount, counts):
    assert tier(metric, [year(2021, amount)], date(2021, 1, 1)) == counts


def test_subsidies_are_no_collective_income_and_expenses_are_not_taken_off():
    row = year(
        2021, "68.00", investment_income="5.00", other_income="42.00", subsidy_income="30.00",
        operating_expense="45.00", management_expense="35.00",
    )  # fmt: skip
    assert collective_income(row) == Decimal("115.00")


def test_a_village_counts_by_its_latest_year_on_record():
    rows = [year(2022, "50000.00"), year(2020, "100000.00"), year(2021, "120000.00")]

    found = [tier(HUNDRED_THOUSAND, rows, date(y, 12, 31)) for y in (2019, 2020, 2021, 2022, 2030)]
    assert found == [0, 1, 1, 0, 0]


def test_the_row_behind_the_figure_is_the_latest_year_s():
    earlier, later = income_shares([year(2020, "100000.00"), year(2021, "120000.00")])

    assert total(earlier, date(2021, 6, 1))[HUNDRED_THOUSAND] == 0
    assert total(later, date(2021, 6, 1))[HUNDRED_THOUSAND] == 1


def test_a_year_without_any_amount_is_not_on_record():
    rows = [year(2020, "100000.00"), year(2021, None)]
    assert tier(HUNDRED_THOUSAND, rows, date(2021, 6, 1)) == 1


def test_a_village_counts_once_from_the_beginning():
    assert total(profile_shares({}), date.min) == {"villages.count": 1}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("盘活资源", {"income.resources": 700, "income.jobs": 3}),
        ("盘活资产", {"income.assets": 700, "income.jobs": 3}),
        ("项目造血", {"income.projects": 1, "income.projects_expected": 900, "income.jobs": 3}),
    ],
)
def test_a_project_counts_by_its_path(path, found):
    project = {
        "path": path,
        "actual_income": Decimal("7.00"),
        "expected_income": Decimal("9.00"),
        "jobs": 3,
    }
    assert total(project_shares(project), date(2022, 1, 1)) == found


def test_a_project_still_without_income_adds_nothing():
    assert project_shares({"path": "盘活资源", "actual_income": None, "jobs": None}) == []
