"""Closing, vouchers, cards and liabilities, read for the rules of the books."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.db.models import F, Min, Q, Sum

from sanzi.access.scope import under
from sanzi.accounting.models import Book, Kind, Period, Voucher
from sanzi.holdings.models import Asset
from sanzi.kernel.money import ZERO, from_fen
from sanzi.orgs.models import Region
from sanzi.warnings.following import window_of
from sanzi.warnings.rules.rule import Row, Subject
from sanzi.yearend.models import Distribution, Reopening

from .pages import closings
from .reach import Fed, Reach, alone, per_village

# Classes of the asset register that stand in 151.
FIXED = ("房屋建筑", "机械设备", "交通工具", "公益设施", "其他")
SHARED_OUT = ("322",)  # 收益分配: what may be distributed stands on its credit side


def unclosed(reach: Reach) -> Iterator[Fed]:
    """The earliest month of each account set that was over and not closed that day."""
    last = _month_before(reach.on)
    open_then = Q(state=Period.State.OPEN) | Q(closed_at__date__gt=reach.on)
    months = Period.objects.filter(
        open_then, book__in=_living(reach), period__gte=F("book__begins"), period__lte=last
    )
    rows = months.order_by().values_list("book", "book__village", "book__name")
    for book, village, name, period in rows.annotate(first=Min("period")):
        month = f"{period // 100}年{period % 100}月"
        key = f"accounting.book:{book}"
        yield alone("W-15", village, Row(key, f"{name} {month}", on=_end_of(period)))


def without_books(reach: Reach) -> Iterator[Fed]:
    """Living villages without any account set."""
    villages = Region.objects.filter(
        under("code", reach.region), level=Region.Level.VILLAGE, valid_to=None
    )
    bare = villages.exclude(code__in=reach.rows(Book).values("village"))
    yield from per_village(
        "W-16",
        (
            (code, Row(f"orgs.region:{code}", name))
            for code, name in bare.order_by("code").values_list("code", "name")
        ),
    )


def reopened(reach: Reach) -> Iterator[Fed]:
    """Each time a closed month was opened again."""
    rows = reach.rows(Reopening).filter(
        reopened_at__date__gte=window_of(reach.on), reopened_at__date__lte=reach.on
    )
    columns = ("pk", "village", "period", "reason", "reopened_at__date")
    for pk, village, period, reason, on in rows.order_by("pk").values_list(*columns):
        row = Row(f"yearend.reopening:{pk}", f"{period // 100}年{period % 100}月：{reason}", on=on)
        yield alone("W-17", village, row)


def bare_vouchers(reach: Reach) -> Iterator[Fed]:
    """Vouchers that should have papers and have none, by account set and month."""
    since = window_of(reach.on)
    rows = Voucher.objects.filter(
        book__in=_living(reach), kind=Kind.NORMAL, attachments=0, dated__gte=since,
        dated__lte=reach.on, reversed_by=None,
    )  # fmt: skip
    held: dict[tuple[str, int, int], list[Row]] = defaultdict(list)
    columns = ("pk", "book__village", "book", "period", "number", "memo", "total", "dated")
    for pk, village, book, period, number, memo, total, on in rows.order_by("pk").values_list(
        *columns
    ):
        row = Row(f"accounting.voucher:{pk}", f"记-{number} {memo}", total, on, total)
        held[village, book, period].append(row)
    for (village, book, period), found in held.items():
        name = f"{period // 100}年{period % 100}月"
        yield "W-18", Subject(village, f"accounting.book:{book}:{period}", name, found)


def cards(reach: Reach) -> Iterator[Fed]:
    """The asset cards of villages that keep books against account 151 of those books."""
    booked: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for (village, _, _), balance in closings(reach, ("151",)).items():
        booked[village] += balance
    assets = reach.rows(Asset).filter(category__in=FIXED).exclude(use_status="报废")
    sums = assets.order_by().values_list("village").annotate(Sum("original_value"))
    carded = {village: total or ZERO for village, total in sums}
    for village in booked.keys() & carded.keys():
        card, ledger = carded[village], booked[village]
        row = Row(f"orgs.region:{village}", "固定资产原值", abs(card - ledger), None, card, ledger)
        yield "W-20", Subject(village, row.key, "固定资产卡片与账面", [row])


def liabilities(reach: Reach) -> Iterator[Fed]:
    """What each account set owes against what it has."""
    owed: dict[tuple[str, int], Decimal] = defaultdict(lambda: ZERO)
    has: dict[tuple[str, int], Decimal] = defaultdict(lambda: ZERO)
    for (village, book, account), balance in closings(reach, ("1", "2")).items():
        side = has if account.startswith("1") else owed
        side[village, book] += balance if side is has else -balance
    for (village, book), total in has.items():
        debt = owed[village, book]
        row = Row(f"accounting.book:{book}", "负债合计", max(debt, ZERO), None, debt, total)
        yield "W-45", Subject(village, row.key, "资产负债率", [row])


def undistributed(reach: Reach) -> Iterator[Fed]:
    """Years since an account set last distributed, where there is something to distribute."""
    left: dict[tuple[str, int], Decimal] = defaultdict(lambda: ZERO)
    for (village, book, _), balance in closings(reach, SHARED_OUT).items():
        left[village, book] -= balance
    if not left:
        return
    last: dict[int, int] = {}
    given = reach.rows(Distribution).filter(is_current=True, confirmed_at__isnull=False)
    given = given.filter(members__gt=from_fen(0), year__lt=reach.on.year)
    for book, year in given.values_list("book", "year"):
        last[book] = max(year, last.get(book, 0))
    begins = dict(_living(reach).values_list("pk", "begins"))
    for (village, book), amount in left.items():
        if amount > 0 and book in begins:
            since = last.get(book, begins[book] // 100 - 1)
            years = Decimal(max(reach.on.year - 1 - since, 0))
            row = Row(f"accounting.book:{book}", "可分配收益", amount, None, years)
            yield "W-52", Subject(village, row.key, "收益分配", [row])


def _living(reach: Reach):  # type: ignore[no-untyped-def]
    return reach.rows(Book).filter(successor=None)


def _month_before(on: date) -> int:
    return (on.year - 1) * 100 + 12 if on.month == 1 else on.year * 100 + on.month - 1


def _end_of(period: int) -> date:
    year, month = divmod(period, 100)
    return date(year, month, monthrange(year, month)[1])
