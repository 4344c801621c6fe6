"""What was done, by what it was done to: the reads other features use."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from .models import Disposition

# Enough for every figure; the order is that of the acts.
FIELDS = ("kind", "target_number", "village", "dated", "method", "amount", "document_number")

Acts = Mapping[tuple[str, str], list[dict[str, Any]]]


def acts_on(kind: str, villages: Collection[str]) -> Acts:
    """Dispositions of one kind of thing in these villages, by (village, number); one query."""
    acts: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    found = Disposition.objects.filter(village__in=villages, kind=kind).order_by("dated", "pk")
    for values in found.values(*FIELDS).iterator(chunk_size=5000):
        acts[values["village"], values["target_number"]].append(values)
    return acts
