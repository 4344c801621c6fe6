"""The warnings of a year, read for the rule about them (W-62).

Counted are those a village was shown, from the day after it was first looked at: what that first
look finds is what stood there before, not a lamp that came on. Not counted: false alarms, rules
switched off, what only the digest says, and what only some posts may see, so that everybody finds
the same number. A look sees the warnings up to the look before it.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, Min, OuterRef, QuerySet, Subquery

from sanzi.warnings.following import window_of
from sanzi.warnings.models import Event
from sanzi.warnings.rules import RULE_OF
from sanzi.warnings.rules.rule import Level, Row, Subject
from sanzi.warnings.stages import Ending

from .reach import Fed, Reach


def lit(region: str, first: date, last: date) -> QuerySet[Any]:
    """The warnings of a region that count, first seen within these days."""
    begun = Event.objects.filter(village=OuterRef("village")).order_by().values("village")
    found = Event.objects.within(region).filter(
        lane="warn", is_restricted=False, level__gte=Level.YELLOW, first_on__gte=first,
        first_on__lte=last, shown_on__lte=last,
    )  # fmt: skip
    counted = found.exclude(ending__in=(Ending.FALSE, Ending.OFF))
    begins = Subquery(begun.annotate(day=Min("first_on")).values("day"))
    mine: QuerySet[Any] = counted.annotate(begins=begins).filter(first_on__gt=F("begins"))
    return mine


def repeated(reach: Reach) -> Iterator[Fed]:
    """By village and year, the lamps that came on; one query."""
    first = date(window_of(reach.on).year, 1, 1)
    rows = lit(reach.region, first, reach.on).order_by("first_on", "pk")
    held: dict[tuple[str, int], list[Row]] = defaultdict(list)
    columns = ("pk", "village", "rule", "name", "level", "money", "first_on")
    for pk, village, rule, name, level, money, on in rows.values_list(*columns):
        title = RULE_OF[rule].title if rule in RULE_OF else rule
        row = Row(f"warnings.event:{pk}", f"{on} {title} {name}", money, on, Decimal(level))
        held[village, on.year].append(row)
    for (village, year), found in held.items():
        yield "W-62", Subject(village, f"orgs.region:{village}:{year}", f"{year} 年亮灯", found)
