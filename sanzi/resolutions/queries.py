"""What other features may ask of resolutions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse

from sanzi.access.models import Person
from sanzi.access.scope import ScopedQuerySet
from sanzi.journal.recorder import key
from sanzi.letters.form import LetterForm
from sanzi.letters.models import Letter
from sanzi.letters.values import freeze

from .matters import BY_CODE
from .models import MeetingRule, Resolution
from .norms import EXAMPLE, Norms
from .stages import ENDED, IN_FORCE, Stage
from .workflow import RECORD


def resolutions_for(person: Person) -> ScopedQuerySet:
    """The resolutions of this person's region."""
    return Resolution.objects.visible_to(person)


def about(on: str, matter: str | None = None) -> QuerySet[Resolution]:
    """Everything put to a meeting about a thing, the latest first. The caller has been scoped."""
    found = Resolution.objects.filter(Q(on=on) | Q(subjects__on=on))
    if matter:
        found = found.filter(matter=matter)
    return found.order_by("-pk").distinct()


def running(keys: Sequence[str], matter: str) -> Resolution | None:
    """A resolution of this matter still under way about any of these things."""
    found = Resolution.objects.filter(Q(on__in=keys) | Q(subjects__on__in=keys), matter=matter)
    return found.exclude(stage__in=ENDED).first()


def decided(on: str, matter: str | None = None) -> Resolution | None:
    """The latest decision in force about a thing: voted, posted, unopposed, checked by the town."""
    return about(on, matter).filter(stage__in=IN_FORCE).first()


def in_force(keys: Sequence[str], matter: str) -> dict[str, Resolution]:
    """The latest decision in force about each of these things that has one; one query and one more.

    The caller has been scoped.
    """
    found: dict[str, Resolution] = {}
    named = Q(on__in=keys) | Q(subjects__on__in=keys)
    rows = Resolution.objects.filter(named, matter=matter, stage__in=IN_FORCE).distinct()
    for one in rows.order_by("pk").prefetch_related("subjects"):
        for on in (one.on, *(subject.on for subject in one.subjects.all())):
            found[on] = one
    return found


def why_not(on: str, matter: str) -> str | None:
    """Why a step that needs this decision must wait; None when it is in force."""
    return _why_not(list(about(on, matter)[:20]), matter)


def _why_not(found: list[Resolution], matter: str) -> str | None:
    if any(resolution.stage in IN_FORCE for resolution in found):
        return None
    title = BY_CODE[matter].title
    open_ones = [r for r in found if r.stage != Stage.WITHDRAWN]
    if not open_ones:
        return f"还没有“{title}”的决议，请先按程序提请会议决定"
    return f"“{title}”的决议{_waits(open_ones[0])}"


def _waits(resolution: Resolution) -> str:
    word = Stage(resolution.stage).label
    return (
        f"{word}，期满核对后生效"
        if resolution.stage == Stage.PUBLISHED
        else f"还没有生效（{word}）"
    )


@dataclass(frozen=True)
class State:
    """What a feature's page shows of the decision a thing needs (resolutions/parts/state.html)."""

    resolution: Resolution | None
    reason: str | None
    start_url: str


def state_of(on: str, matter: str, person: Person, *, since: datetime | None = None) -> State:
    """The decision about a thing, why it does not bind yet, and where one is started.

    `since`: what was proposed before is of the past and binds no more.
    """
    rows = about(on, matter)
    found = list((rows.filter(proposed_at__gte=since) if since else rows)[:20])
    return _state(found, on, matter, person)


def states_of(on: str, matters: Sequence[str], person: Person) -> dict[str, State]:
    """The decisions about a thing by matter, as `state_of` tells each; one query."""
    found: dict[str, list[Resolution]] = {matter: [] for matter in matters}
    for one in about(on).filter(matter__in=matters)[:40]:
        found[one.matter].append(one)
    return {matter: _state(rows, on, matter, person) for matter, rows in found.items()}


def _state(found: list[Resolution], on: str, matter: str, person: Person) -> State:
    standing = [r for r in found if r.stage != Stage.WITHDRAWN]
    chosen = next((r for r in standing if r.is_in_force), standing[0] if standing else None)
    may = chosen is None and person.can(RECORD)
    query = urlencode({"on": on, "matter": matter})
    start = f"{reverse('resolutions:new')}?{query}" if may else ""
    return State(chosen, _why_not(found, matter), start)


def letters_of(resolution: Resolution) -> QuerySet[Letter]:
    """The papers written about a resolution, void ones among them; the caller has been scoped."""
    found = Letter.objects.filter(on=key(resolution)).select_related("wording", "ending")
    return found.order_by("pk")


def written(resolution: Resolution, form: LetterForm, values: Mapping[str, Any]) -> Letter | None:
    """The paper of this form and these values that stands, so that none is written twice."""
    told = {**freeze(form, values)}
    standing = letters_of(resolution).filter(wording__code=form.code, ending=None)
    return next((one for one in standing if told.items() <= one.values.items()), None)


def norms_for(village: str, on: date) -> Norms:
    """The region's rule that governs a village on a day: the nearest, else the example."""
    codes = [village[:length] for length in (2, 4, 6, 9, 12)]
    rules = MeetingRule.objects.filter(region__in=codes, from_on__lte=on)
    listed = sorted(rules, key=lambda rule: (len(rule.region), rule.from_on, rule.pk))
    return listed[-1].norms if listed else EXAMPLE
