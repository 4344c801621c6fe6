"""Where a claim stands among the seven linked steps; worked out from what happened."""

from typing import Any, Protocol

from django.db import models


class Stage(models.TextChoices):
    """The place of a claim; the word says what was reached."""

    LISTED = "listed", "待下函"
    NOTICED = "noticed", "已下函"
    ANSWERED = "answered", "回函待确认"
    CONFIRMED = "confirmed", "已对账"
    COLLECTING = "collecting", "清收中"
    MEDIATING = "mediating", "调解中"
    PURSUING = "pursuing", "追缴中"
    SEALED = "sealed", "已封存"
    SETTLED = "settled", "已清结"


# Something is still owed and nothing has put the claim aside.
LIVE = (
    Stage.LISTED,
    Stage.NOTICED,
    Stage.ANSWERED,
    Stage.CONFIRMED,
    Stage.COLLECTING,
    Stage.MEDIATING,
    Stage.PURSUING,
)
# The way every claim is shown: stages side by side are one stop of the track.
TRACK: tuple[tuple[str, tuple[Stage, ...]], ...] = (
    ("下函对账", (Stage.LISTED,)),
    ("回函确认", (Stage.NOTICED, Stage.ANSWERED)),
    ("清收", (Stage.CONFIRMED, Stage.COLLECTING)),
    ("调解、追缴", (Stage.MEDIATING, Stage.PURSUING)),
    ("封存", (Stage.SEALED,)),
    ("清结", (Stage.SETTLED,)),
)


class Marks(Protocol):
    """What happened to a claim, as far as its stage is read from it."""

    @property
    def left(self) -> Any: ...
    @property
    def put_aside(self) -> Any: ...
    @property
    def is_pursued(self) -> bool: ...
    @property
    def is_mediated(self) -> bool: ...
    @property
    def is_worked(self) -> bool: ...
    @property
    def reply_stage(self) -> str | None: ...
    @property
    def is_noticed(self) -> bool: ...


def furthest(marks: Marks) -> Stage:
    """Where a claim stands: what has gone furthest decides. Asks no more than it needs."""
    if not marks.left or marks.left <= 0:
        return Stage.SETTLED
    if marks.put_aside:
        return Stage.SEALED
    if marks.is_pursued:
        return Stage.PURSUING
    if marks.is_mediated:
        return Stage.MEDIATING
    if marks.is_worked:
        return Stage.COLLECTING
    if reply := marks.reply_stage:
        return Stage.CONFIRMED if reply == "confirmed" else Stage.ANSWERED
    return Stage.NOTICED if marks.is_noticed else Stage.LISTED


def track_of(stage: Stage) -> list[dict[str, Any]]:
    """The stops of the stage track; one that was passed by is not called done."""
    here = next(n for n, (_, stages) in enumerate(TRACK) if stage in stages)
    return [
        {"title": title, "state": "done" if n < here else "now" if n == here else "todo"}
        for n, (title, _) in enumerate(TRACK)
        if n <= here or title not in ("封存",)
    ]
