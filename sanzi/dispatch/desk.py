"""Raised matters on one place's desk: what it is to answer, what came back, what is under way."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Substr
from django.urls import reverse

from sanzi.access.models import Person
from sanzi.kernel.regions import full
from sanzi.orgs.models import Region
from sanzi.web.register import Tone

from .blockers import Blocker
from .stages import BlockerStage

LISTED = 20
_WAITING = (BlockerStage.RAISED, BlockerStage.ACCEPTED)
_BACK = {
    BlockerStage.ANSWERED: "已答复，请办结或再次提出",
    BlockerStage.RETURNED: "已退回，请补充后再次提出",
}


class Line(NamedTuple):
    """One matter, whose turn it is and until when; `late` in days, 0 within the time."""

    matter: str
    url: str
    words: str
    tone: Tone
    due_on: date | None = None
    late: int = 0


@dataclass(frozen=True)
class Desk:
    """Open matters of one place, what it has to do itself first; at most `LISTED` are shown."""

    to_answer: list[Line]
    back: list[Line]
    above: list[Line]
    is_cut: bool

    @property
    def count(self) -> int:
        return len(self.to_answer) + len(self.back) + len(self.above)


def desk_of(person: Person, code: str, today: date) -> Desk:
    """What a place holds for an answer, and what it raised itself and has not closed; one query."""
    asked = Q(holder=code, stage__in=_WAITING)
    ours = Q(village=full(code), stage__in=(*_WAITING, *_BACK))
    rows = _named(Blocker.objects.visible_to(person).filter(asked | ours))
    found = list(rows.order_by("due_on", "pk")[: LISTED + 1])
    desk = Desk([], [], [], len(found) > LISTED)
    for one in found[:LISTED]:
        if one.stage in _BACK:
            desk.back.append(_back(one))
        elif one.holder == code:
            desk.to_answer.append(_waiting(one, f"{one.raiser_name or ''}提出", today))
        else:
            desk.above.append(_waiting(one, f"等{one.holder_name or '上级'}答复", today))
    return desk


def _named(rows: Any) -> Any:
    """With the names of who raised it and who answers, in the same query."""
    names = Region.objects.values("name")
    # 12 digits of a town end in zeros: the longest of its beginnings that is a region is it.
    raiser = [OuterRef("village"), *(Substr(OuterRef("village"), 1, end) for end in (9, 6))]
    return rows.annotate(
        raiser_name=Subquery(names.filter(code__in=raiser).order_by("-code")[:1]),
        holder_name=Subquery(names.filter(code=OuterRef("holder"))[:1]),
    )


def _waiting(one: Any, words: str, today: date) -> Line:
    late = max((today - one.due_on).days, 0)
    return Line(one.matter, _url(one), words, "danger" if late else "running", one.due_on, late)


def _back(one: Any) -> Line:
    words = f"{one.holder_name or '上级'}{_BACK[one.stage]}"
    return Line(one.matter, _url(one), words, "warn")


def _url(one: Any) -> str:
    return reverse("dispatch:blocker", args=(one.pk,))
