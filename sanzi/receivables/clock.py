"""What a step does to the limitation clock of the claims it is taken on."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sanzi.access.models import Person

from .events import add_event
from .models import LimitationEvent


def note_event(
    claims: Sequence[Any],
    kind: str,
    dated: date,
    evidence: str,
    *,
    source: str,
    note: str = "",
    by: Person,
    now: datetime,
) -> None:
    """Add one event to each claim the caller holds; whether it counts the clock decides.

    `source` names what it comes from, so that nothing is added twice.
    """
    for claim in claims:
        add_event(
            claim, kind, dated, evidence, note=note[:200], source=f"{source}@{claim.pk}", by=by,
            now=now,
        )  # fmt: skip


def end_procedure(claim: Any, source: str, dated: date, *, by: Person, now: datetime) -> None:
    """A suit, order or mediation is over: the period begins again that day (民法典 第195条)."""
    begun = LimitationEvent.objects.filter(source=f"{source}@{claim.pk}").first()
    if begun is not None:
        name = f"{source}/ended@{claim.pk}"
        add_event(claim, "ended", dated, "delivered", about=begun, source=name, by=by, now=now)
