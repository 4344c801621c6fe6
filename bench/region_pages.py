"""Pages of a whole city beside those of one of its towns: queries and time."""

import argparse
import statistics
import sys
import time
from dataclasses import dataclass
from typing import Any

from .installation import EXAMPLES, bring, installation, post
from .workbooks import city_villages, claims, write

CITY, TOWN = "1403", "140321101"
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


Visits = dict[str, Visit]


def main(arguments: list[str] | None = None) -> bool:
    """Print a line for each page; True when no page asks more than it may."""
    parser = argparse.ArgumentParser(prog="bench region_pages", description=__doc__)
    parser.add_argument("--claims", type=int, default=60_000)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args(arguments)
    with installation() as folder:
        for workbook in sorted((EXAMPLES / "yangquan").glob("*.xlsx")):
            print(f"{workbook.name}: {bring(workbook).seconds:.1f} s", flush=True)
        client = _client()
        before = {page: _visit(client, page, CITY, options.rounds) for page in PAGES}
        rows = claims(options.claims, city_villages())
        done = bring(write(folder / "claims.xlsx", {"receivables": rows}))
        print(f"{options.claims:,} claims: {done.seconds:.1f} s, {done.peak_mib:.0f} MiB")
        town = {page: _visit(client, page, TOWN, options.rounds) for page in PAGES}
        city = {page: _visit(client, page, CITY, options.rounds) for page in PAGES}
    return _print(before, town, city)


def _print(before: Visits, town: Visits, city: Visits) -> bool:
    """Town beside city, and the city beside itself before the claims."""
    print(f"{'page':32} queries town city    ms town city    city/town  with/without claims")
    for page in PAGES:
        small, large, earlier = town[page], city[page], before[page]
        print(f"{page:32} {small.queries:12} {large.queries:4} {small.seconds * 1000:10.0f} "
              f"{large.seconds * 1000:4.0f} {large.seconds / small.seconds:12.2f} "
              f"{large.seconds / earlier.seconds:20.2f}")  # fmt: skip
    worst = max(visit.queries for visits in (town, city) for visit in visits.values())
    apart = statistics.median(city[page].seconds / town[page].seconds for page in PAGES)
    grown = statistics.median(city[page].seconds / before[page].seconds for page in PAGES)
    print(f"most queries {worst} (at most {QUERIES_MAX}); "
          f"median city/town {apart:.2f}, with/without claims {grown:.2f}")  # fmt: skip
    return worst <= QUERIES_MAX


def _client() -> Any:
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    client.force_login(post("bench", "city_leader", CITY))
    return client


def _visit(client: Any, page: str, code: str, rounds: int) -> Visit:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    address = f"{page}?region={code}"
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
        answer.getvalue() if answer.streaming else answer.content
    queries = len(asked)  # Before the next request clears the log.
    assert answer.status_code == 200, (address, answer.status_code)
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        answer = client.get(address)
        answer.getvalue() if answer.streaming else answer.content
        times.append(time.perf_counter() - began)
    return Visit(queries, statistics.median(times))


if __name__ == "__main__":
    sys.exit(not main())
