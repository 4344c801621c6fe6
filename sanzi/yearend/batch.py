"""Closing a month of many books: each book by itself, with an answer of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sanzi.access.models import Person
from sanzi.kernel.refusals import Refusal

from .actions.months import close_month
from .checks import month_name

MOST = 100


@dataclass(frozen=True)
class Answer:
    """What became of one book."""

    book: int
    period: int
    is_closed: bool
    sentence: str


def close_each(wanted: Sequence[tuple[int, int]], *, by: Person, now: datetime) -> list[Answer]:
    """Close the named month of each book; one that is refused does not hold up the others."""
    answers = []
    for book, period in wanted[:MOST]:
        try:
            close_month(book_id=book, period=period, by=by, now=now)
        except Refusal as refusal:
            answers.append(Answer(book, period, False, refusal.message))
        else:
            answers.append(Answer(book, period, True, f"{month_name(period)}已结账"))
    return answers
