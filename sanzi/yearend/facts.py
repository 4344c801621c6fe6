"""Gathering what the checks look at, for many books at once: a dozen queries however many."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import or_

from django.db.models import Count, F, Q, Sum

from sanzi.accounting.keys import vouchers_between
from sanzi.accounting.ledger import COLUMNS
from sanzi.accounting.models import Account, Book, Dimension, Page, Period, SubPage, Voucher
from sanzi.agency.models import Draft
from sanzi.agency.stages import Stage
from sanzi.bank.queries import difference
from sanzi.kernel.money import ZERO

from .cards import card_gaps
from .checks import Facts
from .models import YearStep
from .money_days import MONEY, lowest_of, movements
from .steps import BY_NAME, NAMES, next_step
from .year_pages import of_years, through

# Accounts of claims and debts, whose lines ought to say whose (accounting.md 1.2, 1.8).
NAMED = {"2023": ("112", "113", "211", "221"), "2004": ("112", "113", "202", "221")}
# Balances by account, net yuan.
_Nets = dict[str, Decimal]


@dataclass
class _Months:
    """What the periods of a book say around one month."""

    counted: int = 0
    open_before: list[int] = field(default_factory=list)


def gather(months: Mapping[Book, int], today: date, *, with_bank: bool = True) -> dict[int, Facts]:
    """The facts of one month YYYYMM of each book, by book.

    Bank statements are asked account by account, so whoever shows many books leaves them out: what
    the bank says never holds a month up.
    """
    if not months:
        return {}
    books = list(months)
    by_key = {book.pk: period for book, period in months.items()}
    nets = _nets(by_key)
    names = _names(books)
    under_way, months_of, vouchers = _under_way(by_key), _periods(by_key), _vouchers(by_key)
    days = {pk: dated for held in vouchers.values() for pk, (_, dated) in held.items()}
    moved, nameless = movements(by_key, days), _nameless(books, by_key, nets, names)
    cards, waiting = card_gaps(books, by_key), _waiting(by_key)
    found = {}
    for book in books:
        period, mine = by_key[book.pk], nets[book.pk]
        found[book.pk] = Facts(
            period=period,
            has_begun=(today.year, today.month) >= divmod(period, 100),
            is_over=(today.year, today.month) > divmod(period, 100),
            is_opening_locked=book.opened_at is not None,
            under_way=under_way.get(book.pk, {}),
            counted=months_of[book.pk].counted,
            found=len(vouchers[book.pk]),
            highest=max((number for number, _ in vouchers[book.pk].values()), default=0),
            open_before=months_of[book.pk].open_before,
            out_of_balance=sum(mine.values(), ZERO),
            money=lowest_of(mine, moved.get(book.pk, []), names[book.pk]),
            has_cards=book.village in cards[0],
            cards=cards[1].get(book.pk, ()),
            nameless=nameless.get(book.pk, ()),
            pending=_top(mine, "181") if book.scheme == "2023" else ZERO,
            produce=_top(mine, "401"),
            waiting=waiting.get(book.pk, ""),
        )
    return found


def _top(nets: _Nets, code: str) -> Decimal:
    return sum((amount for key, amount in nets.items() if key.startswith(code)), ZERO)


def _nets(by_key: Mapping[int, int]) -> dict[int, _Nets]:
    found: dict[int, _Nets] = {book: {} for book in by_key}
    pages = Page.objects.filter(of_years(by_key)).exclude(account__endswith="+")
    for book, account, *amounts in pages.values_list("book", "account", *COLUMNS):
        found[book][account] = through(amounts, by_key[book] % 100)
    return found


def _names(books: Iterable[Book]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {book.pk: {} for book in books}
    wanted = {*MONEY, *(code for codes in NAMED.values() for code in codes)}
    some = reduce(or_, (Q(code__startswith=code) for code in sorted(wanted)))
    accounts = Account.objects.filter(some, book__in=list(found))
    for book, code, name in accounts.values_list("book", "code", "name"):
        found[book][code] = name
    return found


def _under_way(by_key: Mapping[int, int]) -> dict[int, dict[str, int]]:
    """Matters dated in the month that are neither posted nor voided, by the name of their stage."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    drafts = Draft.objects.filter(book__in=by_key).exclude(stage__in=(Stage.POSTED, Stage.VOIDED))
    counts = drafts.values_list("book", "dated__year", "dated__month", "stage")
    for book, year, month, stage, count in counts.annotate(Count("pk")).order_by("stage"):
        if year * 100 + month == by_key[book]:
            found[book][str(Stage(stage).label)] = count
    return found


def _periods(by_key: Mapping[int, int]) -> dict[int, _Months]:
    """The month's own counter, and the months before it that are still open."""
    found = {book: _Months() for book in by_key}
    standing = Period.objects.filter(book__in=by_key).order_by("period")
    for book, period, state, vouchers in standing.values_list(
        "book", "period", "state", "vouchers"
    ):
        if period == by_key[book]:
            found[book].counted = vouchers
        elif period < by_key[book] and period % 100 and state == Period.State.OPEN:
            found[book].open_before.append(period)
    return found


def _vouchers(by_key: Mapping[int, int]) -> dict[int, dict[int, tuple[int, date]]]:
    """Number and day of every voucher of the month, by key."""
    ranges = reduce(or_, (Q(pk__range=vouchers_between(b, p, p)) for b, p in by_key.items()))
    found: dict[int, dict[int, tuple[int, date]]] = {book: {} for book in by_key}
    standing = Voucher.objects.filter(ranges).values_list("pk", "book", "number", "dated")
    for pk, book, number, dated in standing:
        found[book][pk] = (number, dated)
    return found


def _nameless(
    books: Sequence[Book],
    by_key: Mapping[int, int],
    nets: Mapping[int, _Nets],
    names: Mapping[int, Mapping[str, str]],
) -> dict[int, list[tuple[str, str, Decimal]]]:
    """What accounts of claims and debts hold beyond the sum of their counterparties."""
    wanted = {book.pk: NAMED[book.scheme] for book in books}
    codes = sorted({code for codes in wanted.values() for code in codes})
    pages = SubPage.objects.filter(of_years(by_key)).filter(
        reduce(or_, (Q(account__startswith=code) for code in codes)),
        dimension__in=Dimension.objects.filter(
            book__in=by_key, kind=Dimension.Kind.COUNTERPARTY
        ).values("pk"),
    )
    sums = {f"sum_{name}": Sum(F(name)) for name in COLUMNS}
    held: dict[tuple[int, str], Decimal] = {}
    for book, account, *amounts in pages.values_list("book", "account").annotate(**sums):
        held[book, account] = through(amounts, by_key[book] % 100)
    found: dict[int, list[tuple[str, str, Decimal]]] = defaultdict(list)
    for book, mine in nets.items():
        for code, amount in sorted(mine.items()):
            gap = amount - held.get((book, code), ZERO)
            if code.startswith(wanted[book]) and gap:
                found[book].append((code, names[book].get(code, ""), gap))
    return found


def _waiting(by_key: Mapping[int, int]) -> dict[int, str]:
    """Of books whose December is looked at: the step of the year end that comes before closing."""
    decembers = {book: period // 100 for book, period in by_key.items() if period % 100 == 12}
    if not decembers:
        return {}
    done: dict[int, set[str]] = {book: set() for book in decembers}
    for book, year, step in YearStep.objects.filter(book__in=decembers, undone_at=None).values_list(
        "book", "year", "step"
    ):
        if decembers[book] == year:
            done[book].add(step)
    found = {}
    for book, taken in done.items():
        step = next_step(taken)
        if step is not None and NAMES.index(step.name) < NAMES.index("carry"):
            found[book] = BY_NAME[step.name].label
    return found


def bank_facts(book: Book, period: int) -> Facts:
    """What is known of the bank alone. It is asked account by account and holds no month up."""
    held = Page.objects.of(book).filter(account__startswith="102").exists()
    return Facts(period=period, bank=difference(book.pk, period), has_bank=held)
