"""Money is exact: `Decimal` yuan with two places in code, integer fen in storage, never a float."""

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from .refusals import Invalid

ZERO = Decimal("0.00")

# The largest amount a cell may hold, in yuan (domain/reliability.md 2.2, C15).
MONEY_MAX = Decimal("9999999999999.99")

_FEN = Decimal("0.01")
# Decimal() would also take "1_000", "１２３" and "NaN"; none of them is an amount.
_AMOUNT = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")


def yuan(value: str | int | Decimal) -> Decimal:
    """The amount in yuan with exactly two places.

    Raises Invalid when it is not a plain number, has a third decimal (nothing is ever rounded
    silently) or is beyond MONEY_MAX.
    """
    # A bool is an int to Python and 1.00 yuan to nobody; a float has already lost the fen.
    assert not isinstance(value, bool | float), value
    if isinstance(value, str) and not _AMOUNT.fullmatch(value):
        raise Invalid("money.format", "不是金额，请填数字，如 1234.56")
    amount = Decimal(value)
    if not amount.is_finite():
        raise Invalid("money.format", "不是金额，请填数字，如 1234.56")
    if abs(amount) > MONEY_MAX:
        raise Invalid("money.range", f"超过 {grouped(MONEY_MAX)}")
    exact = amount.quantize(_FEN)
    if exact != amount:
        raise Invalid("money.places", "金额最多两位小数")
    return exact + ZERO  # Adding zero turns -0.00 into 0.00.


def to_fen(amount: Decimal) -> int:
    """The amount in whole fen, as stored."""
    fen = int(amount.scaleb(2))
    assert fen == amount.scaleb(2), f"{amount} is finer than a fen"
    return fen


def from_fen(fen: int) -> Decimal:
    """The amount in yuan of stored fen."""
    return _FEN * fen  # Six times as fast as scaling, and statements are made of thousands.


def split(amount: Decimal, weights: Sequence[int | Decimal]) -> list[Decimal]:
    """Share the amount by weight to the exact fen; the shares add up to the amount.

    What the fen cannot divide goes to the largest remainders, the earlier share first.
    """
    exact = [Fraction(weight) for weight in weights]
    total = sum(exact)
    if total <= 0 or min(exact) < 0:
        raise Invalid("money.weights", "分摊比例须为非负数，且合计大于零")
    fen = abs(to_fen(amount))
    quotas = [fen * weight / total for weight in exact]
    shares = [int(quota) for quota in quotas]
    by_remainder = sorted(range(len(exact)), key=lambda i: shares[i] - quotas[i])
    for i in by_remainder[: fen - sum(shares)]:
        shares[i] += 1
    assert sum(shares) == fen
    sign = -1 if amount < 0 else 1
    return [from_fen(sign * share) for share in shares]


def grouped(amount: Decimal) -> str:
    """The amount as people read it: 1,234,567.80."""
    return f"{amount:,.2f}"


def capitals(amount: Decimal) -> str:
    """The amount in Chinese capitals for contracts and receipts: 壹仟贰佰元整.

    Spelled as the rules for filling in bills ask (支付结算办法, 附一): runs of zeros are read once,
    零 stands between 元 and 分 when there is no 角, 整 ends what has no 分.
    """
    fen = abs(to_fen(yuan(amount)))
    whole, jiao, odd = fen // 100, fen // 10 % 10, fen % 10
    words = f"{_whole(whole)}元" if whole else ""
    if jiao:
        words += f"{_DIGITS[jiao]}角"
    elif whole and odd:
        words += "零"
    words += f"{_DIGITS[odd]}分" if odd else "整"
    if not fen:
        return "零元整"
    return f"负{words}" if amount < 0 else words


def _whole(number: int) -> str:
    """A positive whole number below 10^16 in capitals."""
    words, gap = "", False
    digits = str(number)
    for place, digit in zip(range(len(digits) - 1, -1, -1), map(int, digits), strict=True):
        if digit:
            words += f"{'零' if gap else ''}{_DIGITS[digit]}{_PLACES[place % 4]}"
        gap = not digit
        if place in (4, 12) and number // 10**place % 10_000:
            words += "万"
        elif place == 8:
            words += "亿"
    return words
