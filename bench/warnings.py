"""Every warning rule over a city of 620 villages, against a bare scan of the rows the rules read.

The city has contracts, instalments, claims, debts, holdings and yearly incomes. Timed in one run on
the same rows: reading them as plain values and nothing else (the bare scan); a look (every rule
judged); the first evaluation, which opens the events; a second one, which finds nothing new. The
number of questions to the database is printed for one town and for the city: it grows by the pages
of 500 villages alone.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from .installation import installation

TIMES_MAX = 6.0
VILLAGES, TOWNS = 620, 31
CITY = "9999"
DAY = date(2022, 12, 31)
EACH = 40  # contracts of a village; claims half as many, instalments as many


def main(arguments: list[str] | None = None) -> bool:
    """Print seconds and ratios; True when a look takes at most so many bare scans."""
    parser = argparse.ArgumentParser(prog="bench warnings", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="the best of so many is taken")
    options = parser.parse_args(arguments)
    with installation():
        return _measure(options.rounds)


def _measure(rounds: int) -> bool:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.utils.timezone import now

    from sanzi.access.system import system_person
    from sanzi.warnings.evaluating import evaluate
    from sanzi.warnings.looking import look
    from sanzi.warnings.models import Event
    from sanzi.warnings.standards import Standards

    rows = _fill()
    bare = _best(_bare, rounds)
    standards = Standards(DAY)
    seen = _best(lambda: look(CITY, DAY, standards), rounds)
    robot = system_person("system_warnings")
    first = _best(lambda: evaluate(CITY, DAY, by=robot, now=now()), 1)
    again = _best(lambda: evaluate(CITY, DAY, by=robot, now=now()), 1)
    asked = []
    for region in (f"{CITY}01001", CITY):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            look(region, DAY, standards)
        asked.append(len(captured))
    print(
        f"{connection.vendor}: {VILLAGES} villages, {rows:,} rows, {Event.objects.count():,} events"
    )
    _say("bare scan of the rows", bare)
    _say("a look: every rule judged", seen, seen / bare, f"at most {TIMES_MAX}")
    _say("first evaluation, events opened", first, first / bare)
    _say("second evaluation, nothing new", again, again / bare)
    print(f"  questions of a look: {asked[0]} for a town, {asked[1]} for the city")
    return seen / bare <= TIMES_MAX and asked[1] <= asked[0] + 2


def _best(work: Callable[[], Any], rounds: int) -> float:
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return min(taken)


def _say(what: str, seconds: float, times: float | None = None, promise: str = "") -> None:
    ratio = "" if times is None else f"{times:7.2f} x"
    print(f"  {what:40} {seconds:8.3f} s {ratio} {promise}".rstrip(), flush=True)


def _bare() -> int:
    """Every row the rules read, as tuples: what no rule can do without."""
    from sanzi.contracts.models import Contract, Due
    from sanzi.debts.models import Debt
    from sanzi.holdings.models import Account, Asset, Resource
    from sanzi.receivables.models import Claim
    from sanzi.villages.models import Income

    models: tuple[Any, ...] = (Contract, Due, Claim, Debt, Resource, Asset, Account, Income)
    return sum(len(list(model.objects.within(CITY).values_list())) for model in models)


def _fill() -> int:
    """The city's places and rows; how many rows."""
    from sanzi.orgs.tree import ensure

    villages = [f"{CITY}01{1 + n % TOWNS:03}{201 + n // TOWNS}" for n in range(VILLAGES)]
    codes = {code[:end] for code in villages for end in (2, 4, 6, 9, 12)}
    ensure({code: f"地{code}" for code in sorted(codes)})
    chance = random.Random(7)
    return sum(_keep(code, chance) for code in villages)


def _keep(village: str, chance: random.Random) -> int:
    from sanzi.contracts.models import Contract, Due
    from sanzi.debts.models import Debt
    from sanzi.holdings.models import Account, Asset, Resource
    from sanzi.receivables.models import Claim
    from sanzi.villages.models import Income

    def day(spread: int) -> date:
        return DAY + timedelta(days=chance.randint(-spread, spread))

    where = {"village": village}
    contracts = [
        Contract(
            **where, number=f"HT-{n}", title=f"第{n}号合同", category="资源类", legal_nature="租赁",
            written="书面", issuer="社", contractor="某", object_number=f"ZY-{n}",
            land_class="0101",
            contract_area_mu=Decimal(10), yearly_amount=Decimal(chance.randint(500, 5000)),
            starts_on=date(2015, 1, 1), ends_on=day(1000), signed_on=date(2015, 1, 1),
        )
        for n in range(EACH)
    ]  # fmt: skip
    kept = _store(Contract, contracts)
    _store(
        Due,
        [
            Due(
                **where, contract=one, ordinal=1, due_on=day(200), from_on=DAY, to_on=DAY,
                amount=Decimal(1000),
            )
            for one in kept
        ],
    )  # fmt: skip
    claims = [
        Claim(
            **where, number=f"ZQ-{n}", debtor="某", debtor_kind="农户", nature="往来借款",
            book="账内", principal=Decimal(20_000), left=Decimal(chance.randint(0, 20_000)),
            formed_on=day(900), last_day=day(900), base_on=date(2021, 12, 31),
        )
        for n in range(EACH // 2)
    ]  # fmt: skip
    _store(Claim, claims)
    debt = Debt(**where, number="ZW-1", creditor="某", kind="往来", principal=Decimal(9),
                formed_on=day(900), base_on=date(2021, 12, 31), left=Decimal(9))  # fmt: skip
    land = [
        Resource(**where, number=f"ZY-{n}", name=f"地块{n}", kind="耕地", area_mu=Decimal(10),
                 use_status=chance.choice(("对外发包", "闲置", "自用")))
        for n in range(EACH)
    ]  # fmt: skip
    asset = Asset(**where, number="ZC-1", name="厂房", category="房屋建筑", operation="经营性",
                  original_value=Decimal(9), use_status="闲置", acquired_on=day(900))  # fmt: skip
    box = Account(**where, number="1", kind="基本户", account_name="经济合作社",
                  book_balance=Decimal(chance.randint(-9, 99)))  # fmt: skip
    years = [
        Income(**where, year=year, operating_income=Decimal(chance.randint(10_000, 99_000)))
        for year in (2021, 2022)
    ]
    for model, some in ((Debt, [debt]), (Resource, land), (Asset, [asset]), (Account, [box]),
                        (Income, years)):  # fmt: skip
        _store(model, some)
    return 2 * EACH + len(claims) + len(land) + 3 + len(years)


def _store(model: Any, rows: list[Any]) -> list[Any]:
    for row in rows:
        row.place()
    return list(model.objects.bulk_create(rows))


if __name__ == "__main__":
    sys.exit(not main())
