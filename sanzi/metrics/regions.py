"""Sums of regions as of days: each function asks once, however many regions there are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, Q, QuerySet, Sum
from django.db.models.functions import Cast, Coalesce

from sanzi.access.scope import under
from sanzi.orgs.models import Region

from .models import Rollup

Totals = dict[str, int]


class Spot(NamedTuple):
    """A region of a level, with the region right above it."""

    code: str
    name: str
    parent: str
    parent_name: str
    is_living: bool


def regions_in(code: str, *levels: str) -> list[Spot]:
    """The regions of one or more levels within a region, itself included, by code; one query.

    A merged region keeps its past, and with that its line: otherwise the lines would not add up.
    """
    found = _within(code).filter(level__in=levels).order_by("code")
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
    last = max(days)
    wanted = {f"sum_{i}": _sum(None if day == last else day) for i, day in enumerate(days)}
    found: list[dict[str, Totals]] = [defaultdict(dict) for _ in days]
    rows = rollups.filter(metric__in=metrics, on_day__lte=last).values_list("region", "metric")
    for region, metric, *values in rows.annotate(**wanted):
        for sums, value in zip(found, values, strict=True):
            sums[region][metric] = value
    return found


def _sum(day: date | None) -> Coalesce:
    # Of the last day every row counts that was asked for: a condition would be tried on each.
    until = None if day is None else Q(on_day__lte=day)
    return Coalesce(Cast(Sum("value", filter=until), BigIntegerField()), 0)


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
