"""What daily sheets count where no metric is: the things by village, each by its journal key."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from sanzi.access.models import Post
from sanzi.access.scope import scope
from sanzi.journal.recorder import key
from sanzi.kernel.regions import full
from sanzi.metrics.frozen import Mark
from sanzi.metrics.models import Share
from sanzi.receivables.casework import Reply

from .blockers import Blocker

Keys = dict[str, list[str]]  # Journal keys by 12-digit code.


@dataclass(frozen=True)
class Period:
    """After one day, up to and including another; `known_at`: when the last sheet was drawn."""

    since: date
    until: date
    known_at: datetime | None = None


def replies(region: str, period: Period) -> Keys:
    """Answers to reconciliation letters dated within the period, or earlier and told since.

    Each is counted by one sheet: the first drawn after it came whose cut-off it does not pass.
    """
    fresh = Q(dated__gt=period.since)
    if period.known_at is not None:
        fresh |= Q(received_at__gt=period.known_at)
    return _keys(Reply.objects.within(region).filter(fresh, dated__lte=period.until))


def disputes(region: str, period: Period) -> Keys:
    """Disputes raised and not closed by a day."""
    return _open(region, period.until, Blocker.Kind.DISPUTE)


def blockers(region: str, period: Period) -> Keys:
    """Matters that need a higher level, raised and not closed by a day."""
    return _open(region, period.until, Blocker.Kind.COORDINATION)


COUNTED: dict[str, Callable[[str, Period], Keys]] = {
    "replies": replies,
    "disputes": disputes,
    "blockers": blockers,
}
_REPORTERS = {"village": "village_accountant", "town": "town_clerk", "county": "county_office"}


def _open(region: str, until: date, kind: str) -> Keys:
    return _keys(Blocker.objects.within(region).open_on(until).filter(kind=kind))


def _keys(rows: QuerySet[Any]) -> Keys:
    found: Keys = defaultdict(list)
    for row in rows.order_by("pk").only("pk", "village"):
        found[row.village].append(key(row))
    return found


def gains(region: str, metric: str, now: Mark, before: Mark) -> dict[str, int]:
    """How many rows brought something since an earlier mark, by village; one query."""
    found: dict[str, int] = defaultdict(int)
    fresh = Share.objects.filter(
        **scope(region), metric=metric, value__gt=0, on_day__lte=now.on, pk__lte=now.share
    )
    for village, pk, on in fresh.values_list("village", "pk", "on_day"):
        if pk > before.share or on > before.on:
            found[village] += 1
    return found


def reporters(region: str, level: str, on: date) -> dict[str, str]:
    """Who answers for each line's figures on a day, by 12-digit code; several are joined."""
    held = Post.objects.held_on(on).filter(
        role=_REPORTERS.get(level, ""), region__code__startswith=region
    )
    found: dict[str, list[str]] = defaultdict(list)
    for code, name in held.order_by("pk").values_list("region__code", "person__name"):
        found[full(code)].append(name)
    return {code: "、".join(names) for code, names in found.items()}
