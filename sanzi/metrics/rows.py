"""From a figure to the rows behind it, and from a row to the figures it is part of."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Cast

from .catalogue import Metric
from .models import Share
from .share import Contribution


def sums_of(
    register: str, ids: Collection[int], as_of: date, metrics: Collection[str] = ()
) -> dict[int, dict[str, int]]:
    """Each row's part in each metric (base units) as of a day, by row id; one query."""
    found = Share.objects.filter(register=register, row_id__in=ids, on_day__lte=as_of)
    if metrics:
        found = found.filter(metric__in=metrics)
    sums: dict[int, dict[str, int]] = {}
    for row_id, metric, value in found.values_list("row_id", "metric").annotate(total=_total()):
        sums.setdefault(row_id, {})[metric] = value
    return sums


def shares_of_row(register: str, row_id: int) -> list[Contribution]:
    """Every contribution of one row, as stored; one query."""
    found = Share.objects.filter(register=register, row_id=row_id)
    return [Contribution(*values) for values in found.values_list("metric", "on_day", "value")]


def behind(
    rows: QuerySet[Any], register: str, metrics: Collection[str], as_of: date
) -> QuerySet[Any]:
    """Of these rows of a register, those with a part in any of the metrics on that day."""
    return rows.alias(part=_part(register, metrics, as_of)).filter(part__gt=0)


def without(
    rows: QuerySet[Any], register: str, metrics: Collection[str], as_of: date
) -> QuerySet[Any]:
    """Of these rows of a register, those with no part in any of the metrics on that day."""
    return rows.exclude(pk__in=behind(rows, register, metrics, as_of).order_by().values("pk"))


def parts_of(metric: Metric) -> tuple[str, ...]:
    """The stored metrics behind a figure: itself, or what a rate is made of."""
    if metric.numerator is None or metric.denominator is None:
        return (metric.id,)
    return tuple(dict.fromkeys(id for id, _ in (*metric.numerator, *metric.denominator)))


def _part(register: str, metrics: Collection[str], as_of: date) -> Subquery:
    """A row's parts added up; summed, because a later day may take an earlier share back.

    Correlated: the index of a row's shares serves it, whatever region is asked for.
    """
    found = Share.objects.filter(
        register=register, row_id=OuterRef("pk"), metric__in=metrics, on_day__lte=as_of
    )
    sums = found.order_by().values("row_id").annotate(total=_total()).values("total")
    return Subquery(sums, output_field=BigIntegerField())


def _total() -> Cast:
    # PostgreSQL sums BIGINT into NUMERIC; both engines must answer with the same integer type.
    return Cast(Sum("value"), BigIntegerField())
