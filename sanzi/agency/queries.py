"""What pages read of matters: those that wait for somebody, how many stand where, who may go on."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from sanzi.access.models import Person, Post
from sanzi.access.roles import ROLES
from sanzi.access.scope import scope
from sanzi.kernel.regions import ancestors
from sanzi.kernel.workflow import Step

from .duties import Reach, apart_from
from .hands import standing
from .matter import duties_held
from .models import Draft, Handling, StandIn
from .stages import Stage
from .workflow import DUTY_OF, FORWARD

# What a step asks of a matter beside its stage, as the database sees it.
_ALSO: dict[str, Q] = {
    "sign": Q(moves_money=True),
    "post": Q(stage=Stage.SIGNED) | Q(stage=Stage.REVIEWED, moves_money=False),
}
UNDER_WAY = frozenset(Stage) - {Stage.POSTED, Stage.VOIDED}


def matters_for(person: Person) -> QuerySet[Draft]:
    """Every matter in this person's part of the tree, with its book and who reported it."""
    return Draft.objects.visible_to(person).select_related("book", "reported_by", "voucher")


def steps_of(person: Person, today: date) -> dict[str, Q]:
    """The forward steps this person may take today, with the matters each is to be taken on.

    Matters where an incompatible duty bars the person are left out; they are somebody else's work.
    """
    stand_ins = standing(person, today)
    found = {}
    for step in FORWARD:
        reach = _reach(person, step.needs, stand_ins)
        if reach is not None:
            here = Q(stage__in=step.source) & _ALSO.get(step.name, Q())
            found[step.name] = here & reach & ~_barred(person, step)
    return found


def _reach(person: Person, duty: str, stand_ins: list[StandIn]) -> Q | None:
    """Where the person has this duty: by post everywhere they see, else for whom they stand in."""
    if person.region_code and duties_held(person, person.region_code) & apart_from(
        duty, Reach.POSTS
    ):
        return None
    if person.can(duty):
        return Q()
    places = [Q(**scope(one.village)) for one in stand_ins if one.duty == duty]
    if not places:
        return None
    reach = places[0]
    for place in places[1:]:
        reach |= place
    return reach


def _barred(person: Person, step: Step) -> Q:
    apart = apart_from(step.needs, Reach.MATTER)
    steps = [name for name, duty in DUTY_OF.items() if duty in apart]
    mine = Handling.objects.filter(
        Q(by=person) | Q(instead_of=person),
        draft=OuterRef("pk"),
        is_current=True,
        step__in=steps,
    )
    return Q(Exists(mine))


def waiting(person: Person, today: date) -> QuerySet[Draft]:
    """The matters that wait for this person's hand."""
    wanted = Q(pk__in=())
    for condition in steps_of(person, today).values():
        wanted |= condition
    return matters_for(person).filter(wanted)


def waiting_to(person: Person, step: str, today: date) -> QuerySet[Draft]:
    """The matters on which this person may take one step, first come first."""
    condition = steps_of(person, today).get(step, Q(pk__in=()))
    return matters_for(person).filter(condition).order_by("reported_at", "pk")


def waiting_counts(person: Person, today: date) -> list[tuple[Step, int]]:
    """How many matters wait for each step this person may take; one query and the stand-ins."""
    conditions = steps_of(person, today)
    if not conditions:
        return []
    mine = Draft.objects.visible_to(person).filter(stage__in=UNDER_WAY)
    counted: dict[str, int] = mine.aggregate(
        **{name: Count("pk", filter=condition) for name, condition in conditions.items()}
    )
    return [(step, counted[step.name]) for step in FORWARD if step.name in counted]


def stage_counts(person: Person, region: str = "") -> dict[str, int]:
    """How many matters of a region stand at each stage under way; one query."""
    mine = Draft.objects.visible_to(person).within(region).filter(stage__in=UNDER_WAY)
    return dict(mine.order_by().values_list("stage").annotate(Count("pk")))


@dataclass(frozen=True)
class NextHand:
    """Who can take the next step with a matter."""

    step: Step
    names: tuple[str, ...]


def next_hand(draft: Draft, today: date) -> NextHand | None:
    """The next forward step of a matter and who holds its duty there; one query."""
    step = next_step(draft)
    if step is None:
        return None
    roles = [name for name, role in ROLES.items() if step.needs in role.may]
    homes = [*ancestors(draft.village), draft.village]
    posts: Any = (
        Post.objects.held_on(today)
        .filter(role__in=roles, region__code__in=homes, person__is_active=True)
        .exclude(person__is_system=True)
    )
    names = posts.order_by("person__name").values_list("person__name", flat=True).distinct()
    return NextHand(step, tuple(names[:6]))


def next_step(draft: Draft) -> Step | None:
    """The step a matter waits for; None once it is posted or voided."""
    skipped = "post" if draft.moves_money else "sign"
    for step in FORWARD:
        if draft.stage in step.source and (step.name != skipped or draft.stage != Stage.REVIEWED):
            return step
    return None
