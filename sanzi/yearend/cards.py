"""The asset register against the ledger, for the villages of many books at once."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Q, Sum

from sanzi.accounting.ledger import COLUMNS
from sanzi.accounting.models import Book, Page
from sanzi.holdings.models import Asset
from sanzi.kernel.money import ZERO

from .checks import Gap
from .year_pages import through

# Classes of the asset register that stand in 151.
FIXED = ("房屋建筑", "机械设备", "交通工具", "公益设施", "其他")


def card_gaps(
    books: Sequence[Book], by_key: Mapping[int, int]
) -> tuple[set[str], dict[int, list[Gap]]]:
    """The village's asset cards against all its living books; told in its collective's book."""
    villages = {book.village for book in books if book.collective.kind == "collective"}
    sums = dict[str, tuple[Decimal, Decimal]]()
    cards: Any = Asset.objects.filter(village__in=villages, category__in=FIXED).exclude(
        use_status="报废"
    )
    for village, original, worn in cards.values_list("village").annotate(
        Sum("original_value"), Sum("depreciation")
    ):
        sums[village] = (original or ZERO, worn or ZERO)
    mine = {book.village: book for book in books if book.village in villages}
    booked = _booked(villages, {v: by_key[book.pk] for v, book in mine.items()})
    found = {}
    for book in books:
        if book.village in villages and book.collective.kind == "collective":
            original, worn = sums.get(book.village, (ZERO, ZERO))
            cost, taken = booked.get(book.village, (ZERO, ZERO))
            found[book.pk] = [Gap("固定资产原值", original, cost), Gap("累计折旧", worn, taken)]
    return set(sums), found


def _booked(
    villages: Iterable[str], months: Mapping[str, int]
) -> dict[str, tuple[Decimal, Decimal]]:
    """Accounts 151 and 152 of a village's books that no later set continues."""
    pages = Page.objects.filter(
        Q(account__startswith="151") | Q(account__startswith="152"),
        book__village__in=villages,
        book__successor=None,
        year__in={period // 100 for period in months.values()},
    )
    found: dict[str, tuple[Decimal, Decimal]] = {}
    for village, year, account, *amounts in pages.values_list(
        "book__village", "year", "account", *COLUMNS
    ):
        if year != months[village] // 100:
            continue
        net = through(amounts, months[village] % 100)
        cost, worn = found.get(village, (ZERO, ZERO))
        is_cost = account.startswith("151")
        found[village] = (cost + net, worn) if is_cost else (cost, worn - net)
    return found
