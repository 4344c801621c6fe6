"""What the pages read. Every function asks the database a fixed number of times, whatever the
region's size; rows are reached only through `visible_to`."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, Count, Max, Q, QuerySet, Sum
from django.db.models.functions import Cast, Coalesce

from sanzi.access.models import Person
from sanzi.access.scope import under
from sanzi.campaigns.models import Task
from sanzi.journal.models import Entry
from sanzi.metrics.models import Rollup, Share
from sanzi.orgs.models import Region
from sanzi.orgs.tree import names_of
from sanzi.villages.figures import collective_income
from sanzi.villages.models import Income
from sanzi.workbooks.binding import TABLES
from sanzi.workbooks.models import Stage, Upload

ENTRIES = 20
LOOKED_AT = 2_000
LISTED = 10

# How a row of each register is called: the fields of its number and of its name.
CALLED: dict[str, tuple[str, str]] = {
    "contracts": ("number", "title"),
    "receivables": ("number", "debtor"),
    "debts": ("number", "creditor"),
    "projects": ("number", "name"),
    "resources": ("number", "name"),
    "assets": ("number", "name"),
    "villages": ("", "name"),
    "incomes": ("year", ""),
}

Totals = dict[str, int]
RowKey = tuple[str, int]  # Register and row id.


class Spot(NamedTuple):
    """A region of a level, with the region right above it."""

    code: str
    name: str
    parent: str
    parent_name: str
    is_living: bool


def regions_in(code: str, level: str) -> list[Spot]:
    """The regions of a level within a region, itself included, in code order; one query.

    A merged region keeps its past, and with that its line: otherwise the lines would not add up.
    """
    found = _within(code).filter(level=level).order_by("code")
    rows = found.values_list("code", "name", "parent__code", "parent__name", "valid_to")
    return [Spot(*row[:4], is_living=row[4] is None) for row in rows]


def sums_on(
    code: str, level: str, days: Sequence[date], metrics: Collection[str]
) -> list[dict[str, Totals]]:
    """For each day, {region: {metric: sum}} of every region of a level within `code`; one query."""
    regions = _within(code).filter(level=level).values("code")
    return _sums(Rollup.objects.filter(region__in=regions), days, metrics)


def history_of(code: str, days: Sequence[date], metrics: Collection[str]) -> list[Totals]:
    """A region's own sums on each of these days; one query."""
    found = _sums(Rollup.objects.filter(region__in=_stored(code)), days, metrics)
    return [_merged(sums.values()) for sums in found]


def _sums(
    rollups: QuerySet[Rollup], days: Sequence[date], metrics: Collection[str]
) -> list[dict[str, Totals]]:
    wanted = {
        f"sum_{i}": Coalesce(Cast(Sum("value", filter=Q(on_day__lte=day)), BigIntegerField()), 0)
        for i, day in enumerate(days)
    }
    found: list[dict[str, Totals]] = [defaultdict(dict) for _ in days]
    rows = rollups.filter(metric__in=metrics, on_day__lte=max(days)).values_list("region", "metric")
    for region, metric, *values in rows.annotate(**wanted):
        for sums, value in zip(found, values, strict=True):
            sums[region][metric] = value
    return found


def _stored(code: str) -> QuerySet[Region, Any] | list[str]:
    # The nation has no roll-up of its own; its provinces have.
    return [code] if code else Region.objects.filter(level="province").values("code")


def _merged(several: Iterable[Mapping[str, int]]) -> Totals:
    merged: Totals = {}
    for sums in several:
        for metric, value in sums.items():
            merged[metric] = merged.get(metric, 0) + value
    return merged


def _within(code: str) -> QuerySet[Region]:
    return Region.objects.filter(under("code", code))


def shares_behind(
    person: Person, metric: str, code: str, as_of: date, since: date | None
) -> QuerySet[Share]:
    """The rows that make a stored figure, in the order they were kept."""
    found = Share.objects.visible_to(person).within(code).filter(metric=metric, on_day__lte=as_of)
    return (found.filter(on_day__gt=since) if since else found).order_by("pk")


def names_of_rows(person: Person, shares: Iterable[Share]) -> dict[RowKey, tuple[str, str]]:
    """Number and name of each row by (register, row id): one query for each register met."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for share in shares:
        wanted[share.register].add(share.row_id)
    found = {}
    for register, ids in wanted.items():
        fields = [field for field in CALLED[register] if field]
        rows = TABLES[register].objects.visible_to(person).filter(pk__in=ids)
        for row in rows.values("pk", *fields):
            number, name = (str(row[f]) if f else "" for f in CALLED[register])
            found[register, row["pk"]] = (number, name)
    return found


class YearIncome(NamedTuple):
    year: int
    amount: Decimal  # yuan


def incomes_of(person: Person, code: str, as_of: date) -> dict[str, YearIncome]:
    """Each village's collective income in its latest year on record by that day; one query."""
    rows = Income.objects.visible_to(person).within(code).filter(year__lte=as_of.year)
    lines = ("operating_income", "investment_income", "other_income")
    found = {}
    for row in rows.order_by("year").values("village", "year", *lines):
        amount = collective_income(row)
        if amount is not None:
            found[row["village"]] = YearIncome(row["year"], amount)
    return found


class Change(NamedTuple):
    """What one person did at one moment: to one thing, or at once to many."""

    entry: Entry
    rows: int
    villages: int
    place: str
    is_cut: bool  # There were more of them than were looked at.


def recent_changes(person: Person, code: str) -> list[Change]:
    """The last things done to this region's rows that the person may read, newest first.

    An import writes thousands of entries at one moment: they are one change. Only the last
    entries are looked at, so three queries take the same time in any year.
    """
    mine = Entry.objects.visible_to(person).exclude(village="")
    here = mine.filter(under("village", code)).order_by("-seq")
    looked_at = here.filter(seq__in=here.values("seq")[:LOOKED_AT]).order_by()
    moments = looked_at.values("at", "actor", "action").annotate(
        last=Max("seq"), rows=Count("seq"), villages=Count("village", distinct=True)
    )
    found = list(moments.order_by("-last"))
    seen = sum(one["rows"] for one in found)
    cut = found[-1]["last"] if seen == LOOKED_AT else None
    found = found[:ENTRIES]
    entries = mine.in_bulk([one["last"] for one in found])
    names = names_of({entry.village for entry in entries.values()})
    return [
        Change(entry, one["rows"], one["villages"], names.get(entry.village, ""), entry.seq == cut)
        for one in found
        for entry in [entries[one["last"]]]
    ]


def overdue_tasks(person: Person, code: str, as_of: date) -> tuple[int, list[Task]]:
    """How many tasks' time limits have passed, and those that passed first; two queries."""
    late = Task.objects.visible_to(person).within(code).filter(due_on__lt=as_of)
    return late.count(), list(late.order_by("due_on", "pk")[:LISTED])


def waiting_uploads(person: Person, code: str) -> list[Upload]:
    """Workbooks checked and waiting for somebody to confirm them, newest first."""
    mine = Upload.objects.visible_to(person).filter(stage=Stage.CHECKED)
    here = mine.filter(under("office", code))
    return list(here.select_related("uploaded_by").order_by("-pk")[:LISTED])
