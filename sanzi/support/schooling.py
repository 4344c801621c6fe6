"""A cohort as it stands: who is in it, who came, whose homework is late, how the goals go."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sanzi.access.models import Person
from sanzi.journal.recorder import key
from sanzi.orgs.models import Region

from .measures import MEASURES, Values, values_of
from .models import Cohort, Lesson, Presence, Seat
from .queries import GoalLine, Standing, goals_of
from .stages import SeatStage

CAME = frozenset({Presence.Mark.PRESENT, Presence.Mark.LATE})


def cohort_stands(cohort: Cohort, by: Person) -> Standing:
    """A cohort with how many are chosen; one query."""
    return Standing(cohort, cohort.stage, by, deeds=Seat.objects.of(cohort).chosen().count())


@dataclass(frozen=True)
class Pupil:
    """One participant with what there is to say of the year so far."""

    seat: Seat
    place: str
    marks: Mapping[str, int]
    # Lessons of the participant's class that were marked.
    lessons: int
    late_homework: Sequence[Lesson]
    goals: Sequence[GoalLine]

    @property
    def came(self) -> int:
        return sum(self.marks.get(mark, 0) for mark in CAME)

    @property
    def absent(self) -> int:
        return self.marks.get(Presence.Mark.ABSENT, 0)

    @property
    def overdue(self) -> bool:
        return any(line.progress.state == "overdue" for line in self.goals)


def pupils_of(cohort: Cohort, person: Person, as_of: date) -> list[Pupil]:
    """The chosen this person may see, by class and village; nine queries at most."""
    seats = list(Seat.objects.visible_to(person).of(cohort).chosen().order_by("group", "village"))
    lessons = list(Lesson.objects.of(cohort).filter(held_on__lte=as_of))
    kept: dict[int, dict[int, Presence]] = defaultdict(dict)
    for one in Presence.objects.visible_to(person).filter(lesson__cohort=cohort):
        kept[one.seat_id][one.lesson_id] = one
    goals = goals_of([key(seat) for seat in seats], as_of)
    names = places_of([seat.village for seat in seats])
    return [
        _pupil(seat, names.get(seat.village, seat.village), lessons, kept[seat.pk],
               goals.get(key(seat), []), as_of)
        for seat in seats
    ]  # fmt: skip


def _pupil(
    seat: Seat,
    place: str,
    lessons: Sequence[Lesson],
    kept: Mapping[int, Presence],
    goals: Sequence[GoalLine],
    as_of: date,
) -> Pupil:
    own = [one for one in lessons if one.group in ("", seat.group)]
    marks = Counter(kept[one.pk].mark for one in own if one.pk in kept and kept[one.pk].mark)
    late = [one for one in own if is_late(one, kept.get(one.pk), as_of)]
    return Pupil(seat, place, marks, sum(marks.values()), late, goals)


def is_late(lesson: Lesson, kept: Presence | None, as_of: date) -> bool:
    """Whether a lesson's homework is due and not in; the last day itself is in time."""
    if not lesson.homework or lesson.homework_due_on is None or as_of <= lesson.homework_due_on:
        return False
    return kept is None or kept.handed_in_on is None


def places_of(villages: Sequence[str]) -> dict[str, str]:
    """Villages with their towns' names before their own; one query."""
    found = Region.objects.filter(code__in=villages).select_related("parent")
    return {one.code: f"{one.parent.name if one.parent else ''}{one.name}" for one in found}


def month_ends(cohort: Cohort, today: date) -> list[date]:
    """The last days of the months of a cohort's year that have ended, the latest first."""
    found, day = [], cohort.starts_on.replace(day=1)
    while (following := (day + timedelta(days=32)).replace(day=1)) <= min(
        today + timedelta(days=1), cohort.ends_on + timedelta(days=31)
    ):
        found.append(following - timedelta(days=1))
        day = following
    return found[::-1]


@dataclass(frozen=True)
class Candidate:
    """A recommended secretary with the village's figures, drawn for who decides."""

    seat: Seat
    place: str
    figures: Sequence[tuple[str, str]]
    is_own: bool


def candidates_of(cohort: Cohort, person: Person, as_of: date) -> list[Candidate]:
    """Whoever still waits for a decision; four queries."""
    waiting = Seat.objects.visible_to(person).of(cohort).filter(stage=SeatStage.RECOMMENDED)
    seats = list(waiting.select_related("recommended_by").order_by("village"))
    villages = [seat.village for seat in seats]
    names, values = places_of(villages), values_of(cohort.measures, villages, as_of)
    return [
        Candidate(seat, names.get(seat.village, seat.village),
                  facts_of(cohort, seat.village, values), seat.recommended_by_id == person.pk)
        for seat in seats
    ]  # fmt: skip


def facts_of(cohort: Cohort, village: str, values: Values) -> list[tuple[str, str]]:
    """A village's figures in words, in the order of the cohort's sheet."""
    measures = [MEASURES[id] for id in cohort.measures if id in MEASURES]
    return [(one.label, one.shown(values.get((village, one.id)))) for one in measures]


def circular_rows(pupils: Sequence[Pupil]) -> list[dict[str, Any]]:
    """Progress against the year's goals as text: by class, the furthest first."""
    lines = [(pupil, line) for pupil in pupils for line in pupil.goals]
    lines.sort(key=lambda one: (one[0].seat.group, -(one[1].progress.share or Decimal(0))))
    return [
        {
            "name": f"{pupil.seat.group}班 {pupil.seat.name}", "place": pupil.place,
            "goal": f"{line.measure.label}（{line.measure.unit}）",
            "base": line.measure.brief(line.goal.base),
            "target": line.measure.brief(line.goal.target),
            "value": line.measure.brief(line.value), 
            "share": line.progress.text, "state": line.progress.word,
        }
        for pupil, line in lines
    ]  # fmt: skip


def summary_of(pupils: Sequence[Pupil]) -> str:
    """How many goals there are and how they go, in one sentence."""
    states = Counter(line.progress.state for pupil in pupils for line in pupil.goals)
    without = sum(not pupil.goals for pupil in pupils)
    more = f"；{without} 名学员还没有定目标" if without else ""
    return (
        f"{len(pupils)} 名学员共 {sum(states.values())} 项年度目标：已达到 {states['reached']} 项，"
        f"按进度 {states['on-way']} 项，落后 {states['behind']} 项，"
        f"逾期未达 {states['overdue']} 项，"
        f"无数据 {states['unknown']} 项{more}。"
    )
