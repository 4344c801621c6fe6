"""A year's income of villages: from their books, else from the register, and from where, always.

    years_in(region, year, through=12) -> {village: VillageYear}
    judged_by(region, on) -> Judged

The caller has been scoped to the region. A handful of queries for one village or a city.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import add
from typing import Any

from django.db.models import BigIntegerField, ExpressionWrapper, F, QuerySet

from sanzi.accounting.models import Book, Line, Page
from sanzi.accounting.spread import IN, spread_by_book
from sanzi.kernel.money import to_fen
from sanzi.villages.models import Income

from .definitions import Definition, one_off_in, value
from .jumps import Limits
from .models import Goal, OneOff, Standard
from .parts import BEGUN, DISTRIBUTED, PARTS, TRANSFERRED, nothing, of_register, part_of
from .stages import Hand
from .standards import APART, Accounts, Tiers

BOOKS, REGISTER = "books", "register"
ORIGINS = {BOOKS: "账簿", REGISTER: "年度收入登记", "": "没有数据"}


@dataclass
class VillageYear:
    """One village's year: the parts that are known, the one-off amounts among them, in fen."""

    village: str
    year: int
    origin: str
    amounts: dict[str, int] = field(default_factory=dict)
    apart: dict[str, int] = field(default_factory=dict)
    books: list[int] = field(default_factory=list)

    def under(self, definition: Definition, *, one_off: bool = True) -> int | None:
        """Its income under a definition in fen, with or without what is one-off."""
        whole = value(definition, self.amounts)
        return whole if whole is None or one_off else whole - self.apart_under(definition)

    def apart_under(self, definition: Definition) -> int:
        """The one-off income among it."""
        return one_off_in(definition, self.apart)

    @property
    def origin_words(self) -> str:
        return ORIGINS[self.origin]


@dataclass(frozen=True)
class Judged:
    """What a region judges by on a day: its own latest of each kind, else of the nearest above."""

    tiers: Tiers = Tiers()
    limits: Limits = Limits()
    accounts: Accounts = APART


def judged_by(region: str, on: date) -> Judged:
    """The standards in force in a region; an example's where nobody has set any. One query."""
    latest: dict[str, Standard] = {}
    mine = Standard.objects.governing(region).filter(from_on__lte=on)
    for one in sorted(mine, key=lambda one: (len(one.region), one.from_on, one.pk)):
        latest[one.kind] = one
    read: dict[str, Any] = {}
    for kind, name, reader in (
        (Standard.Kind.TIERS, "tiers", Tiers.read),
        (Standard.Kind.JUMPS, "limits", Limits.read),
        (Standard.Kind.APART, "accounts", Accounts.read),
    ):
        if kind in latest:
            read[name] = reader(latest[kind].content)
    return Judged(**read)


def books_in(region: str) -> QuerySet[Any]:
    """The account sets of a region's collectives: a committee's income is not the collective's."""
    return Book.objects.within(region).filter(collective__kind="collective")


def years_in(
    region: str,
    year: int,
    through: int = 12,
    *,
    definition: Definition | None = None,
    accounts: Accounts = APART,
) -> dict[str, VillageYear]:
    """Every village with books or a register row of the year; four queries, two more if the
    definition asks for balances. A village whose books hold anything of the year is read from them.
    """
    found = _of_books(region, year, through, accounts)
    if definition is not None and {BEGUN, DISTRIBUTED} & set(definition.parts):
        _add_balances(region, year, through, found)
    for row in Income.objects.within(region).filter(year=year):
        if row.village not in found:
            parts = of_register(_fen(row))
            found[row.village] = VillageYear(row.village, year, REGISTER, parts)
    _add_marks(region, year, through, found, accounts)
    return found


def _fen(row: Income) -> dict[str, int | None]:
    columns = [part.column for part in PARTS if part.column]
    amounts: dict[str, Decimal | None] = {name: getattr(row, name) for name in columns}
    return {name: None if v is None else to_fen(v) for name, v in amounts.items()}


def _of_books(region: str, year: int, through: int, accounts: Accounts) -> dict[str, VillageYear]:
    found: dict[str, VillageYear] = {}
    for village, book, scheme, account, net in _movements(region, year, through):
        part = part_of(scheme, account)
        if part is None:
            continue
        if village not in found:
            found[village] = VillageYear(village, year, BOOKS, nothing())
        held = found[village]
        amount = net if part.category == "income" else -net
        held.amounts[part.key] += amount
        if book not in held.books:
            held.books.append(book)
        if part.category == "income" and accounts.has(scheme, account):
            held.apart[part.key] = held.apart.get(part.key, 0) + amount
    return found


def _movements(region: str, year: int, through: int) -> Iterable[tuple[str, int, str, str, int]]:
    """Net credit of each income and expense account over the year's first months, in fen."""
    pages = Page.objects.filter(
        book__in=books_in(region).order_by(), year=year, account__gte="5", account__lt="6"
    )
    return pages.annotate(net=net_of(1, through)).values_list(
        "book__village", "book_id", "book__scheme", "account", "net"
    )


def net_of(first: int, last: int) -> Any:
    """Credit less debit of some months of a page; closing entries have a bucket of their own."""
    months = [F(f"c{m:02}") - F(f"d{m:02}") for m in range(first, last + 1)]
    return ExpressionWrapper(reduce(add, months), output_field=BigIntegerField())


def _add_balances(region: str, year: int, through: int, found: Mapping[str, VillageYear]) -> None:
    """年初未分配收益, 其他转入 and what was distributed, for who keeps books."""
    for held in found.values():
        held.amounts |= {BEGUN: 0, TRANSFERRED: 0, DISTRIBUTED: 0}
    books, home = books_in(region), dict[int, str]()
    opened = Page.objects.filter(book__in=books.order_by(), year=year)
    for book, village, scheme, account, opening in opened.values_list(
        "book_id", "book__village", "book__scheme", "account", "opening"
    ):
        home[book] = village
        is_begun = account[:3] in ("321", "322") or part_of(scheme, account)
        if is_begun and village in found:
            found[village].amounts[BEGUN] -= to_fen(opening)
    for book, by_account in spread_by_book(books, year, through).items():
        # Whoever distributed anything has a page of the year.
        if home[book] not in found:
            continue
        held = found[home[book]]
        for account, amount in by_account.items():
            held.amounts[TRANSFERRED if account == IN else DISTRIBUTED] += to_fen(amount)


def _add_marks(
    region: str, year: int, through: int, found: Mapping[str, VillageYear], accounts: Accounts
) -> None:
    """What people marked as one-off; of books the months asked for, of register rows the year.

    A line whose account was set apart since is in there with its whole account already.
    """
    marks = OneOff.objects.within(region).filter(year=year, stage=Hand.CONFIRMED)
    whole = _in_accounts(marks, accounts)
    for village, part, amount, period, line in marks.values_list(
        "village", "part", "amount", "voucher__period", "line"
    ):
        held = found.get(village)
        if held is None or (period is None) != (held.origin == REGISTER) or line in whole:
            continue
        if period is None or period % 100 <= through:
            held.apart[part] = held.apart.get(part, 0) + to_fen(amount)


def _in_accounts(marks: QuerySet[Any], accounts: Accounts) -> set[int]:
    """The marked lines that stand on these accounts; two queries where there are any."""
    if not accounts.codes:
        return set()
    scheme = dict(marks.exclude(line=None).values_list("line", "book__scheme"))
    lines = Line.objects.filter(pk__in=scheme).values_list("pk", "account")
    return {pk for pk, account in lines if accounts.has(scheme[pk], account)}


def pasts_in(
    region: str, definition: Definition, years: Sequence[int], through: int
) -> dict[str, list[tuple[int, int]]]:
    """Of earlier years' books by village: the income by this month and in the whole; one query."""
    if not years:
        return {}
    sums: dict[tuple[str, int], list[int]] = defaultdict(lambda: [0, 0])
    pages = Page.objects.filter(
        book__in=books_in(region).order_by(), year__in=years, account__gte="5", account__lt="6"
    ).annotate(by_now=net_of(1, through), whole=net_of(1, 12))
    for village, year, scheme, account, by_now, whole in pages.values_list(
        "book__village", "year", "book__scheme", "account", "by_now", "whole"
    ):
        part = part_of(scheme, account)
        # Net credit: an expense is negative already, and taken off where the definition takes it.
        if part is not None and part.key in definition.parts:
            held = sums[village, year]
            held[0] += by_now
            held[1] += whole
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for (village, _), (by_now, whole) in sorted(sums.items()):
        found[village].append((by_now, whole))
    return dict(found)


def is_set(region: str, title: str, by_on: date) -> bool:
    """Whether a goal of this title stands for a region and a day."""
    return Goal.objects.filter(region=region, title=title, by_on=by_on, withdrawn_at=None).exists()


def is_marked(line: int) -> bool:
    """Whether a line of a voucher was said to be one-off, and nobody refused it."""
    return OneOff.objects.filter(line=line).exclude(stage=Hand.REFUSED).exists()


def marked_of(village: str, year: int, part: str) -> Decimal:
    """How much of a register row's part was said to be one-off, in yuan."""
    marks = OneOff.objects.within(village).filter(year=year, part=part, line=None)
    amounts = marks.exclude(stage=Hand.REFUSED).values_list("amount", flat=True)
    return sum(amounts, Decimal("0.00"))


def standards_over(region: str) -> list[Standard]:
    """What was ever set for a region or one above it, the latest first."""
    held = Standard.objects.governing(region).select_related("set_by")
    return list(held.order_by("-from_on", "-pk"))
