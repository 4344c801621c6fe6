"""The steps of one claim as its page offers and shows them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from sanzi.access.models import Person
from sanzi.resolutions.queries import State, states_of

from .clearing import cleared_on
from .plans import broken, followed
from .seven import RINGS, Ring
from .standing import Standing
from .workflow import MONEY, SEVEN

# Where a step is taken; whatever is not named is proposed.
ADDRESSES = {
    "letter": "receivables:send-one",
    "plan": "receivables:plan",
    "seal": "receivables:pack",
    "mediate": "receivables:mediate",
    "pursue": "receivables:pursue",
    "clue": "receivables:hand-clue",
    "release": "receivables:release",
}
WRITE_OFF, RELIEF = "claim.write_off", "claim.reduce"
_MONEY = {step.name for step in MONEY}
# Under which of the seven a step is listed.
RING_OF = {
    "letter": 1, "confirm_reply": 1, "cash": 2, "plan": 2, "unlisted": 2, "take_back": 2,
    "seal": 3, "release": 3,
    "book_in": 4, "works": 4, "corrected": 4, "write_off": 5, "hardship": 5, "dividend": 5,
    "set_off": 5, "three_party": 5,
    "mediate": 6, "mediated": 6, "mediated_adjusted": 6, "pursue": 7, "pursued": 7, "clue": 7,
}  # fmt: skip


@dataclass(frozen=True)
class Door:
    """One step as a link, or a grey word that says why."""

    name: str
    label: str
    url: str
    why: str


def steps_of(claim: Any, person: Person, today: date) -> dict[str, Any]:
    """The next steps of a claim: each ring with its doors, the alarms, the decision waited for."""
    standing = Standing(claim, today)
    decisions = _decisions(standing, person)
    for matter, decision in decisions.items():
        standing.knows(matter, decision.reason)
    doors = _doors(standing, person)
    return {
        "stage": standing.stage.label,
        "rings": [(one, doors[one.number]) for one in RINGS if doors.get(one.number)],
        "difference": _difference(standing),
        "alarm": broken(standing.plan, standing.left, today),
        "write_off": decisions.get(WRITE_OFF),
        "relief": decisions.get(RELIEF),
    }


def work_of(claim: Any, today: date) -> dict[str, Any]:
    """What has been done on a claim: proposals, plan, letters, cases; six queries."""
    standing = Standing(claim, today)
    cleared = cleared_on(claim) if standing.plan else []
    return {
        "proposals": standing.proposals,
        "letters": standing.letters,
        "plan": followed(standing.plan, standing.left, today, cleared),
        "case": standing.case,
        "pursuit": standing.pursuit,
    }


def _difference(standing: Standing) -> Any:
    """What a reply left to be cleared up, while there is something left to be cleared up."""
    reply = standing.reply
    if reply is None or standing.left <= 0 or reply.answer not in ("partly", "denied"):
        return None
    return reply.difference


def _decisions(standing: Standing, person: Person) -> dict[str, State]:
    """The resolutions a write-off and a relief wait for, where they are thinkable."""
    if standing.left <= 0 or not person.can("claims.work"):
        return {}
    on = f"receivables.claim:{standing.claim.pk}"
    return states_of(on, (WRITE_OFF, RELIEF), person)


def _doors(standing: Standing, person: Person) -> dict[int, list[Door]]:
    found: dict[int, list[Door]] = {}
    for offer in SEVEN.offers(standing, person):
        if offer.step.name == "take_back":
            continue
        name = offer.step.name
        door = Door(name, offer.step.label, _url(name, standing), "；".join(offer.reasons_against))
        found.setdefault(RING_OF[name], []).append(door)
    return found


def _url(name: str, standing: Standing) -> str:
    pk = standing.claim.pk
    if name in _MONEY:
        return reverse("receivables:propose", args=(pk, name))
    if name == "confirm_reply":
        reply = standing.reply
        return reverse("receivables:reply-page", args=(reply.pk,)) if reply else ""
    return reverse(ADDRESSES[name], args=(pk,))


def ring_of(name: str) -> Ring:
    """Which of the seven a step belongs to."""
    return RINGS[RING_OF[name] - 1]
