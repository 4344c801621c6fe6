"""How this village booked the like before: accounts suggested as a hint, never entered by itself.

Likeness of two summaries is the share of the shorter one's pairs of neighbouring characters that
the other has too.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from operator import or_

from django.db.models import Q

from sanzi.accounting.keys import LINES_MAX, lines_of
from sanzi.accounting.models import Book, Kind, Line, Voucher

LOOKED_AT = 400  # Latest vouchers of the book.
LIKE_MAX = 5
LIKE_MIN = Fraction(1, 4)
MONEY = ("101", "102")  # 库存现金、银行存款, under both schemes.
USED_MAX = 6
_SKIPPED = (Kind.OPENING, Kind.CLOSING, Kind.RED)


@dataclass(frozen=True)
class Used:
    """An account the like was booked on: which side, how many times."""

    side: str
    account: str
    name: str
    times: int


@dataclass(frozen=True)
class Hint:
    """What is offered: the accounts used most, and the vouchers they were found in."""

    used: Sequence[Used] = ()
    vouchers: Sequence[Voucher] = ()
    # Nothing alike was found: these are what the book uses most for this flow.
    is_general: bool = False


def hint(book: Book, memo: str, names: dict[str, str], flow: str = "") -> Hint:
    """The accounts for a summary, by the vouchers most like it, else by the flow.

    `names` are the book's accounts by code; only those still in use are offered. Three queries.
    """
    latest = list(
        Voucher.objects.of(book)
        .exclude(kind__in=_SKIPPED)
        .order_by("-pk")
        .only("pk", "memo", "dated", "period", "number")[:LOOKED_AT]
    )
    alike = [(likeness(memo, voucher.memo), voucher) for voucher in latest]
    close = sorted((a for a in alike if a[0] >= LIKE_MIN), key=lambda a: (-a[0], -a[1].pk))
    if found := [voucher for _, voucher in close[:LIKE_MAX]]:
        return Hint(_used(_lines(book, found), names), found)
    used = _used(_of_flow(_lines_since(book, latest), flow), names) if flow else ()
    return Hint(used, (), is_general=True)


def likeness(one: str, other: str) -> Fraction:
    """0 to 1; figures are left out, so that 3月租金 is like 4月租金."""
    mine, yours = _pairs(one), _pairs(other)
    shorter = min(len(mine), len(yours))
    return Fraction(len(mine & yours), shorter) if shorter else Fraction(0)


def _pairs(text: str) -> set[str]:
    kept = "".join(c for c in text if c.isalpha() and not c.isdecimal())
    return {kept[i : i + 2] for i in range(len(kept) - 1)} or ({kept} if kept else set())


def _lines(book: Book, vouchers: Sequence[Voucher]) -> list[Line]:
    """The lines of a few vouchers: a range of keys each."""
    ranges = [Q(pk__range=lines_of(voucher.pk)) for voucher in vouchers]
    rows = Line.objects.of(book).filter(reduce(or_, ranges))
    return list(rows.only("pk", "account", "debit"))


def _lines_since(book: Book, latest: Sequence[Voucher]) -> list[Line]:
    """The lines of the latest vouchers, which stand together."""
    if not latest:
        return []
    first, last = latest[-1].pk, latest[0].pk
    rows = Line.objects.of(book).filter(pk__range=(lines_of(first)[0], lines_of(last)[1]))
    return list(rows.only("pk", "account", "debit"))


def _of_flow(lines: Sequence[Line], flow: str) -> list[Line]:
    """The lines of vouchers that brought money in, or took it out."""
    money_on_debit = {"income": True, "expense": False}.get(flow)
    if money_on_debit is None:
        return list(lines)
    vouchers = {
        _voucher_of(line)
        for line in lines
        if line.account[:3] in MONEY and (line.debit > 0) is money_on_debit
    }
    return [line for line in lines if _voucher_of(line) in vouchers]


def _voucher_of(line: Line) -> int:
    return line.pk // (LINES_MAX + 1)


def _used(lines: Sequence[Line], names: dict[str, str]) -> list[Used]:
    times = Counter(("借" if line.debit else "贷", line.account) for line in lines)
    known = sorted(
        ((key, n) for key, n in times.items() if key[1] in names), key=lambda one: (-one[1], one[0])
    )
    return [Used(side, code, names[code], n) for (side, code), n in known[:USED_MAX]]
