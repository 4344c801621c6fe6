"""Pages of a whole city beside those of one of its towns: queries and time."""

import argparse
import statistics
import sys
import time
from dataclasses import dataclass
from typing import Any

from .installation import EXAMPLES, bring, installation, post
from .workbooks import city_villages, claims, write

CITY, TOWN, VILLAGE = "1403", "140321101", "140321101201"
QUERIES_MAX = 15
PAGES = (
    "/",
    "/figures/",
    "/figures/contracts.irregular/",
    "/figures/receivables.recovered/",
    "/dispatch/",
    "/wall/",
    "/registers/contracts/",
    "/registers/receivables/",
    "/registers/debts/",
    "/registers/villages/",
)


@dataclass(frozen=True)
class Visit:
    """One page of one region: its queries, and the middle of its times in seconds."""

    queries: int
    seconds: float


def main(arguments: list[str] | None = None) -> bool:
    """Print a line for each page; True when no page asks more than it may."""
    parser = argparse.ArgumentParser(prog="bench region_pages", description=__doc__)
    parser.add_argument("--claims", type=int, default=60_000)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args(arguments)
    with installation() as folder:
        _fill(folder, options.claims)
        client = _client()
        worst, ratios = 0, []
        print(f"{'page':34} {'queries':>13} {'ms':>15}  city/town")
        for page in PAGES:
            town = _visit(client, page, TOWN, options.rounds)
            city = _visit(client, page, CITY, options.rounds)
            ratios.append(city.seconds / town.seconds)
            worst = max(worst, town.queries, city.queries)
            print(f"{page:34} {town.queries:5} {city.queries:7} {town.seconds * 1000:7.0f} "
                  f"{city.seconds * 1000:7.0f}  {ratios[-1]:.2f}")  # fmt: skip
    print(f"most queries {worst} (at most {QUERIES_MAX}); "
          f"city/town median {statistics.median(ratios):.2f}, worst {max(ratios):.2f}")  # fmt: skip
    return worst <= QUERIES_MAX


def _fill(folder: Any, count: int) -> None:
    """The example city through the importer, and as many claims as a city has."""
    for workbook in sorted((EXAMPLES / "yangquan").glob("*.xlsx")):
        done = bring(workbook)
        print(f"{workbook.name}: {done.seconds:.1f} s")
    path = write(folder / "claims.xlsx", {"receivables": claims(count, city_villages())})
    done = bring(path)
    print(f"{count:,} claims: {done.seconds:.1f} s, {done.peak_mib:.0f} MiB")


def _client() -> Any:
    from django.test import Client

    client = Client()
    client.force_login(post("bench", "city_leader", CITY))
    return client


def _visit(client: Any, page: str, code: str, rounds: int) -> Visit:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    address = f"{page}?region={code}"
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
        answer.getvalue() if answer.streaming else answer.content
    assert answer.status_code == 200, (address, answer.status_code)
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        answer = client.get(address)
        answer.getvalue() if answer.streaming else answer.content
        times.append(time.perf_counter() - began)
    return Visit(len(asked), statistics.median(times))


if __name__ == "__main__":
    sys.exit(not main())
