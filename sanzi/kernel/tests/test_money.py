from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanzi.kernel.money import (
    MONEY_MAX,
    ZERO,
    capitals,
    from_fen,
    grouped,
    split,
    to_fen,
    yuan,
)
from sanzi.kernel.refusals import Invalid

FEN_MAX = 999_999_999_999_999
fen = st.integers(-FEN_MAX, FEN_MAX)


@pytest.mark.parametrize(
    ("value", "exact"),
    [("1234.5", "1234.50"), (12000, "12000.00"), (Decimal("0.1"), "0.10"), ("12.340", "12.34")],
)
def test_yuan_always_has_two_places(value, exact):
    assert str(yuan(value)) == exact


@pytest.mark.parametrize("value", ["12.345", Decimal("0.001"), "1.00000000000000000000000000001"])
def test_a_third_decimal_is_refused_not_rounded(value):
    with pytest.raises(Invalid, match="金额最多两位小数"):
        yuan(value)


@pytest.mark.parametrize(
    "value", ["1_000", "１２３", "1,234", "", " 1", "1e3", "NaN", "一千", Decimal("Infinity")]
)
def test_what_is_not_a_plain_number_is_refused(value):
    with pytest.raises(Invalid, match="不是金额"):
        yuan(value)


def test_the_largest_amount_passes_and_one_fen_more_does_not():
    assert yuan("9999999999999.99") == MONEY_MAX
    assert yuan("-9999999999999.99") == -MONEY_MAX
    for beyond in ("10000000000000.00", "-10000000000000", Decimal("1E+30")):
        with pytest.raises(Invalid, match="超过 9,999,999,999,999.99"):
            yuan(beyond)


def test_minus_zero_is_zero():
    assert str(yuan("-0")) == "0.00"


@given(fen)
def test_fen_come_back_from_yuan_unchanged(amount):
    assert to_fen(from_fen(amount)) == amount
    assert yuan(str(from_fen(amount))) == from_fen(amount)


def test_what_the_fen_cannot_divide_goes_to_the_largest_remainder_then_the_first():
    assert split(yuan("100"), [1, 1, 1]) == [yuan("33.34"), yuan("33.33"), yuan("33.33")]
    assert split(yuan("0.05"), [Decimal("0.25"), Decimal("0.75")]) == [yuan("0.01"), yuan("0.04")]
    assert split(yuan("-0.01"), [1, 3]) == [ZERO, yuan("-0.01")]


@given(fen, st.lists(st.integers(0, 10**6), min_size=1, max_size=20).filter(any))
def test_shares_add_up_and_none_is_a_fen_away_from_its_part(amount, weights):
    shares = split(from_fen(amount), weights)

    assert sum(shares) == from_fen(amount)
    for share, weight in zip(shares, weights, strict=True):
        assert abs(to_fen(share) * sum(weights) - amount * weight) < sum(weights)


@pytest.mark.parametrize("weights", [[], [0, 0], [2, -1]])
def test_weights_that_share_nothing_are_refused(weights):
    with pytest.raises(Invalid, match="分摊比例"):
        split(yuan(1), weights)


def test_grouped_reads_as_people_write():
    assert grouped(yuan("1234567.8")) == "1,234,567.80"
    assert grouped(yuan("-999")) == "-999.00"


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("10", "壹拾元整"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("107000.53", "壹拾万零柒仟元伍角叁分"),
        ("134000000", "壹亿叁仟肆佰万元整"),
        ("100000001", "壹亿零壹元整"),
        ("9000000010000", "玖万亿零壹万元整"),
        ("-20.30", "负贰拾元叁角整"),
    ],
)
def test_capitals_follow_the_rules_for_bills(amount, words):
    assert capitals(yuan(amount)) == words


@given(fen)
def test_capitals_say_exactly_the_amount(amount):
    words = capitals(from_fen(amount))

    assert spelled(words) == amount
    assert "零零" not in words
    assert "零元" not in words or words == "零元整"
    assert words[-1] in "整分"


def spelled(words: str) -> int:
    """The fen that Chinese capitals stand for, read back one sign at a time."""
    fen_of = {"元": 100, "角": 10, "分": 1}
    total = yi = wan = thousand = digit = 0
    for sign in words.removeprefix("负").removesuffix("整"):
        if sign in "零壹贰叁肆伍陆柒捌玖":
            digit = "零壹贰叁肆伍陆柒捌玖".index(sign)
            continue
        if sign in "拾佰仟":
            thousand += digit * 10 ** ("拾佰仟".index(sign) + 1)
        elif sign == "万":
            wan, thousand = (thousand + digit) * 10_000, 0
        elif sign == "亿":
            yi, wan, thousand = (wan + thousand + digit) * 10**8, 0, 0
        else:
            total += (yi + wan + thousand + digit) * fen_of[sign]
            yi = wan = thousand = 0
        digit = 0
    return -total if words.startswith("负") else total
