"""A year of a large set as plain values, and the processor time writing it takes."""

import gc
import os
import random
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

TOPS = ("101", "102", "112", "121", "151", "211", "212", "241", "501", "504", "511", "513", "514")
LEAVES = 168
SEED = 20240101

# A day, and lines of an account, debit and credit in fen.
PlainLine = tuple[str, int, int]
PlainVoucher = tuple[date, list[PlainLine]]


def leaves() -> list[str]:
    """168 sub-accounts of thirteen national accounts."""
    return [f"{TOPS[n % len(TOPS)]}{n // len(TOPS) + 1:02}" for n in range(LEAVES)]


def vouchers(count: int, seed: int = SEED, year: int = 2024) -> list[PlainVoucher]:
    """Balanced vouchers of two to four lines, 2.55 on average, over the months in order."""
    chance, accounts = random.Random(seed), leaves()
    made = []
    for n in range(count):
        day = date(year, n * 12 // count + 1, chance.randint(1, 28))
        size = chance.choices((2, 3, 4), (60, 25, 15))[0]
        parts = [chance.randint(1, 10**6) for _ in range(size - 1)]
        chosen = chance.sample(accounts, size)
        lines = [(chosen[0], sum(parts), 0)]
        lines += [(account, 0, fen) for account, fen in zip(chosen[1:], parts, strict=True)]
        made.append((day, lines))
    return made


@dataclass
class Took:
    """Wall seconds, and processor seconds of this process and its database backend."""

    seconds: float = 0.0
    cpu: float = 0.0


@contextmanager
def timed() -> Iterator[Took]:
    """Measure what happens inside, the collector of garbage being at rest as in `timeit`."""
    gc.collect()
    gc.disable()
    took, began, used = Took(), time.perf_counter(), _used()
    yield took
    took.seconds, took.cpu = time.perf_counter() - began, _used() - used
    gc.enable()


def _used() -> float:
    mine = resource.getrusage(resource.RUSAGE_SELF)
    return mine.ru_utime + mine.ru_stime + _backend()


def _backend() -> float:
    """Processor seconds of the PostgreSQL process serving us, where the system tells."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    connection.ensure_connection()
    stat = Path(f"/proc/{connection.connection.info.backend_pid}/stat")
    if not stat.exists():
        return 0.0
    fields = stat.read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def make_book(code: str, begins: int = 202401) -> Any:
    """An account set of a village with these leaves. Runs inside a transaction."""
    from sanzi.accounting.founding import add_sub_accounts, found_book
    from sanzi.orgs.models import Collective, Region
    from sanzi.orgs.tree import ensure

    ensure({code: ""})
    holder = Collective.objects.create(
        region=Region.objects.get(code=code), kind="collective", name=f"{code}合作社"
    )
    book = found_book(holder, "2023", begins, "", None)
    add_sub_accounts(book, {leaf: leaf for leaf in leaves()})
    return book
