"""Assets as dimensions of a book, so that the ledger can tell them apart."""

from collections.abc import Sequence

from sanzi.accounting.dimensions import ensure
from sanzi.accounting.models import Book, Dimension

from .wear import Card


def things_of(book: Book, cards: Sequence[Card]) -> dict[int, int]:
    """The book's dimension of each asset, made where missing. Runs inside an action."""
    keys = ensure(book.pk, Dimension.Kind.OBJECT, [card.name for card in cards])
    return {card.key: keys[card.name] for card in cards}
