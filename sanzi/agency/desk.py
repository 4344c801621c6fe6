"""The agency's day on one page: what waits for me, and where everything else stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from sanzi.access.models import Person
from sanzi.kernel.workflow import Step

from .duties import REPORT
from .hands import standing
from .models import StandIn
from .queries import stage_counts, waiting_counts
from .stages import WAY, Stage
from .unfinished_register import mine_of
from .workflow import NOUNS


@dataclass(frozen=True)
class Tile:
    """A number of matters, and the list of them."""

    title: str
    url: str
    count: int | None = None
    tone: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Desk:
    """What one person finds in the morning."""

    mine: list[Tile]
    everything: list[Tile]
    waiting: int
    under_way: int
    stand_ins: list[StandIn]


def waiting_tiles(person: Person, today: date) -> list[Tile]:
    """What waits for this person in the agency, for their first page; two queries."""
    return list(_steps(waiting_counts(person, today)))


def desk_of(person: Person, region: str, today: date) -> Desk:
    """Counts by step and stage for a region, and what lies half typed: five queries."""
    waits = waiting_counts(person, today)
    starts = _starts(person) if person.can(REPORT) else []
    mine = [*starts, *_steps(waits), *_half_typed(person)]
    counts = stage_counts(person, region)
    everything = [
        Tile(
            _word(stage),
            _list("agency:matters", stage=stage, region=region),
            counts.get(stage, 0),
        )
        for stage in WAY
        if stage != Stage.POSTED
    ]
    waiting = sum(count for _, count in waits)
    return Desk(mine, everything, waiting, sum(counts.values()), standing(person, today))


def _steps(waits: list[tuple[Step, int]]) -> Iterator[Tile]:
    for step, count in waits:
        # What is only to be posted is ticked off a list; the rest is looked at one by one.
        is_posting = step.name == "post"
        url = (
            reverse("agency:posting") if is_posting else _list("agency:todo", stage=step.source[0])
        )
        yield Tile(NOUNS[step.name], url, count, "running" if count else "")


def _half_typed(person: Person) -> Iterator[Tile]:
    if count := mine_of(person).count():
        url = reverse("agency:unfinished")
        yield Tile("暂存的凭证", url, count, "warn", "填了一半，接着填")


def _starts(person: Person) -> list[Tile]:
    """Where a village begins: the note in plain words, and the form."""
    return [
        Tile("记一笔", reverse("agency:new-note"), hint="用大白话记，镇里来做凭证"),
        Tile("报账", reverse("agency:report"), hint="填报账单、上传凭证"),
    ]


def _word(stage: Stage) -> str:
    return "已复核，待出纳或记账" if stage == Stage.REVIEWED else stage.label


def _list(name: str, **params: str) -> str:
    told = {key: value for key, value in params.items() if value}
    return reverse(name) + (f"?{urlencode(told)}" if told else "")
