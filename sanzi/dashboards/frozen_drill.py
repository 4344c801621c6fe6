"""The rows behind one cell of a frozen sheet, as they were known when it was made."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from sanzi.access.models import Person
from sanzi.dispatch.body import read
from sanzi.dispatch.models import Sheet
from sanzi.metrics import catalogue, links
from sanzi.metrics.frozen import FrozenRows
from sanzi.metrics.parts import stored
from sanzi.metrics.regions import Totals

from .drill import CHUNK, Drill, Line, written


@dataclass(frozen=True)
class FrozenDrill(Drill):
    """One figure of a frozen sheet; with `since`, what it gained since the sheet before."""

    sheet: Sheet | None = None

    @property
    def _sheet(self) -> Sheet:
        assert self.sheet is not None, "a frozen drill has its sheet"
        return self.sheet

    @cached_property
    def totals(self) -> Totals:
        """What the sheet says; of a region that has no line there, what its rows come to."""
        now = read(self._sheet.body).sums.get(self.region)
        previous = self._sheet.previous
        before = read(previous.body).sums.get(self.region) if self.since and previous else None
        if now is None or (self.since and before is None):
            return {id: self._rows(id).sum_up()[1] for id in stored([self.metric.id])}
        if before is None:
            return dict(now)
        return {id: now.get(id, 0) - before.get(id, 0) for id in stored([self.metric.id])}

    def _rows(self, id: str) -> FrozenRows:
        before = self._sheet.mark_before if self.since else None
        return FrozenRows(self.person, id, self.region, self._sheet.mark, before)

    @cached_property
    def rows(self) -> FrozenRows:
        """The rows of a stored figure."""
        return self._rows(self.metric.id)

    def url_of(self, id: str) -> str:
        gained = "&gained=1" if self.since else ""
        return f"{links.rows(id, self.region, self.as_of)}&sheet={self._sheet.pk}{gained}"

    def sum_up(self) -> tuple[int, object]:  # type: ignore[override]
        count, total = self.rows.sum_up()
        return count, written(self.metric, total)

    def page(self, start: int, stop: int) -> list[Line]:
        return self.lines(self.rows.page(start, stop))

    def chunk(self, after: int, size: int) -> tuple[list[Line], int | None]:
        """Here the mark is how many rows came before."""
        found = self.rows.page(after, after + size + 1)
        return self.lines(found[:size]), after + size if len(found) > size else None

    def all_lines(self) -> Iterator[Line]:
        rows = self.rows.all()
        for start in range(0, len(rows), CHUNK):
            yield from self.lines(rows[start : start + CHUNK])


def frozen_drill(
    person: Person, metric: str, region: str, sheet: Sheet, *, gained: bool
) -> FrozenDrill:
    """One cell of a sheet the caller was shown."""
    since = sheet.since if gained else None
    return FrozenDrill(
        person, catalogue.metric(metric), region, sheet.cut_off_on, since, sheet=sheet
    )
