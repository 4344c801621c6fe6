"""What the pages read. Every function asks the database a fixed number of times, whatever the
region's size; rows are reached only through `visible_to`."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, Max, OuterRef, QuerySet, Subquery, Window

from sanzi.access.models import Person
from sanzi.access.scope import under
from sanzi.campaigns import queries as campaigns
from sanzi.campaigns.models import Task
from sanzi.journal.models import Entry
from sanzi.metrics.frozen import Seen
from sanzi.metrics.models import Share
from sanzi.orgs.models import Region
from sanzi.villages.figures import collective_income
from sanzi.villages.models import Income
from sanzi.workbooks.binding import KEPT_BY, TABLES
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

RowKey = tuple[str, int]  # Register and row id.


def shares_behind(
    person: Person, metric: str, code: str, as_of: date, since: date | None
) -> QuerySet[Share]:
    """The rows that make a stored figure, in the order they were kept."""
    found = Share.objects.visible_to(person).within(code).filter(metric=metric, on_day__lte=as_of)
    return (found.filter(on_day__gt=since) if since else found).order_by("pk")


def names_of_rows(person: Person, shares: Iterable[Share | Seen]) -> dict[RowKey, tuple[str, str]]:
    """Number and name of each row by (register, row id): one query for each register met."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for share in shares:
        wanted[share.register].add(share.row_id)
    found = {}
    for register, ids in wanted.items():
        kept_by = KEPT_BY.get(register, register)
        fields = [field for field in CALLED[kept_by] if field]
        rows = TABLES[kept_by].objects.visible_to(person).filter(pk__in=ids)
        for row in rows.values("pk", *fields):
            number, name = (str(row[f]) if f else "" for f in CALLED[kept_by])
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
    entries are looked at, so two queries take the same time in any year.
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
    place = Region.objects.filter(code=OuterRef("village")).values("name")[:1]
    named = mine.annotate(place=Subquery(place))
    entries: dict[int, Any] = named.in_bulk([one["last"] for one in found])
    return [
        Change(entry, one["rows"], one["villages"], entry.place or "", entry.seq == cut)
        for one in found
        for entry in [entries[one["last"]]]
    ]


def overdue_tasks(person: Person, code: str, as_of: date) -> tuple[int, list[Task]]:
    """How many open tasks' time limits have passed, and those that passed first; one query."""
    late: Any = campaigns.overdue_tasks(person, code, as_of).order_by("due_on", "pk")
    listed = list(late.annotate(all_late=Window(Count("pk")))[:LISTED])
    return (listed[0].all_late if listed else 0), listed


def waiting_uploads(person: Person, code: str) -> list[Upload]:
    """Workbooks checked and waiting for somebody to confirm them, newest first."""
    mine = Upload.objects.visible_to(person).filter(stage=Stage.CHECKED)
    here = mine.filter(under("office", code))
    return list(here.select_related("uploaded_by").order_by("-pk")[:LISTED])
