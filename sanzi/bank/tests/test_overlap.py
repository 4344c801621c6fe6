"""The same flow never comes twice, and no flow is left out between two files."""

from datetime import date
from decimal import Decimal

import pytest

from sanzi.bank.reading.overlap import Mark, overlap

from .files import FEBRUARY, JANUARY, read

START = (date(2024, 1, 1), Decimal("10000.00"))


def marks(rows):
    return [Mark(r.dated, r.amount, r.balance, r.serial, r.row) for r in read(rows).rows]


def test_the_first_file_begins_at_the_account_s_opening_balance():
    assert overlap([], marks(JANUARY), START).trouble == ""
    off = overlap([], marks(JANUARY), (START[0], Decimal("9999.99")))
    assert "差 0.01 元" in off.trouble


def test_the_same_file_again_brings_nothing():
    assert overlap(marks(JANUARY), marks(JANUARY), START).known == 5


def test_the_next_month_continues_the_chain():
    assert overlap(marks(JANUARY), marks(FEBRUARY), START).known == 0


def test_an_overlapping_file_brings_only_what_is_new():
    found = overlap(marks(JANUARY), marks(JANUARY[2:] + FEBRUARY), START)
    assert (found.known, found.trouble) == (3, "")


def test_a_part_of_what_is_there_brings_nothing():
    assert overlap(marks(JANUARY), marks(JANUARY[1:3]), START).known == 2


def test_a_missing_month_is_refused_with_what_is_missing():
    later = [["2024-03-01", "利息", "1.00", "", "30812.80", "", "", "C1"]]
    trouble = overlap(marks(JANUARY), marks(later), START).trouble
    assert "请先导入 2024-01-21 至 2024-03-01 的流水" in trouble


def test_a_row_that_says_otherwise_than_before_is_named():
    rows = [list(row) for row in JANUARY]
    rows[1][7] = "A999"
    trouble = overlap(marks(JANUARY), marks(rows), START).trouble
    assert "第 3 行与已导入的流水不一致" in trouble


@pytest.mark.parametrize(("serial", "known"), [("S2", 0), ("S1", 2), ("", 2)])
def test_a_payment_and_its_return_twice_in_a_day_are_told_apart_by_serial(serial, known):
    twice = [
        ["2024-01-03", "转出", "", "100.00", "9900.00", "", "", "S1"],
        ["2024-01-03", "退回", "100.00", "", "10000.00", "", "", "S1"],
    ]
    again = [[*row[:7], serial] for row in twice]
    assert overlap(marks(twice), marks(again), START).known == known
