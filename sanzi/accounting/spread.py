"""What a year's 收益分配 went to, read from the vouchers that distribute it.

The pages cannot tell: 各项分配 (32201) is debited against 公积公益金, members and creditors alike.
Only the few vouchers of a year that touch account 322 are read, by ranges of keys, in one query for
one book or a thousand.
"""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from sanzi.kernel.money import ZERO, from_fen

from .keys import LINES_MAX, VOUCHERS_MAX, voucher_key

_VOUCHER = LINES_MAX + 1
_MONTH = _VOUCHER * (VOUCHERS_MAX + 1)
_SPAN = 10_000
IN = "in"

# 321 is left out: the year's result coming to 未分配收益 is no distribution and no other income.
_SQL = """
WITH touched AS (
  SELECT id / {voucher} AS voucher, MIN(book_id) AS book,
         MAX(CASE WHEN account >= '32201' AND account < '32202' THEN 1 ELSE 0 END) AS spreads
  FROM accounting_line
  WHERE book_id IN ({books}) AND account >= '322' AND account < '323'
    AND (id / {month}) %% {span} BETWEEN %s AND %s
  GROUP BY 1)
SELECT touched.book, touched.spreads, SUBSTR(line.account, 1, 3), SUM(line.credit) - SUM(line.debit)
FROM touched
JOIN accounting_line AS line
  ON line.id BETWEEN touched.voucher * {voucher} AND touched.voucher * {voucher} + {most}
WHERE line.account < '321' OR line.account >= '323'
GROUP BY 1, 2, 3
"""


def spread(books: QuerySet[Any], year: int, last_month: int = 12) -> dict[str, Decimal]:
    """What these books distributed in a year up to a month, by national account, in yuan.

    "in" is what came to 未分配收益 from elsewhere, 公积公益金补亏 for one.
    """
    found: dict[str, Decimal] = {}
    for mine in spread_by_book(books, year, last_month).values():
        for account, amount in mine.items():
            found[account] = found.get(account, ZERO) + amount
    return found


def spread_by_book(
    books: QuerySet[Any], year: int, last_month: int = 12
) -> dict[int, dict[str, Decimal]]:
    """The same for each of the books that distributed anything."""
    query = books.order_by().values("pk").query
    chosen, params = query.get_compiler(connection=connection).as_sql()
    sql = _SQL.format(voucher=_VOUCHER, month=_MONTH, span=_SPAN, most=LINES_MAX, books=chosen)
    first = _month_of(year * 100 + 1)
    found: dict[int, dict[str, Decimal]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, first, first + last_month - 1])
        for book, spreads, account, net in cursor.fetchall():
            amount, mine = from_fen(int(net)), found[book]
            if spreads:
                mine[account] = amount
            else:
                mine[IN] = mine.get(IN, ZERO) - amount
    return dict(found)


def _month_of(period: int) -> int:
    """The part of a key that says the month, whatever the book."""
    return voucher_key(0, period, 0) // (VOUCHERS_MAX + 1)
