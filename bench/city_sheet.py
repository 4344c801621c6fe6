"""A dispatch sheet of a whole city beside that of one of its counties: processor time.

Sheets read stored sums, never rows, so what counts is lines and days of sums: a city by its
counties has fewer lines than a county by its towns and takes less; by its 31 towns it reads three
times the sums of one county's, and stays below the promised ratio because they are read from an
index alone. By its 620 villages it has sixty times the lines and is not held to it.
"""

import argparse
import statistics
import sys
import time
from datetime import date, timedelta
from typing import Any

from .installation import EXAMPLES, bring, installation

CITY, COUNTY = "1403", "140321"
RATIO_MAX = 1.5
FIRST_ON = date(2022, 1, 14)


def main(arguments: list[str] | None = None) -> bool:
    """Freeze sheets of city and county in turn; True when the city costs at most 1.5 times, by
    its counties and by its towns."""
    parser = argparse.ArgumentParser(prog="bench city_sheet", description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=21)
    options = parser.parse_args(arguments)
    with installation():
        for workbook in sorted((EXAMPLES / "yangquan").glob("*.xlsx")):
            print(f"{workbook.name}: {bring(workbook).seconds:.1f} s", flush=True)
        spent: dict[str, list[float]] = {}
        for at in range(options.rounds):
            on = FIRST_ON + timedelta(days=14 * at)
            for name, region, level in (
                ("county, towns", COUNTY, "town"),
                ("city, counties", CITY, "county"),
                ("city, towns", CITY, "town"),
                ("city, villages", CITY, "village"),
            ):
                spent.setdefault(name, []).append(_freeze(region, level, on))
    return _print({name: statistics.median(seconds[1:]) for name, seconds in spent.items()})


def _freeze(region: str, level: str, on: date) -> float:
    """Processor seconds of this process for one sheet, the database's work among them (SQLite)."""
    from django.utils.timezone import now

    from sanzi.access.system import system_person
    from sanzi.dispatch.actions.sheets import generate
    from sanzi.dispatch.freezing import Order

    by: Any = system_person("system_dispatch")
    assert by.region_code == ""
    began = time.process_time()
    generate(orders=[Order(region, "biweekly", level, on)], by=by, now=now())
    return time.process_time() - began


def _print(medians: dict[str, float]) -> bool:
    county = medians["county, towns"]
    for name, seconds in medians.items():
        print(f"{name:16} {seconds * 1000:8.1f} ms of processor   {seconds / county:5.2f}")
    # Each one's own form, lines being what lies right below; then the towns of both.
    ratios = [medians[name] / county for name in ("city, counties", "city, towns")]
    said = " and ".join(f"{ratio:.2f}" for ratio in ratios)
    print(f"620 villages over one county's: {said} (at most {RATIO_MAX})")
    return max(ratios) <= RATIO_MAX


if __name__ == "__main__":
    sys.exit(not main())
