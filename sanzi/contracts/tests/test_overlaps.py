"""Two contracts on one ground at one time, by number and by outline."""

from datetime import date
from decimal import Decimal

import pytest

from sanzi.contracts.overlaps import SHARED_MAX, Common, by_number, by_outline, holds

V = "999901001201"


def row(number, starts_on, ends_on, object_number="ZY-1", area="10", **more):
    return {
        "village": V, "number": number, "category": "资源类", "legal_nature": "其他方式承包",
        "object_number": object_number, "starts_on": starts_on, "ends_on": ends_on,
        "contract_area_mu": Decimal(area), "contractor": number, **more,
    }  # fmt: skip


def rivals(*rows, areas=None, ended=None):
    found = by_number(holds(rows, ended or {}), areas or {})
    return {key[1]: [rival.number for rival in others] for key, others in found.items()}


FIRST = row("甲", date(2015, 1, 1), date(2020, 1, 1))


@pytest.mark.parametrize(
    ("starts_on", "overlaps"),
    [(date(2019, 12, 31), True), (date(2020, 1, 1), False), (date(2020, 1, 2), False)],
)
def test_the_day_one_ends_the_next_may_begin(starts_on, overlaps):
    found = rivals(FIRST, row("乙", starts_on, date(2025, 1, 1)))
    assert found == ({"甲": ["乙"], "乙": ["甲"]} if overlaps else {})


def test_a_contract_without_end_overlaps_whatever_comes_later():
    found = by_number(holds([row("甲", date(2015, 1, 1), None), row("乙", date(2030, 1, 1), None)],
                            {}), {})  # fmt: skip
    assert found[V, "甲"][0].until is None


def test_a_contract_ended_early_makes_room():
    second = row("乙", date(2018, 1, 1), date(2025, 1, 1))
    assert rivals(FIRST, second)
    assert rivals(FIRST, second, ended={(V, "甲"): date(2017, 12, 31)}) == {}


@pytest.mark.parametrize(("size", "overlaps"), [("20.00", False), ("19.99", True)])
def test_parts_of_one_object_may_be_let_side_by_side(size, overlaps):
    second = row("乙", date(2016, 1, 1), date(2020, 1, 1))
    assert bool(rivals(FIRST, second, areas={(V, "ZY-1"): Decimal(size)})) is overlaps


def test_works_occupation_and_contracts_without_object_hold_nothing():
    span = (date(2015, 1, 1), date(2020, 1, 1))
    others = [row("乙", *span, category="工程类"), row("丙", *span, written="无合同占用"),
              row("丁", *span, object_number=None)]  # fmt: skip
    assert rivals(FIRST, *others) == {}


def test_a_number_that_everybody_writes_names_no_object():
    span = (date(2015, 1, 1), date(2020, 1, 1))
    assert rivals(*(row(str(n), *span) for n in range(SHARED_MAX + 1))) == {}


def test_outlines_that_share_ground_make_rivals_of_their_contracts():
    held = holds([FIRST, row("乙", date(2016, 1, 1), date(2018, 1, 1), object_number="ZY-2")], {})
    common = [Common((V, "ZY-1"), (V, "ZY-2"), Decimal("1.50"))]
    found = by_outline(held, common, by_number(held, {}))
    assert found[V, "甲"][0].shared_mu == Decimal("1.50")
    assert found[V, "甲"][0].since == date(2016, 1, 1)
