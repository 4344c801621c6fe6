"""A trial balance against a plain SUM over lines, and a hundred villages against one.

100 sets × 10 years. The plain table is what most software keeps: lines in the order of their days,
all sets between one another, indexed by set. Our own journal summed the same way is shown too: it
stands clustered by set. Everything is read warm; medians of many sets.
"""

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

from .books_set import make_book, vouchers
from .installation import installation

TIMES_MIN = 100.0
VILLAGES_MAX = 3.0
FIRST_YEAR = 2015
TOWN = "999901001"


def main(arguments: list[str] | None = None) -> bool:
    """Print times and ratios of both engines; True when within the promises."""
    parser = argparse.ArgumentParser(prog="bench books_reading", description=__doc__)
    parser.add_argument("--sets", type=int, default=100)
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--vouchers", type=int, default=1_000, help="of a set in a year")
    parser.add_argument("--here", action="store_true", help="only the engine of the environment")
    options = parser.parse_args(arguments)
    if options.here:
        with installation():
            return _measure(options.sets, options.years, options.vouchers)
    mine = [sys.executable, "-m", "bench.books_reading", "--here", "--sets", str(options.sets),
            "--years", str(options.years), "--vouchers", str(options.vouchers)]  # fmt: skip
    well = True
    for command in (mine, [sys.executable, "-m", "tests.postgres", "--", *mine]):
        well &= subprocess.run(command, check=False).returncode == 0
    return well


def _measure(sets: int, years: int, count: int) -> bool:
    from django.db import connection

    from sanzi.accounting.pages import balances, region_balances
    from sanzi.accounting.statements import balance_sheet

    began = time.perf_counter()
    books = _fill(sets, years, count)
    lines = _plain_table()
    took = time.perf_counter() - began
    print(f"{connection.vendor}: {sets} sets x {years} years, {lines:,} lines, in {took:.0f} s")
    year = FIRST_YEAR + years - 1
    months = year * 100 + 1, year * 100 + 12
    _agree(books[0], months)

    ours = _median(lambda book: balances(book, *months), books)
    plain = _median(lambda book: _sums("plain_line", "book = %s", [book]), books[:20])
    clustered = _median(lambda book: _sums(*_journal(book)), books[:20])
    one = _median(lambda book: balance_sheet("2023", months[1], balances(book, *months)), books)
    many = _median(
        lambda _: balance_sheet("2023", months[1], region_balances(TOWN, "2023", *months)), books
    )
    _say("trial balance of a set from its pages", ours)
    _say("plain SUM over lines, sets interleaved", plain, plain / ours, f"at least {TIMES_MIN}")
    _say("SUM over our journal, clustered by set", clustered, clustered / ours)
    _say("balance sheet of one village", one)
    _say(f"balance sheet of {sets} villages", many, many / one, f"under {VILLAGES_MAX}")
    return plain / ours >= TIMES_MIN and many / one < VILLAGES_MAX


def _say(what: str, seconds: float, times: float | None = None, promise: str = "") -> None:
    ratio = "" if times is None else f"{times:8.2f} x"
    print(f"  {what:44} {seconds * 1000:9.3f} ms {ratio} {promise}".rstrip(), flush=True)


def _fill(sets: int, years: int, count: int) -> list[int]:
    """Sets of one town with so many vouchers a year, through the gate."""
    from django.db import transaction
    from django.utils.timezone import now

    from sanzi.access.system import system_person
    from sanzi.accounting.entry import Entry, Side
    from sanzi.accounting.periods import open_year
    from sanzi.accounting.posting import post
    from sanzi.kernel.money import ZERO, from_fen

    by, found = system_person("system_import"), []
    made = {year: vouchers(count, seed=year, year=year)
            for year in range(FIRST_YEAR, FIRST_YEAR + years)}  # fmt: skip
    for village in range(sets):
        with transaction.atomic():
            book = make_book(f"{TOWN}{village + 201}", FIRST_YEAR * 100 + 1)
            found.append(book.pk)
            for year, several in made.items():
                open_year(book, year)
                entries = [
                    Entry(
                        book.pk, day, "记账",
                        [Side(a, from_fen(d), ZERO) if d else Side(a, ZERO, from_fen(c))
                         for a, d, c in lines],
                        f"bench:{book.pk}:{year}:{number}", by.pk, kind="imported",
                    )
                    for number, (day, lines) in enumerate(several)
                ]  # fmt: skip
                post(entries, by=by, now=now())
    return found


def _plain_table() -> int:
    """The same lines in the order of their months and numbers, as days went by in all villages."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE plain_line (id bigint PRIMARY KEY, book bigint, account varchar(11),"
            " debit bigint, credit bigint, memo varchar(200))"
        )
        cursor.execute(
            "INSERT INTO plain_line SELECT row_number() OVER (ORDER BY (id / 100000000) % 10000,"
            " id % 100000000, book_id), book_id, account, debit, credit, memo FROM accounting_line"
            " ORDER BY (id / 100000000) % 10000, id % 100000000, book_id"
        )
        cursor.execute("CREATE INDEX plain_line_by_book ON plain_line (book)")
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")
        else:
            cursor.execute("ANALYZE")
        cursor.execute("SELECT count(*) FROM plain_line")
        (count,) = cursor.fetchone()
    return int(count)


def _sums(table: str, condition: str, given: list[Any]) -> dict[str, int]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT account, SUM(debit), SUM(credit) FROM {table} WHERE {condition}"
            " GROUP BY account",
            given,
        )
        return {account: int(debit - credit) for account, debit, credit in cursor.fetchall()}


def _journal(book: int) -> tuple[str, str, list[Any]]:
    from sanzi.accounting.keys import lines_between

    return "accounting_line", "id BETWEEN %s AND %s", [*lines_between(book, 190000, 250012)]


def _agree(book: int, months: tuple[int, int]) -> None:
    from sanzi.accounting.pages import balances
    from sanzi.kernel.money import to_fen

    ours = {code: to_fen(balance.closing) for code, balance in balances(book, *months).items()}
    for theirs in (_sums("plain_line", "book = %s", [book]), _sums(*_journal(book))):
        assert ours == theirs, "the three ways must say the same"


def _median(read: Callable[[int], object], books: Iterable[int]) -> float:
    """Seconds of one reading, warm: each set is read once before it is timed."""
    times = []
    for book in books:
        read(book)
        began = time.perf_counter()
        read(book)
        times.append(time.perf_counter() - began)
    return statistics.median(times)


if __name__ == "__main__":
    sys.exit(not main())
