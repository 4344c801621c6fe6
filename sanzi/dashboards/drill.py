"""The rows behind one figure, as page, JSON and sheet print them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet, Sum

from sanzi.access.models import Person
from sanzi.kernel.money import from_fen
from sanzi.metrics import regions
from sanzi.metrics.catalogue import Figure, Metric, figure, metric
from sanzi.metrics.frozen import Seen
from sanzi.metrics.models import Share
from sanzi.metrics.parts import stored
from sanzi.orgs.tree import names_of
from sanzi.workbooks.registers import row_url

from . import links, queries

CHUNK = 2_000


class Line(NamedTuple):
    """One row's part in the figure."""

    register: str
    row_id: int
    number: str
    label: str
    village: str
    village_name: str
    on: date | None  # None: from the beginning, the row bears no date
    value: Decimal | int
    url: str


class Part(NamedTuple):
    """A stored figure that enters a rate, with its sign."""

    metric: str
    label: str
    sign: int
    value: Decimal | int
    unit: str
    url: str


@dataclass(frozen=True)
class Drill:
    """One figure of one region as of a day, or what it gained since an earlier one."""

    person: Person
    metric: Metric
    region: str
    as_of: date
    since: date | None = None

    @cached_property
    def totals(self) -> regions.Totals:
        """The stored sums behind the figure, from the roll-ups: of the day, or gained since."""
        days = [self.as_of, self.since] if self.since else [self.as_of]
        now, *before = regions.history_of(self.region, days, stored([self.metric.id]))
        for earlier in before:
            now = {id: value - earlier.get(id, 0) for id, value in now.items()}
        return now

    @cached_property
    def figure(self) -> Figure:
        """What the page is about. A rate gains nothing as such: then it is its numerator's gain."""
        found = figure(self.metric, self.totals)
        if self.since and self.metric.numerator:
            counted = metric(self.metric.numerator[0][0])
            return replace(found, unit=counted.unit, value=found.numerator)
        return found

    def parts(self, *, below: bool) -> list[Part]:
        """The stored figures of a rate's numerator, or of what lies `below` the line."""
        chosen = self.metric.denominator if below else self.metric.numerator
        return [self._part(metric(id), sign) for id, sign in chosen or ()]

    def _part(self, one: Metric, sign: int) -> Part:
        value = written(one, self.totals.get(one.id, 0))
        return Part(one.id, one.label, sign, value, one.unit, self.url_of(one.id))

    def url_of(self, id: str) -> str:
        """The rows of another figure, of the same region and days."""
        return links.rows(id, self.region, self.as_of, self.since)

    @cached_property
    def shares(self) -> QuerySet[Share]:
        return queries.shares_behind(
            self.person, self.metric.id, self.region, self.as_of, self.since
        )

    def sum_up(self) -> tuple[int, Decimal | int]:
        """How many rows there are and what they come to: the proof of the figure."""
        found: dict[str, Any] = self.shares.order_by().aggregate(n=Count("pk"), total=Sum("value"))
        return found["n"], written(self.metric, int(found["total"] or 0))

    def page(self, start: int, stop: int) -> list[Line]:
        """Some of the rows, in the order they were kept."""
        return self.lines(self.shares[start:stop])

    def chunk(self, after: int, size: int) -> tuple[list[Line], int | None]:
        """So many rows beyond a mark, and the mark of the next ones; None at the end."""
        found = list(self.shares.filter(pk__gt=after)[: size + 1])
        following = found[size - 1].pk if len(found) > size else None
        return self.lines(found[:size]), following

    def lines(self, shares: Iterable[Share | Seen]) -> list[Line]:
        """These shares with the numbers and names of their rows and villages."""
        listed = list(shares)
        called = queries.names_of_rows(self.person, listed)
        places = names_of({share.village for share in listed})
        return [self._line(share, called, places) for share in listed]

    def _line(
        self,
        share: Share | Seen,
        called: dict[queries.RowKey, tuple[str, str]],
        places: dict[str, str],
    ) -> Line:
        number, name = called.get((share.register, share.row_id), ("", ""))
        place = places.get(share.village, share.village)
        return Line(
            register=share.register,
            row_id=share.row_id,
            number=number,
            label=name or place,
            village=share.village,
            village_name=place,
            on=None if share.on_day == date.min else share.on_day,
            value=written(self.metric, share.value),
            url=row_url(share.register, share.row_id),
        )

    def all_lines(self) -> Iterator[Line]:
        """Every row, a chunk at a time: memory stays flat."""
        last = 0
        while chunk := list(self.shares.filter(pk__gt=last)[:CHUNK]):
            yield from self.lines(chunk)
            last = chunk[-1].pk


def written(of: Metric, value: int) -> Decimal | int:
    """A stored value in the unit people read: yuan or a count."""
    return from_fen(value) if of.money else value
