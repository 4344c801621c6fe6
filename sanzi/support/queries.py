"""Where things stand, what helps a village, how goals go: what pages and actions ask."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, QuerySet

from sanzi.access.models import Person
from sanzi.journal.recorder import key

from .goals import Progress, progress
from .measures import MEASURES, Measure, values_of
from .models import Deed, Goal, Help, Inquiry, Matching, Offering, Outcome, Reading
from .questions import drawn
from .stages import HelpStage, InquiryStage, MatchingStage


@dataclass(frozen=True)
class Standing:
    """What a workflow asks about a thing: its stage, who is about to act, what there is so far."""

    thing: Any
    stage: str
    by: Person
    deeds: int = 0
    is_outdated: bool = False


def matching_stands(matching: Matching, by: Person) -> Standing:
    """A matching with whether needs or experts changed since it was computed; five queries."""
    is_open = matching.stage == MatchingStage.PROPOSED
    changed = is_open and drawn(matching.region, by) != matching.question
    return Standing(matching, matching.stage, by, is_outdated=changed)


def help_stands(help: Help, by: Person) -> Standing:
    """One tie of help with how many deeds there are; one query."""
    return Standing(help, help.stage, by, deeds=Deed.objects.filter(help=help).count())


def offering_stands(offering: Offering, by: Person) -> Standing:
    return Standing(offering, offering.stage, by)


def inquiry_stands(inquiry: Inquiry, by: Person) -> Standing:
    return Standing(inquiry, inquiry.stage, by)


def outcome_of(offering: Offering) -> Decimal:
    """What an offering brought so far, in yuan; one query."""
    amounts = Outcome.objects.filter(offering=offering).values_list("amount", flat=True)
    return sum(amounts, Decimal("0.00"))


@dataclass(frozen=True)
class GoalLine:
    """A goal as a page shows it: drawn today, with the readings kept."""

    goal: Goal
    measure: Measure
    value: Decimal | None
    progress: Progress
    readings: Sequence[Reading]

    @property
    def base(self) -> str:
        return self.measure.shown(self.goal.base)

    @property
    def target(self) -> str:
        return self.measure.shown(self.goal.target)

    @property
    def now(self) -> str:
        return self.measure.shown(self.value)

    @property
    def kept(self) -> list[tuple[date, str, str]]:
        return [(one.as_of, self.measure.shown(one.value), one.note) for one in self.readings]


def goals_of(keys: Sequence[str], as_of: date) -> dict[str, list[GoalLine]]:
    """The living goals of things by key, their values drawn as of a day; four queries at most."""
    found = list(
        Goal.objects.filter(on__in=keys, dropped_for="")
        .prefetch_related("readings")
        .order_by("due_on", "pk")
    )
    values = values_of({goal.measure for goal in found}, [goal.village for goal in found], as_of)
    lines: dict[str, list[GoalLine]] = defaultdict(list)
    for goal in found:
        value = values.get((goal.village, goal.measure))
        measure = MEASURES.get(goal.measure) or Measure(goal.measure, goal.measure, "个")
        how = progress(goal.base, goal.target, value, goal.base_on, goal.due_on, as_of)
        readings = sorted(goal.readings.all(), key=lambda one: one.as_of)
        lines[goal.on].append(GoalLine(goal, measure, value, how, readings))
    return dict(lines)


def goals_on(thing: Any, as_of: date) -> list[GoalLine]:
    return goals_of([key(thing)], as_of).get(key(thing), [])


def with_deeds(helps: QuerySet[Any]) -> QuerySet[Any]:
    """Each help with how many deeds were told and when the last was."""
    return helps.annotate(deeds_count=Count("deeds"), last_on=Max("deeds__done_on"))


def helps_of(village: str) -> list[Any]:
    """All help a village receives or received, the living first. The caller may see the village."""
    found = with_deeds(Help.objects.within(village).for_pages())
    order = (HelpStage.ACTIVE, HelpStage.PROPOSED, HelpStage.ENDED, HelpStage.REFUSED)
    return sorted(found, key=lambda one: (order.index(one.stage), one.kind, one.pk))


def with_leads(offerings: Sequence[Any]) -> None:
    """Hang on each offering how many leads came, how many wait, what it brought; two queries."""
    leads: dict[int, list[str]] = defaultdict(list)
    for pk, stage in Inquiry.objects.filter(offering__in=offerings).values_list(
        "offering", "stage"
    ):
        leads[pk].append(stage)
    brought: dict[int, Decimal] = defaultdict(Decimal)
    for pk, amount in Outcome.objects.filter(offering__in=offerings).values_list(
        "offering", "amount"
    ):
        brought[pk] += amount
    for one in offerings:
        one.leads, one.fresh = len(leads[one.pk]), leads[one.pk].count(InquiryStage.NEW)
        one.brought = brought[one.pk]


def public_offerings(kind: str = "") -> QuerySet[Any]:
    """What anybody may read, the latest first; of one kind if it is named."""
    found = Offering.objects.shown().order_by("-reviewed_at", "-pk")
    return found.filter(kind=kind) if kind else found
