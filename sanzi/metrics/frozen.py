"""Rows behind figures as they were known at an earlier moment, however they changed since.

A `Mark` is that moment in keys: the last share there was, and the last that had gone. Keys grow
with every change and never come back, so no clock has to be trusted.
"""

from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count, Max, Q, QuerySet, Sum

from sanzi.access.models import Person

from .models import PastShare, Share


@dataclass(frozen=True)
class Mark:
    """What was known at a moment, and the last day (included) that counts."""

    share: int
    past: int
    on: date


class Seen(NamedTuple):
    """One row's part in a figure, as it was known."""

    share: int
    village: str
    metric: str
    on_day: date
    value: int
    register: str
    row_id: int


_COLUMNS = ("village", "metric", "on_day", "value", "register", "row_id")


def mark(on: date) -> Mark:
    """What is known now. Inside an action: from here to its end nobody else changes figures."""
    assert connection.in_atomic_block, "a moment is frozen inside an action"
    if connection.vendor == "postgresql":
        # Keys are given before their transactions end: wait for those still writing.
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {Share._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
    last = Share.objects.aggregate(last=Max("pk"))["last"] or 0
    gone = PastShare.objects.aggregate(last=Max("pk"), share=Max("share"))
    return Mark(max(last, gone["share"] or 0), gone["last"] or 0, on)


class FrozenRows:
    """The rows behind one stored metric of a region at a mark, or between two of them."""

    def __init__(
        self, person: Person, metric: str, code: str, now: Mark, before: Mark | None = None
    ) -> None:
        live = Share.objects.visible_to(person).within(code).filter(metric=metric)
        past = PastShare.objects.visible_to(person).within(code).filter(metric=metric)
        if before is None:
            known = Q(on_day__lte=now.on)
            self._live = live.filter(known, pk__lte=now.share)
            self._past = past.filter(known, share__lte=now.share, pk__gt=now.past)
            self._undone = past.none()
            return
        fresh = Q(on_day__gt=before.on, on_day__lte=now.on)
        self._live = live.filter(
            fresh | Q(on_day__lte=now.on, pk__gt=before.share), pk__lte=now.share
        )
        self._past = past.filter(
            fresh | Q(on_day__lte=now.on, share__gt=before.share),
            share__lte=now.share,
            pk__gt=now.past,
        )
        # Counted then and gone since: taken back.
        self._undone = past.filter(
            on_day__lte=before.on, share__lte=before.share, pk__gt=before.past, pk__lte=now.past
        )

    def sum_up(self) -> tuple[int, int]:
        """How many rows there are and what they come to, in base units."""
        counts, total = 0, 0
        for rows, sign in ((self._live, 1), (self._past, 1), (self._undone, -1)):
            found: dict[str, Any] = rows.order_by().aggregate(n=Count("pk"), total=Sum("value"))
            counts, total = counts + found["n"], total + sign * int(found["total"] or 0)
        return counts, total

    def gained(self) -> int:
        """How many rows brought something."""
        return sum(rows.filter(value__gt=0).count() for rows in (self._live, self._past))

    def page(self, start: int, stop: int) -> list[Seen]:
        """Some of the rows, in the order they were first kept; those taken back come last."""
        found = [
            *_read(self._live, "pk", 1, stop),
            *_read(self._past, "share", 1, stop),
        ]
        found.sort(key=lambda row: row.share)
        if len(found) < stop:
            found.extend(_read(self._undone, "share", -1, stop))
        return found[start:stop]

    def all(self) -> list[Seen]:
        """Every row, for a file."""
        parts = ((self._live, "pk", 1), (self._past, "share", 1), (self._undone, "share", -1))
        return list(chain.from_iterable(_read(rows, key, sign, None) for rows, key, sign in parts))


def _read(rows: QuerySet[Any], key: str, sign: int, stop: int | None) -> list[Seen]:
    found = rows.order_by(key).values_list(key, *_COLUMNS)[:stop]
    return [
        Seen(share, village, metric, on, sign * value, register, row_id)
        for share, village, metric, on, value, register, row_id in found
    ]
