"""提级: a warning nobody dealt with goes up a level, once, and that level's clock begins (W-61).

Pure. The limits of taking on and of handling are the budget's (`admission.PARAMETERS`); the ladder
says where a warning goes when they have passed, how grave it must be, and how long that level has.
It stays one warning: nothing is opened, and no level is told twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from sanzi.kernel.calendar import add_working_days

from .rules.rule import EXAMPLE, Level, Parameter

CODE = "W-61"
TITLE = "预警本身逾期未办，逐级提级"


class Rung(NamedTuple):
    """A level a warning can go up to: the length of its code, and the names of its two numbers."""

    digits: int
    title: str
    days: str
    least: str


# From below upward; each is climbed at most once.
LADDER = (
    Rung(9, "乡镇", "town_days", "town_least"),
    Rung(6, "县", "county_days", "county_least"),
)
_COLOURS = "（2 黄、3 橙、4 红）"
PARAMETERS = (
    Parameter("town_days", "提级到乡镇后答复期限", "个工作日", Decimal(3), Decimal(1), Decimal(60),
              source=EXAMPLE),
    Parameter("town_least", f"提级到乡镇的最轻颜色{_COLOURS}", "级", Decimal(2), Decimal(2),
              Decimal(4), source=EXAMPLE),
    Parameter("county_days", "提级到县后答复期限", "个工作日", Decimal(5), Decimal(1), Decimal(60),
              source=EXAMPLE),
    Parameter("county_least", f"提级到县的最轻颜色{_COLOURS}", "级", Decimal(3), Decimal(2),
              Decimal(4), source=EXAMPLE),
)  # fmt: skip
# Stages where somebody still has to do something; a report or a doubt waits for its judge.
OPEN, DISPATCHED, HANDLING = "open", "dispatched", "handling"
WAITING = (OPEN, DISPATCHED, HANDLING)


@dataclass(frozen=True)
class Unanswered:
    """A warning on the list as the ladder sees it."""

    village: str
    level: int
    stage: str
    listed_on: date
    # Trimmed code of the region of whom it was given to; empty: given to nobody.
    held_in: str = ""
    accept_by_on: date | None = None
    handle_by_on: date | None = None
    snoozed_until: date | None = None
    raised_to: str = ""
    answer_by_on: date | None = None


class Raise(NamedTuple):
    """One step up: to which region, by when it acts, what the level is called."""

    to: str
    answer_by_on: date
    title: str


def limit(one: Unanswered, handle_days: int) -> date:
    """The last day somebody had time to act: the later of the stage's own and the level's."""
    own = one.accept_by_on if one.stage == DISPATCHED else one.handle_by_on
    if own is None:
        own = add_working_days(one.listed_on, handle_days)
    return max(day for day in (own, one.answer_by_on, one.snoozed_until) if day is not None)


def rung_above(one: Unanswered) -> Rung | None:
    """The next level over whoever has it now and over where it was raised to; none at the top."""
    held = min(len(code) for code in (one.village, one.held_in, one.raised_to) if code)
    return next((rung for rung in LADDER if rung.digits < held), None)


def next_step(
    one: Unanswered, values: Mapping[str, Decimal], handle_days: int, today: date
) -> Raise | None:
    """Where it goes today; None while its time runs, at the top, or when it is too slight."""
    if one.stage not in WAITING or limit(one, handle_days) >= today:
        return None
    rung = rung_above(one)
    if rung is None or one.level < Level(int(values[rung.least])):
        return None
    by = add_working_days(today, int(values[rung.days]))
    return Raise(one.village[: rung.digits], by, rung.title)


def title_of(code: str) -> str:
    """What the level of a region code is called."""
    return next((rung.title for rung in LADDER if rung.digits == len(code)), "上级")
