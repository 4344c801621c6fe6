"""The pages of the ledger, moved in the transaction of the vouchers that move them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sanzi.store.bulk import add_up

from .desk import Desk
from .leaves import BUCKETS, Page, RegionPage, SubPage
from .turning import SPLIT_MARK, Numbers, SubKey, Turnings, empty, moved_debit_balances

COLUMNS = ("opening", *(f"{side}{bucket:02}" for bucket in BUCKETS for side in "dc"))
REGION_LEVELS = (2, 4, 6, 9)


def turn(turnings: Turnings, desks: Mapping[int, Desk]) -> None:
    """Add a batch to the pages of its books and of every region above. Work grows with it."""
    turnings.carry({pk: desk.years for pk, desk in desks.items()})
    _split(turnings, desks)
    add_up(SubPage, ("book", "year", "account", "dimension"), COLUMNS, _sorted(turnings.subs))
    add_up(Page, ("book", "year", "account"), COLUMNS, _sorted(turnings.pages))
    add_up(
        RegionPage,
        ("region", "year", "scheme", "kind", "account"),
        COLUMNS,
        _sorted(_regions(turnings, desks)),
    )


def _sorted(pages: Mapping[Any, Numbers]) -> list[tuple[Any, ...]]:
    # In one order everywhere, so that two writers never wait for each other in a circle.
    return [(*key, *numbers) for key, numbers in sorted(pages.items()) if any(numbers)]


def _split(turnings: Turnings, desks: Mapping[int, Desk]) -> None:
    """Move the pages of debit balances (113+) by what their sub-ledgers move."""
    touched = [key for key in turnings.subs if _is_sub_ledger(key, desks)]
    held = _held(touched)
    for key in touched:
        book, year, account, _ = key
        plus = turnings.pages[book, year, account[:3] + SPLIT_MARK]
        moved = moved_debit_balances(held.get(key) or empty(), turnings.subs[key])
        for place, number in enumerate(moved):
            plus[place] += number


def _is_sub_ledger(key: SubKey, desks: Mapping[int, Desk]) -> bool:
    book, _, account, dimension = key
    desk = desks[book]
    if account not in desk.split:
        return False
    return dimension == 0 or desk.dimensions.get(dimension) == "counterparty"


def _held(keys: Iterable[SubKey]) -> dict[SubKey, Numbers]:
    """The pages of these sub-ledgers as they stand, in fen."""
    by_page: dict[tuple[int, int, str], set[int]] = defaultdict(set)
    for book, year, account, dimension in keys:
        by_page[book, year, account].add(dimension)
    found: dict[SubKey, Numbers] = {}
    for (book, year, account), dimensions in by_page.items():
        rows = SubPage.objects.filter(book=book, year=year, account=account)
        if len(dimensions) < 500:
            rows = rows.filter(dimension__in=dimensions)
        for dimension, *amounts in rows.values_list("dimension", *COLUMNS):
            if dimension in dimensions:
                found[book, year, account, dimension] = [int(a.scaleb(2)) for a in amounts]
    return found


def _regions(turnings: Turnings, desks: Mapping[int, Desk]) -> dict[Any, Numbers]:
    found: dict[Any, Numbers] = defaultdict(empty)
    for (pk, year, account), numbers in turnings.pages.items():
        book = desks[pk].book
        top = account[:3] + (SPLIT_MARK if account.endswith(SPLIT_MARK) else "")
        for width in REGION_LEVELS:
            page = found[book.village[:width], year, book.scheme, book.collective.kind, top]
            for place, number in enumerate(numbers):
                page[place] += number
    return found
