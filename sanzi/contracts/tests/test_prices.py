from datetime import date
from decimal import Decimal
from statistics import median
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanzi.contracts.prices import first_level, references
from sanzi.contracts.terms import terms_of

VILLAGE = "999999001001"


def let(number: int, price: str | None, **changes: Any) -> dict[str, Any]:
    return {
        "village": VILLAGE,
        "number": str(number),
        "legal_nature": "其他方式承包",
        "land_class": "0101",
        "signed_on": date(2010, 6, 1),
        "unit_price": Decimal(price) if price else None,
        **changes,
    }


def medians(rows: list[dict[str, Any]]) -> dict[str, tuple[str, int]]:
    return {
        number: (str(found.median), found.count) for (_, number), found in references(rows).items()
    }


def test_a_contract_is_compared_with_the_others_never_with_itself():
    rows = [let(1, "100.00"), let(2, "200.00"), let(3, "300.00")]

    assert medians(rows) == {"1": ("250.00", 2), "2": ("200.00", 2), "3": ("150.00", 2)}


@pytest.mark.parametrize(("year", "count"), [(2012, 2), (2013, 1), (2008, 2), (2007, 1)])
def test_only_contracts_signed_within_two_years_compare(year, count):
    rows = [let(1, "100.00"), let(2, "200.00"), let(3, "300.00", signed_on=date(year, 1, 1))]

    assert medians(rows)["1"][1] == count


@pytest.mark.parametrize(
    "stranger",
    [
        {"village": "999999002001"},
        {"land_class": "0201"},
        {"legal_nature": "家庭承包"},
        {"signed_on": None},
        {"unit_price": None},
        {"land_class": None},
    ],
)
def test_another_town_class_or_nature_does_not_compare(stranger):
    rows = [let(1, "100.00"), let(2, "200.00"), let(3, "300.00", **stranger)]

    assert medians(rows)["1"] == ("200.00", 1)


def test_the_same_class_in_the_next_village_of_the_town_compares():
    rows = [let(1, "100.00"), let(2, "200.00", village="999999001002", land_class="0103")]

    assert medians(rows) == {"1": ("200.00", 1), "2": ("100.00", 1)}


def test_free_use_is_compared_but_lowers_nobody_s_median():
    rows = [let(1, "100.00"), let(2, "200.00"), let(3, None, pricing="无偿")]

    assert medians(rows) == {"1": ("200.00", 1), "2": ("100.00", 1), "3": ("150.00", 2)}


def test_a_price_per_mu_is_worked_out_from_the_yearly_amount():
    terms = terms_of(
        {
            "category": "资源类",
            "legal_nature": "租赁",
            "yearly_amount": Decimal("1000.00"),
            "contract_area_mu": Decimal("3.00"),
        }
    )
    assert terms.price_per_mu == Decimal("333.33")


@pytest.mark.parametrize("pricing", ["分成", "实物"])
def test_a_share_of_the_crop_has_no_price_per_mu(pricing):
    terms = terms_of(
        {
            "category": "资源类",
            "legal_nature": "租赁",
            "pricing": pricing,
            "yearly_amount": Decimal("1000.00"),
            "contract_area_mu": Decimal("3.00"),
        }
    )
    assert terms.price_per_mu is None


@pytest.mark.parametrize("code", ["0101", "011", "GB/T21010-2017:0103"])
def test_the_first_level_of_every_edition_of_the_code_is_the_same(code):
    assert first_level(code) == "01"


@given(st.lists(st.integers(1, 50), min_size=2, max_size=12))
def test_the_fast_median_is_the_median(prices):
    rows = [let(i, f"{price}.00") for i, price in enumerate(prices)]
    found = references(rows)

    for i in range(len(prices)):
        others = [Decimal(price) for j, price in enumerate(prices) if j != i]
        assert found[VILLAGE, str(i)].median == median(others)
