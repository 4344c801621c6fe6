"""What the processes of test_books_kill.py do, each in an installation named by its environment.

python -m tests.books_child post COUNT | close | die POINT FILE
"""

import os
import signal
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from sanzi.cli.start import start

REGION = "999901001201"
MONTHS = range(1, 7)


def post(count: str) -> None:
    """Post vouchers one by one over the months; a closed month refuses, others go on.

    So many at least, and until a closed month has refused one: on any machine there is a race.
    Prints how many were taken and how many refused.
    """
    from django.utils.timezone import now

    from sanzi.access.guard import action
    from sanzi.access.system import system_person
    from sanzi.accounting import posting
    from sanzi.accounting.entry import Entry, credit, debit
    from sanzi.accounting.models import Book
    from sanzi.kernel.money import yuan
    from sanzi.kernel.refusals import Blocked

    by, book = system_person("system_import"), Book.objects.within(REGION).get()

    @action("books.post")
    def hand_in(*, entries: list[Entry], by: Any, now: Any) -> None:
        posting.post(entries, by=by, now=now)

    taken = refused = 0
    while taken + refused < int(count) or not refused:
        number = taken + refused
        entry = Entry(
            book=book.pk,
            dated=date(2024, MONTHS[number % len(MONTHS)], 5),
            memo="同时记账",
            sides=[debit("102", yuan("1.00")), credit("501", yuan("1.00"))],
            source=f"child:{os.getpid()}:{number}",
            prepared_by=by.pk,
            kind="imported",
        )
        try:
            hand_in(entries=[entry], by=by, now=now())
        except Blocked as refusal:
            if refusal.code != "period.closed":
                raise
            refused += 1
        else:
            taken += 1
    print(taken, refused)


def close() -> None:
    """Close month after month, each in an action that holds the book as posting does."""
    import time

    from django.utils.timezone import now

    from sanzi.access.guard import action
    from sanzi.access.system import system_person
    from sanzi.accounting.models import Book, Period
    from sanzi.journal.recorder import record

    @action("books.manage")
    def shut(*, book_id: int, month: int, by: Any, now: Any) -> None:
        book = Book.objects.claim(book_id, by)
        Period.objects.of(book).filter(period=202400 + month).update(state="closed")
        record(book, "test.close", by=by, at=now, public={"period": 202400 + month})

    by, book = system_person("system_import"), Book.objects.within(REGION).get()
    for month in MONTHS[:-1]:
        time.sleep(0.2)
        shut(book_id=book.pk, month=month, by=by, now=now())


def die(point: str, file: str) -> None:
    """Import a file and be killed: after its lines, or before its pages or its month are kept."""
    from sanzi.accounting import ledger, posting
    from sanzi.cli import books

    def killed(*_: Any, **__: Any) -> Any:
        os.kill(os.getpid(), signal.SIGKILL)

    gate: Any = posting
    if point == "vouchers":
        gate._insert_vouchers = killed
    elif point == "pages":
        ledger.turn = killed
    else:
        gate._close_up = killed
    books.import_file(Path(file), REGION, "", "", dry_run=False, as_json=False)


if __name__ == "__main__":
    start()
    deeds: dict[str, Callable[..., None]] = {"post": post, "close": close, "die": die}
    deeds[sys.argv[1]](*sys.argv[2:])
