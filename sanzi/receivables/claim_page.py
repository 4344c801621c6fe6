"""What a claim's page says of its limitation and its age."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sanzi.dispositions.ageing import band_of

from .casework import Instalment
from .clocking import by_plan, reading_of
from .limitation.answer import ADVICE, TONES, WORDS, days_said
from .limitation.clock import Reading
from .limitation.facts import PROCEDURES
from .models import LimitationEvent


@dataclass(frozen=True)
class EventLine:
    """One entry about a claim's limitation, and what may still be done with it."""

    event: LimitationEvent
    ended_on: date | None
    withdrawn: LimitationEvent | None

    @property
    def may_end(self) -> bool:
        is_procedure = self.event.kind in PROCEDURES
        return is_procedure and self.ended_on is None and self.withdrawn is None

    @property
    def may_withdraw(self) -> bool:
        return self.withdrawn is None and not self.event.source


@dataclass(frozen=True)
class LimitationBox:
    """The clock of one claim on its page."""

    reading: Reading | None
    lines: Sequence[EventLine]
    # What the agreed instalments give, where there is a plan; the alarm keeps the earlier day.
    plan: Reading | None = None

    @property
    def word(self) -> str:
        return WORDS[self.reading.status] if self.reading else "无法计算"

    @property
    def tone(self) -> str:
        return TONES[self.reading.status] if self.reading else "plain"

    @property
    def advice(self) -> str:
        return ADVICE[self.reading.status] if self.reading else ""

    @property
    def days(self) -> str:
        return days_said(self.reading.days_left) if self.reading else ""


def limitation_box(claim: Any, today: date) -> LimitationBox:
    """The clock as of today, live, from the row, its events and its plan; two queries."""
    mine = LimitationEvent.objects.within(claim.village).filter(claim=claim)
    events: list[Any] = list(mine.select_related("document", "recorded_by").order_by("dated", "pk"))
    told = [
        {name: getattr(e, name) for name in ("id", "kind", "dated", "evidence", "about_id")}
        for e in events
    ]
    dues = list(Instalment.objects.filter(claim=claim).standing().values_list("due_on", flat=True))
    row = {n: getattr(claim, n) for n in ("nature", "due_on", "claimed_on", "claimed_by")}
    ended = {e.about_id: e.dated for e in events if e.kind == "ended"}
    withdrawn = {e.about_id: e for e in events if e.kind == "withdrawn"}
    lines = [
        EventLine(e, ended.get(e.pk), withdrawn.get(e.pk)) for e in events if e.kind != "withdrawn"
    ]
    plan = by_plan(row, told, today, dues)
    return LimitationBox(reading_of(row, told, today, dues), lines, plan)


def overdue_word(due_on: date | None, today: date) -> str:
    """How long a claim has been due, in the words of the ageing table."""
    return band_of(due_on, today).title
