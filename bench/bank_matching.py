"""A statement of ten thousand flows matched with its journal, beside a plain pass over both.

The plain pass is what a spreadsheet does: look each flow up by amount and day. It shows what the
engine costs, not what it finds; how much each finds is printed too. No database is needed.
"""

import argparse
import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sanzi.bank.matching.engine import propose
from sanzi.bank.matching.flow import Flow

SECONDS_MAX = 10
SHARE_MIN = 0.8
FIRST = date(2024, 1, 1)
NAMES = [f"{a}{b}" for a in "赵钱孙李周吴郑王冯陈褚卫" for b in ("小满", "大有", "立春", "秋实")]
Sides = tuple[list[Flow], list[Flow]]


def clean(count: int, chance: random.Random) -> Sides:
    """Rents of many payers, a third of them of three common amounts; vouchers up to 5 days late."""
    common = (10_000, 20_000, 36_000)
    return _year(
        count,
        chance,
        lambda: chance.choice(common) if chance.random() < 1 / 3 else chance.randrange(100, 10**7),
    )


def one_amount(count: int, chance: random.Random) -> Sides:
    """The worst a village can do: everybody pays the same all year."""
    return _year(count, chance, lambda: 10_000)


def nameless(count: int, chance: random.Random) -> Sides:
    """One amount, one day, nobody named: nothing can be told apart, and that must be found fast."""
    return (
        [Flow(n, FIRST, 10_000, "转账") for n in range(count)],
        [Flow(n, FIRST, 10_000, "收款", n + 1) for n in range(count)],
    )


def _year(count: int, chance: random.Random, amount: Callable[[], int]) -> Sides:
    banks, books = [], []
    for n in range(count):
        day, fen, who = FIRST + timedelta(chance.randrange(366)), amount(), chance.choice(NAMES)
        banks.append(Flow(n, day, fen, f"转账 {who}"))
        late = day + timedelta(chance.randrange(6))
        books.append(Flow(n, late, fen, f"收到{who}承包费", n + 1))
    chance.shuffle(books)
    return banks, books


def plain(banks: list[Flow], books: list[Flow]) -> int:
    """Pairs of equal amount within the same days, first come first served."""
    waiting: dict[tuple[int, date], list[Flow]] = defaultdict(list)
    for book in books:
        waiting[book.amount, book.dated].append(book)
    found = 0
    for bank in banks:
        for late in range(6):
            if same := waiting.get((bank.amount, bank.dated + timedelta(late))):
                same.pop()
                found += 1
                break
    return found


def _timed(work: Callable[..., Any], *sides: list[Flow]) -> tuple[float, Any]:
    """Seconds of CPU, so that what else the machine does matters little."""
    begun = time.process_time()
    done = work(*sides)
    return time.process_time() - begun, done


def main(arguments: list[str] | None = None) -> bool:
    """Print a line for each kind of year; True when a clean one is matched in time."""
    parser = argparse.ArgumentParser(prog="bench bank_matching", description=__doc__)
    parser.add_argument("--flows", type=int, default=10_000)
    options = parser.parse_args(arguments)
    good = True
    print(f"{options.flows:,} flows   engine CPU s  plain CPU s  ratio  certain  of another payer")
    for make in (clean, one_amount, nameless):
        banks, books = make(options.flows, random.Random(7))
        naive, _ = _timed(plain, banks, books)
        seconds, found = _timed(propose, banks, books)
        payers = {flow.key: flow.text[-3:] for flow in banks}
        certain = [p for p in found.found if p.is_certain]
        wrong = sum(payers[p.bank[0]] != payers[p.book[0]] for p in certain)
        share = len(certain) / options.flows
        print(
            f"{make.__name__:14} {seconds:12.2f} {naive:12.3f} {seconds / naive:6.0f} "
            f"{share:8.1%} {wrong:17}"
        )
        good &= seconds < SECONDS_MAX and not wrong
        good &= make is not clean or share >= SHARE_MIN
    print(f"clean: at least {SHARE_MIN:.0%} certain; every kind under {SECONDS_MAX} s")
    return good


if __name__ == "__main__":
    sys.exit(not main())
