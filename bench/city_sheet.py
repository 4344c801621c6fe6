"""A dispatch sheet of a whole city beside that of one of its counties: processor time."""

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
    """Freeze sheets of city and county in turn; True when the city costs at most 1.5 times."""
    parser = argparse.ArgumentParser(prog="bench city_sheet", description=__doc__)
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
    # Each one's own form: lines are what lies right below.
    ratio = medians["city, counties"] / county
    print(f"620 villages over one county's: {ratio:.2f} (at most {RATIO_MAX})")
    return ratio <= RATIO_MAX


if __name__ == "__main__":
    sys.exit(not main())
