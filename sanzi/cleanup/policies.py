"""Which thresholds judge a town's contracts: the nearest region's that it was inspected by."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sanzi.contracts.terms import DEFAULT_POLICY, Policy

from .models import Reinspection, Threshold
from .thresholds import policy_with


@dataclass(frozen=True)
class Standing:
    """One threshold in force somewhere."""

    pk: int
    region: str
    name: str
    value: str


def policies_of(towns: Collection[str]) -> dict[str, Policy]:
    """The policy of each town that has one of its own; the others keep the examples.

    A threshold still to be inspected by does not yet judge: what is stored always equals what
    would be found again.
    """
    live = list(_live())
    if not live:
        return {}
    waiting = _waiting({one.pk for one in live})
    found = {}
    for town in towns:
        here = [one for one in live if town.startswith(one.region) and one.pk not in waiting[town]]
        if here:
            found[town] = policy_with(DEFAULT_POLICY, _nearest(here))
    return found


def policy_of(town: str) -> Policy:
    """One town's policy."""
    return policies_of([town]).get(town, DEFAULT_POLICY)


def _live() -> Iterable[Standing]:
    rows = Threshold.objects.exclude(live_at=None).order_by("from_on", "pk")
    for row in rows.values_list("pk", "region", "name", "value"):
        yield Standing(*row)


def _nearest(here: Iterable[Standing]) -> dict[str, str]:
    # The longest region last, and of one region the latest: later ones take the place.
    return {one.name: one.value for one in sorted(here, key=lambda one: len(one.region))}


def _waiting(thresholds: set[int]) -> dict[str, set[int]]:
    waiting: dict[str, set[int]] = defaultdict(set)
    rows = Reinspection.objects.filter(threshold__in=thresholds, done_at=None)
    for threshold, town in rows.values_list("threshold_id", "town"):
        waiting[town].add(threshold)
    return waiting
