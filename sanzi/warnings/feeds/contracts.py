"""Contracts, what they stand on, what falls due of them, and what the clean-up found in them."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet, Sum

from sanzi.cleanup.models import Finding
from sanzi.cleanup.queries import ruled
from sanzi.cleanup.workflow import OVERRULED
from sanzi.contracts.models import Amendment, Contract, Due, Ending
from sanzi.contracts.prices import references
from sanzi.contracts.terms import HOUSEHOLD, price_per_mu
from sanzi.documents.models import Document
from sanzi.holdings.models import Asset, Resource
from sanzi.kernel.money import ZERO
from sanzi.metrics.models import Share
from sanzi.warnings.rules.contracts import FOUND, SANITY_COMPARED_MIN
from sanzi.warnings.rules.rule import Row, Subject

from .reach import Fed, Reach, alone, per_village

_SETTLED = ("contracts.revised", "contracts.terminated", "contracts.litigated")
_LET = ("对外发包", "出租")
_USED_WITHOUT = ("无合同占用",)
_IDLE = "闲置"
_LOOK_AHEAD = timedelta(days=400)


class _Run(NamedTuple):
    """A contract's object and the days it runs, as amended and ended by the day of the look."""

    pk: int
    village: str
    name: str
    number: str
    thing: str
    amount: Decimal
    starts: date | None
    ends: date | None
    is_ended: bool


def runs(reach: Reach) -> list[_Run]:
    """Every contract but those of households: three queries for a region."""
    ended = dict(
        reach.rows(Ending).filter(ended_on__lte=reach.on).values_list("contract", "ended_on")
    )
    later = reach.rows(Amendment).filter(ends_on__isnull=False, effective_on__lte=reach.on)
    amended = dict(later.order_by("contract", "ordinal").values_list("contract", "ends_on"))
    rows = reach.rows(Contract).exclude(legal_nature=HOUSEHOLD).order_by("pk")
    columns = ("pk", "village", "title", "number", "object_number", "yearly_amount", "starts_on")
    return [
        _Run(pk, village, title, number, thing or "", amount or ZERO, starts,
             amended.get(pk, ends), pk in ended)
        for pk, village, title, number, thing, amount, starts, ends in rows.values_list(
            *columns, "ends_on"
        )
    ]  # fmt: skip


def terms(reach: Reach) -> Iterator[Fed]:
    """Contracts that end soon, have ended, and things let without one or standing empty."""
    found = runs(reach)
    live = {
        (run.village, run.thing)
        for run in found
        if run.thing and not run.is_ended and (run.ends is None or run.ends >= reach.on)
    }
    things = _things(reach)
    for run in found:
        if run.is_ended or run.ends is None:
            continue
        row = Row(f"contracts.contract:{run.pk}", f"{run.number} {run.name}", run.amount, run.ends)
        if reach.on <= run.ends <= reach.on + _LOOK_AHEAD:
            yield alone("W-28", run.village, row)
        elif run.ends < reach.on and (run.village, run.thing) not in live:
            thing = things.get((run.village, run.thing))
            if thing is not None and thing.status in _LET:
                yield alone("W-29", run.village, row)
    yield from _without_contract(things, live)
    yield from _idle(things, found, reach.on)


class _Thing(NamedTuple):
    key: str
    village: str
    name: str
    status: str
    number: str
    since: date | None
    amount: Decimal


def _things(reach: Reach) -> dict[tuple[str, str], _Thing]:
    """Resources and assets by village and number; two queries."""
    found = {}
    land = reach.rows(Resource).values_list("pk", "village", "name", "use_status", "number")
    for pk, village, name, status, number in land.order_by("pk"):
        thing = _Thing(f"holdings.resource:{pk}", village, name, status, number, None, ZERO)
        found[village, number] = thing
    assets = reach.rows(Asset).values_list(
        "pk", "village", "name", "use_status", "number", "acquired_on", "original_value"
    )
    for pk, village, name, status, number, since, value in assets.order_by("pk"):
        key = f"holdings.asset:{pk}"
        found[village, number] = _Thing(key, village, name, status, number, since, value or ZERO)
    return found


def _without_contract(
    things: dict[tuple[str, str], _Thing], live: set[tuple[str, str]]
) -> Iterator[Fed]:
    bare = (
        thing
        for where, thing in things.items()
        if thing.status in _USED_WITHOUT or (thing.status in _LET and where not in live)
    )
    yield from per_village(
        "W-23",
        ((t.village, Row(t.key, f"{t.number} {t.name}（{t.status}）", t.amount)) for t in bare),
    )


def _idle(things: dict[tuple[str, str], _Thing], found: list[_Run], on: date) -> Iterator[Fed]:
    """Idle since the last contract's end, or since it was acquired; else nobody knows."""
    last: dict[tuple[str, str], date] = {}
    for run in found:
        if run.thing and run.ends is not None and run.ends < on:
            where = (run.village, run.thing)
            last[where] = max(run.ends, last.get(where, run.ends))
    idle = ((where, thing) for where, thing in things.items() if thing.status == _IDLE)
    rows = (
        (thing.village, Row(thing.key, f"{thing.number} {thing.name}", thing.amount, since))
        for where, thing in idle
        if (since := last.get(where) or thing.since) is not None
    )
    yield from per_village("W-21", rows)


def dues(reach: Reach) -> Iterator[Fed]:
    """Instalments due by the day and not wholly paid by it, by contract."""
    paid_by_then = Q(
        allocations__payment__stage="posted", allocations__payment__received_on__lte=reach.on
    )
    standing = Q(withdrawn_at=None) | Q(withdrawn_at__date__gt=reach.on)
    claimed = Q(arrear__claimed_on__lte=reach.on)
    rows = (
        reach.rows(Due)
        .filter(standing, due_on__lte=reach.on)
        .exclude(claimed)
        .annotate(paid=Sum("allocations__amount", filter=paid_by_then))
    )
    held: dict[tuple[str, int, str], list[Row]] = defaultdict(list)
    columns = ("pk", "village", "contract", "contract__number", "contract__title", "ordinal",
               "due_on", "amount", "paid")  # fmt: skip
    for pk, village, contract, number, title, ordinal, due, amount, paid in rows.order_by(
        "pk"
    ).values_list(*columns):
        left = amount - (paid or ZERO)
        if left > 0:
            row = Row(f"contracts.due:{pk}", f"第 {ordinal} 期 {due}", left, due)
            held[village, contract, f"{number} {title}"].append(row)
    for (village, contract, name), found in held.items():
        yield "W-35", Subject(village, f"contracts.contract:{contract}", name, found)


def findings(reach: Reach) -> Iterator[Fed]:
    """What the clean-up found and nobody overruled, in contracts not yet put right, by village."""
    rule_of = {finding: code for code, found in FOUND.items() for finding in found}
    settled = _settled(reach)
    mine = reach.rows(Finding).filter(rule__in=rule_of)
    mine = mine.filter(Q(since_on=None) | Q(since_on__lte=reach.on))
    standing = ruled(mine).exclude(ruling=OVERRULED)
    held: dict[str, list[tuple[str, Row]]] = defaultdict(list)
    columns = ("contract", "village", "rule", "contract__number", "contract__title",
               "contract__total_amount")  # fmt: skip
    for contract, village, rule, number, title, amount in standing.order_by("pk").values_list(
        *columns
    ):
        if contract not in settled:
            row = Row(f"contracts.contract:{contract}", f"{number} {title}", amount or ZERO)
            held[rule_of[rule]].append((village, row))
    for code, rows in held.items():
        yield from per_village(code, rows)


def _settled(reach: Reach) -> set[int]:
    """Contracts revised, ended or brought to court by the day; one query."""
    parts = reach.rows(Share).filter(
        register="contracts", metric__in=_SETTLED, on_day__lte=reach.on
    )
    sums = parts.order_by().values_list("row_id").annotate(total=Sum("value"))
    return {row for row, total in sums if total > 0}


def registered(reach: Reach) -> Iterator[Fed]:
    """What the register itself says: paid years ahead, let to cadres, no scan, odd prices."""
    columns = ("pk", "village", "number", "title", "payment_mode", "starts_on", "ends_on",
               "total_amount", "is_cadre_kin", "signed_on", "land_class", "legal_nature",
               "pricing", "unit_price", "yearly_amount", "contract_area_mu")  # fmt: skip
    rows = list(_let(reach).values(*columns))
    held: dict[str, list[tuple[str, Row]]] = defaultdict(list)
    scanned = _scanned(reach)
    for row in rows:
        key, words = f"contracts.contract:{row['pk']}", f"{row['number']} {row['title']}"
        plain = Row(key, words, row["total_amount"] or ZERO)
        if years := _years_ahead(row):
            held["W-36"].append((row["village"], plain._replace(value=years)))
        if row["is_cadre_kin"]:
            held["W-40"].append((row["village"], plain))
        if key not in scanned:
            held["W-41"].append((row["village"], plain))
    for code, found in held.items():
        yield from per_village(code, found)
    yield from _odd_prices(rows)


def _let(reach: Reach) -> QuerySet[Any]:
    return reach.rows(Contract).exclude(legal_nature=HOUSEHOLD).order_by("pk")


def _scanned(reach: Reach) -> set[str]:
    papers = reach.rows(Document).filter(on__startswith="contracts.contract:", removed_at=None)
    return set(papers.values_list("on", flat=True))


def _years_ahead(row: dict[str, Any]) -> Decimal | None:
    """Whole years of rent a contract took at once; None when it did not, or nobody knows."""
    starts, ends = row["starts_on"], row["ends_on"]
    if row["payment_mode"] != "一次性" or starts is None or ends is None or ends < starts:
        return None
    return Decimal((ends - starts).days + 1) // Decimal("365.25")


def _odd_prices(rows: list[dict[str, Any]]) -> Iterator[Fed]:
    usual = references(rows)
    for row in rows:
        reference = usual.get((row["village"], row["number"]))
        if reference is None or reference.count < SANITY_COMPARED_MIN:
            continue
        own = price_per_mu(
            row["pricing"], row["unit_price"], row["yearly_amount"], row["contract_area_mu"]
        )
        key, words = f"contracts.contract:{row['pk']}", f"{row['number']} {row['title']}"
        amount = row["total_amount"] or ZERO
        yield alone(
            "W-37", row["village"], Row(key, words, amount, value=own, other=reference.median)
        )


def areas(reach: Reach) -> Iterator[Fed]:
    """Surveyed area beside registered area, of contracts and of resources."""
    rows: list[tuple[str, Row]] = []
    let = _let(reach).filter(measured_area_mu__isnull=False, contract_area_mu__isnull=False)
    for pk, village, number, title, signed, measured in let.values_list(
        "pk", "village", "number", "title", "contract_area_mu", "measured_area_mu"
    ):
        row = Row(f"contracts.contract:{pk}", f"{number} {title}", value=measured, other=signed)
        rows.append((village, row))
    land = reach.rows(Resource).filter(measured_area_mu__isnull=False).order_by("pk")
    for pk, village, number, name, kept, measured in land.values_list(
        "pk", "village", "number", "name", "area_mu", "measured_area_mu"
    ):
        row = Row(f"holdings.resource:{pk}", f"{number} {name}", value=measured, other=kept)
        rows.append((village, row))
    yield from per_village("W-24", rows)
