"""What daily sheets count where no metric is: the things by village, each by its journal key."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from sanzi.access.models import Post
from sanzi.access.scope import scope
from sanzi.journal.recorder import key
from sanzi.kernel.regions import full
from sanzi.metrics.frozen import Mark
from sanzi.metrics.models import Share
from sanzi.receivables.casework import Reply

from .blockers import Blocker

Keys = dict[str, list[str]]  # Journal keys by 12-digit code.


def replies(region: str, since: date, until: date) -> Keys:
    """Answers to reconciliation letters dated after one day, up to and including another."""
    return _keys(Reply.objects.within(region).filter(dated__gt=since, dated__lte=until))


def disputes(region: str, since: date, until: date) -> Keys:
    """Disputes raised and not closed by a day."""
    return _open(region, until, Blocker.Kind.DISPUTE)


def blockers(region: str, since: date, until: date) -> Keys:
    """Matters that need a higher level, raised and not closed by a day."""
    return _open(region, until, Blocker.Kind.COORDINATION)


COUNTED: dict[str, Callable[[str, date, date], Keys]] = {
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
