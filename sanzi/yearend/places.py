"""Where what a check found is put right: addresses of other features, those that exist."""

from sanzi.accounting.models import Book
from sanzi.web.frame import url_of

from .checks import Check


def url_for(check: Check, book: Book, period: int) -> str | None:
    """The page a check links to; None where there is none yet."""
    key = str(book.pk)
    match check.place:
        case "month":
            return url_of("yearend:month", book=key, period=check.argument)
        case "year":
            return url_of("yearend:year", book=key, year=str(period // 100))
        case "agency":
            return _with(url_of("agency:matters"), f"region={book.village}")
        case "ledger":
            months = f"account={check.argument}&first={period}&last={period}"
            return _with(url_of("accounting:ledger", book=key), months)
        case "balances":
            return _with(url_of("accounting:trial", book=key), f"first={period}&last={period}")
        case "opening":
            return url_of("accounting:opening", book=key)
        case "bank":
            return _with(url_of("bank:accounts"), f"region={book.village}")
        case "assets":
            return _with(url_of("registers:register", slug="assets"), f"region={book.village}")
    return None


def _with(url: str | None, query: str) -> str | None:
    return f"{url}?{query}" if url else None
