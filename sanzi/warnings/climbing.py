"""提级 in the table: the warnings of a region whose time has passed, locked and moved up."""

from datetime import date
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.timezone import localdate

from . import admission, raising
from .models import Event
from .raising import Raise, Unanswered
from .standards import Standards


class Climbed(NamedTuple):
    """A warning and the level it went up to."""

    event: Event
    step: Raise


def climb(region: str, today: date) -> list[Climbed]:
    """Move up what nobody dealt with in time, in order; three queries and the writing.

    Limits are counted in real days, whatever day was looked at.
    """
    assert transaction.get_connection().in_atomic_block, "events change in one transaction"
    standards = Standards(today)
    listed = Event.objects.live().within(region).awake(today)
    waiting = listed.filter(lane="warn", shown_at__isnull=False, stage__in=raising.WAITING)
    climbed = []
    for event in waiting.select_for_update(of=("self",)).defer("rows").order_by("pk"):
        if (step := _step(event, standards, today)) is not None:
            event.raised_to, event.answer_by_on, event.raised_on = step.to, step.answer_by_on, today
            climbed.append(Climbed(event, step))
    events = [one.event for one in climbed]
    Event.objects.bulk_update(events, ["raised_to", "answer_by_on", "raised_on"], batch_size=500)
    return climbed


def _step(event: Event, standards: Standards, today: date) -> Raise | None:
    over = standards.over(event.village)
    ladder = over[raising.CODE]
    if not ladder.is_on:
        return None
    days = int(over[admission.CODE].values["handle_days"])
    return raising.next_step(_unanswered(event), ladder.values, days, today)


def _unanswered(event: Any) -> Unanswered:
    return Unanswered(
        event.village, event.level, event.stage, localdate(event.shown_at), event.held_in,
        event.accept_by_on, event.handle_by_on, event.snoozed_until, event.raised_to,
        event.answer_by_on,
    )  # fmt: skip
