"""日记账: the lines of cash or bank accounts day by day, each day with its totals.

    day_book(book, codes, first, last) -> DayBook

Numbers follow the order of posting; a day book follows the days (会计基础工作规范: 逐日逐笔). The
line does not repeat its voucher's day, so the day is looked up, for these accounts only.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum

from .folios import Turn
from .keys import LINES_MAX
from .lines import Ledger, LedgerRow, leaves_below, period_of, voucher_of
from .models import Book, Dimension, Line, Voucher


@dataclass
class DayBook(Ledger):
    """A ledger in the order of its days; every day ends with its totals and its balance."""

    days: dict[date, Turn] = field(default_factory=dict)

    @property
    def dated(self) -> QuerySet[Any]:
        """The lines with the day of their voucher."""
        day = Voucher.objects.filter(pk=OuterRef("voucher")).values("dated")
        return super().lines.alias(voucher=F("pk") / (LINES_MAX + 1)).annotate(dated=Subquery(day))

    @property
    def lines(self) -> QuerySet[Line]:
        return self.dated.order_by("dated", "pk")

    def earlier(self, line: Any) -> QuerySet[Line]:
        """The lines of the days before, and of the same day under a lower number."""
        return self.dated.filter(Q(dated__lt=line.dated) | Q(dated=line.dated, pk__lt=line.pk))

    def begin(self, shown: Sequence[Any], following: Any) -> None:
        """The totals of the days that end among these lines; one query."""
        ending = {line.dated for line in shown} - {following.dated if following else None}
        sums = self.dated.filter(dated__in=ending).order_by().values("dated")
        self.days = {
            row["dated"]: (row["d"], row["c"])
            for row in sums.annotate(d=Sum("debit"), c=Sum("credit"))
        }

    def day_end(self, line: Any, following: Any, balance: Decimal) -> list[LedgerRow]:
        """本日合计."""
        if following is not None and following.dated == line.dated:
            return []
        period = period_of(voucher_of(line.pk))
        debit, credit = self.days[line.dated]
        return [LedgerRow("day", period, "本日合计", debit, credit, balance, dated=line.dated)]


def day_book(
    book: Book,
    codes: Iterable[str],
    first: int,
    last: int,
    *,
    dimension: Dimension | None = None,
) -> DayBook:
    """The day book of these accounts and all below them in the months `first` to `last`."""
    return DayBook(book, leaves_below(book, codes), first, last, dimension, with_others=True)
