"""The keys of the journal: one integer holds the book, the month and the number.

Rows of one book and month then stand together on disk on both engines, and a month of a book is a
range of keys. No framework.
"""

MONTHS_A_YEAR = 13  # Month 0 holds the opening balances.
VOUCHERS_MAX = 99_999  # a month
LINES_MAX = 9_999  # a voucher: the opening balances of a large village are one
_BASE_YEAR = 1900
_MONTH_SPAN = 10_000
# The months a key has room for.
FIRST_MONTH, LAST_MONTH = 190_000, 266_812


def voucher_key(book: int, period: int, number: int) -> int:
    """The key of voucher `number` (from 1) of a period YYYYMM of a book."""
    return _month_key(book, period) * (VOUCHERS_MAX + 1) + number


def line_key(voucher: int, place: int) -> int:
    """The key of line `place` (from 1) of a voucher."""
    return voucher * (LINES_MAX + 1) + place


def vouchers_between(book: int, first: int, last: int) -> tuple[int, int]:
    """The lowest and highest voucher key of a book's periods YYYYMM, both included."""
    return voucher_key(book, first, 0), voucher_key(book, last, VOUCHERS_MAX)


def lines_between(book: int, first: int, last: int) -> tuple[int, int]:
    """The lowest and highest line key of a book's periods YYYYMM, both included."""
    low, high = vouchers_between(book, first, last)
    return line_key(low, 0), line_key(high, LINES_MAX)


def lines_of(voucher: int) -> tuple[int, int]:
    """The lowest and highest line key of a voucher."""
    return line_key(voucher, 0), line_key(voucher, LINES_MAX)


def _month_key(book: int, period: int) -> int:
    year, month = divmod(period, 100)
    return book * _MONTH_SPAN + (year - _BASE_YEAR) * MONTHS_A_YEAR + month
