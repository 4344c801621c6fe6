from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from sanzi.web import charts, formats
from sanzi.web.templatetags.sanzi import beyond


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (Decimal("1234567.8"), "元", "1,234,567.80"),
        (Decimal("0"), "元", "0.00"),
        (None, "元", ""),
        (Decimal("-0.01"), "元", "-0.01"),
        (Decimal("12665.57") * 10_000, "万元", "12,665.57"),
        (Decimal("49.99"), "万元", "0.00"),
        (Decimal("50"), "万元", "0.01"),
        (Decimal("9007199254740993.01"), "元", "9,007,199,254,740,993.01"),
    ],
)
def test_money_is_exact_and_blank_is_not_zero(value, unit, words):
    assert formats.money(value, unit) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [("0.75", "75.0%"), ("0.7505", "75.1%"), ("0", "0.0%"), ("1", "100.0%"), ("12.5", "1,250.0%")],
)
def test_a_rate_is_a_percentage_rounded_half_up(value, words):
    assert formats.rate(Decimal(value)) == words


def test_days_moments_and_nothing():
    assert formats.day(date(2022, 12, 31)) == "2022-12-31"
    assert formats.day(datetime(2026, 3, 2, 16, 30, tzinfo=UTC)) == "2026-03-03 00:30"
    assert formats.day(None) == ""


def test_quantities_lose_only_empty_places():
    assert formats.number(Decimal("12.3400")) == "12.34"
    assert formats.number(Decimal("1200")) == "1,200"
    assert formats.number(12603) == "12,603"


def test_yes_no_and_not_filled():
    assert [formats.yes_no(value) for value in (True, False, None)] == ["是", "否", ""]


@pytest.mark.parametrize("text", ["13800001111", "99990119700101001X", "ab", "一"])
def test_a_mask_never_shows_the_whole_of_anything_longer_than_a_word(text):
    masked = formats.mask(text)
    assert len(masked) == len(text)
    assert "*" in masked


def test_a_figure_is_written_by_its_unit():
    assert formats.figure(Decimal("0.8"), "率") == "80.0%"
    assert formats.figure(248, "份") == "248"
    assert formats.figure(Decimal("5"), "元") == "5.00"
    assert formats.figure(None, "率") == "—"


def test_drawings_say_in_words_what_they_show():
    drawn = charts.composition([("现金", Decimal("75")), ("抵顶", Decimal("25"))])
    assert 'aria-label="现金 75.00 75.0%；抵顶 25.00 25.0%"' in drawn
    assert 'width="75.000"' in drawn


def test_drawings_of_nothing_and_of_negatives_do_not_fail():
    assert "0.0%" in charts.bar(Decimal(0))
    assert "未填" in charts.bar(None)
    assert 'width="100.00"' in charts.bar(Decimal("1.2"))
    assert "—" in charts.composition([("现金", Decimal(0))])
    assert "-5.00" in charts.composition([("现金", Decimal(10)), ("冲回", Decimal(-5))])
    assert "还没有" in charts.trend([])
    assert "<circle" in charts.trend([(date(2022, 1, 1), Decimal(0))])


def test_a_label_in_a_drawing_is_text():
    assert "<script>" not in charts.composition([("<script>", Decimal(1))])


def test_drawings_carry_no_style_of_their_own():
    drawings = (
        charts.bar(Decimal("0.5")),
        charts.composition([("现金", Decimal(1))]),
        charts.trend([(date(2022, 1, 1), Decimal(0)), (date(2022, 2, 1), Decimal(1))]),
    )
    assert not any("style=" in drawn for drawn in drawings)


def test_the_page_s_own_place_is_not_told_twice():
    assert beyond("上田村", "清水镇") == "上田村 · "
    assert beyond("上田村", "上田村") == beyond("", "清水镇") == ""
