"""A million contracts inspected by all rules, against a bare pass over the same rows.

The bare pass makes each row's `Terms` and reads every value of it once: what anything that looks at
all of a contract has to do. Rows are made outside both timings, as varied as the example town's,
and the same rows are then passed over both ways. Django must never have been imported.
"""

import argparse
import sys
import time
from collections import Counter
from itertools import islice
from typing import Any

from sanzi.cleanup.inspection import surroundings, terms_of_all
from sanzi.cleanup.rules import RULES, inspect
from sanzi.contracts.terms import Terms, terms_of

from .workbooks import city_villages, contracts

TIMES_MAX = 6.0
CHUNK = 20_000


def main(arguments: list[str] | None = None) -> bool:
    """Print rows a second both ways and their ratio; True when within the promise."""
    parser = argparse.ArgumentParser(prog="bench rules_speed", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    options = parser.parse_args(arguments)
    rows = contracts(options.rows, city_villages())
    bare = rules = around = 0.0
    found: Counter[str] = Counter()
    while chunk := list(islice(rows, CHUNK)):
        bare += _timed(_bare, chunk)
        began = time.process_time()
        every = list(terms_of_all(chunk, surroundings(chunk, (), (), ())))
        around += time.process_time() - began
        rules += _timed(_inspect, every, found)
    assert "django" not in sys.modules, "the rules know no framework"
    times = (around + rules) / bare
    print(f"{options.rows:,} contracts, {len(RULES)} rules, {sum(found.values()):,} findings "
          f"of {len(found)} kinds; Django not imported")  # fmt: skip
    for name, took in (("bare pass", bare), ("prices, rivals, terms", around), ("rules", rules),
                       ("inspected in all", around + rules)):  # fmt: skip
        print(f"{name:24} cpu {took:7.2f} s  {options.rows / took:10,.0f} contracts/s")
    print(f"ratio {times:.2f} (at most {TIMES_MAX}); of the rules alone {rules / bare:.2f}")
    return times <= TIMES_MAX


def _timed(work: Any, *of: Any) -> float:
    began = time.process_time()
    work(*of)
    return time.process_time() - began


def _bare(rows: list[dict[str, Any]]) -> None:
    names = Terms.DICTIONARY_FIELDS
    for row in rows:
        terms = terms_of(row)
        for name in names:
            getattr(terms, name)


def _inspect(every: list[Terms], found: Counter[str]) -> None:
    for terms in every:
        for finding in inspect(terms):
            found[finding.rule] += 1


if __name__ == "__main__":
    sys.exit(not main())
