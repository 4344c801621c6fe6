"""What was done, by what it was done to: the reads other features use."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from .models import Disposition

# Enough for every figure; the order is that of the acts.
FIELDS = (
    "id", "kind", "target_number", "village", "dated", "method", "amount", "document_number",
    "reverses_id",
)  # fmt: skip

Acts = Mapping[tuple[str, str], list[dict[str, Any]]]


def acts_on(kind: str, villages: Collection[str], numbers: Collection[str] | None = None) -> Acts:
    """Dispositions of one kind of thing in these villages, by (village, number); one query.

    `numbers` narrows it to a few rows.
    """
    acts: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    found = Disposition.objects.filter(village__in=villages, kind=kind)
    if numbers is not None:
        found = found.filter(target_number__in=numbers)
    for values in found.order_by("dated", "pk").values(*FIELDS).iterator(chunk_size=5000):
        acts[values["village"], values["target_number"]].append(values)
    return acts


def standing(kind: str, villages: Collection[str]) -> set[tuple[str, str]]:
    """What an action has moved, by (village, number): its base is corrected by movements only."""
    found = Disposition.objects.filter(village__in=villages, kind=kind).exclude(source="")
    return set(found.values_list("village", "target_number").distinct())


def taken_back(villages: Collection[str]) -> set[int]:
    """The keys of the acts in these villages whose mirror image stands beside them."""
    found = Disposition.objects.filter(village__in=villages, reverses__isnull=False)
    return set(found.values_list("reverses_id", flat=True))
