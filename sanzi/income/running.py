"""The villages of a region on their way to a goal: booked, still to come, the pace of before."""

from collections.abc import Mapping
from datetime import date

from sanzi.access.models import Person

from .definitions import Definition
from .forecast import Known
from .goals import Runner
from .pipeline import Coming, coming_in
from .queries import BOOKS, VillageYear, judged_by, pasts_in, years_in

# How many earlier years say something about this one's pace.
PAST_YEARS = 3
_NOTHING = Coming()


def runners_in(
    person: Person, region: str, as_of: date, definition: Definition, *, counts_one_off: bool
) -> list[Runner]:
    """Every village with data of the year of `as_of`; about ten queries, whatever their number."""
    years = years_in(
        region, as_of.year, as_of.month, definition=definition,
        accounts=judged_by(region, as_of).accounts,
    )  # fmt: skip
    # A year told whole by the register or done in the books leaves nothing to forecast.
    coming = coming_in(person, region, as_of) if is_running(years, as_of) else {}
    return runners_of(region, as_of, definition, years, coming, counts_one_off=counts_one_off)


def is_running(years: Mapping[str, VillageYear], as_of: date) -> bool:
    """Whether anything is left to come: the year is not over and somebody keeps books of it."""
    is_over = (as_of.month, as_of.day) == (12, 31)
    return not is_over and any(held.origin == BOOKS for held in years.values())


def runners_of(
    region: str,
    as_of: date,
    definition: Definition,
    years: Mapping[str, VillageYear],
    coming: Mapping[str, Coming],
    *,
    counts_one_off: bool,
) -> list[Runner]:
    """The same of years and what is to come, read before; one query."""
    runs = is_running(years, as_of)
    earlier = range(as_of.year - PAST_YEARS, as_of.year) if runs else range(0)
    pasts = pasts_in(region, definition, list(earlier), as_of.month)
    return [
        _runner(
            held, definition, counts_one_off, not runs, as_of.month,
            coming.get(village, _NOTHING), pasts.get(village, []),
        )
        for village, held in years.items()
    ]  # fmt: skip


def _runner(
    held: VillageYear,
    definition: Definition,
    counts_one_off: bool,
    is_over: bool,
    month: int,
    coming: Coming,
    past: list[tuple[int, int]],
) -> Runner:
    income = held.under(definition, one_off=counts_one_off)
    known = Known(
        booked=income or 0,
        month=month,
        dues=coming.dues,
        overdue=coming.overdue,
        projects=coming.projects,
        planned=coming.planned,
        past=past,
        is_over=is_over or held.origin != BOOKS,
    )
    return Runner(held.village, income, held.apart_under(definition), known, held.origin)
