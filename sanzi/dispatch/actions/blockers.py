"""Matters raised to the next level: raised, accepted, answered, passed on, returned, closed."""

from datetime import datetime

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.dispatch.blockers import Blocker, BlockerStep
from sanzi.dispatch.stages import BlockerStage
from sanzi.dispatch.standing import Standing, above, due_on
from sanzi.dispatch.things import things
from sanzi.dispatch.workflow import BLOCKER, SAY
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Forbidden, Invalid, Missing
from sanzi.kernel.regions import full, level
from sanzi.orgs.tree import names_of

RAISERS = ("village", "town", "county")


@action("blockers.raise")
def raise_blocker(
    *, kind: str, matter: str, detail: str, on: str = "", once: str, by: Person, now: datetime
) -> Blocker:
    """Ask the next level for help; its clock begins. One form sent twice raises one matter.

    Raises Missing for a row out of sight, Forbidden for a level that has none above it.
    """
    place = by.region_code or ""
    if level(place) not in RAISERS:
        raise Forbidden("blocker.level", "需协调事项由村、乡镇或县提出")
    if on and on not in things([on], by):
        raise Missing("scope.missing", "没有找到所涉及的记录")
    known = Blocker.objects.visible_to(by).filter(once=once).first()
    if known is not None:
        return known
    today, holder = localdate(now), above(place)
    blocker = Blocker.objects.create(
        village=full(place), kind=kind, matter=matter.strip(), detail=detail.strip(), on=on,
        holder=holder, due_on=due_on(holder, today), raised_on=today, raised_by=by,
        keeper=by, once=once,
    )  # fmt: skip
    _step(blocker, "raise", detail.strip(), by, now)
    label = f"提出{blocker.get_kind_display()}"
    record(blocker, "blockers.raise", by=by, at=now, label=label, public={"subject": matter})
    return blocker


@action("registers.view")
def take_step(*, blocker_id: int, step: str, note: str = "", by: Person, now: datetime) -> Blocker:
    """Move a matter on. Raises Forbidden, Blocked, Invalid without the words a step needs."""
    blocker = Blocker.objects.claim(blocker_id, by)
    name = names_of([blocker.holder]).get(blocker.holder, blocker.holder)
    taken = BLOCKER.admit(step, Standing(blocker, by.region_code or "", name), by)
    said, today = note.strip(), localdate(now)
    if taken.name in SAY and not said:
        raise Invalid("blocker.note", f"请写明{SAY[taken.name]}")
    if taken.name == "pass":
        blocker.holder = above(blocker.holder)
    if taken.name in ("pass", "again"):
        # An answer stands under the name of whoever is to answer: the former stays in the steps.
        blocker.due_on, blocker.answer = due_on(blocker.holder, today), ""
    if taken.name == "answer":
        blocker.answer = said
    if taken.target == BlockerStage.CLOSED:
        blocker.closed_on = today
    blocker.stage = taken.target
    blocker.save(update_fields=["stage", "holder", "due_on", "answer", "closed_on"])
    _step(blocker, taken.name, said, by, now)
    public = {"reason": said} if said else {}
    record(blocker, f"blockers.{taken.name}", by=by, at=now, label=taken.label, public=public)
    return blocker


def _step(blocker: Blocker, step: str, note: str, by: Person, now: datetime) -> None:
    waits = blocker.stage in (BlockerStage.RAISED, BlockerStage.ACCEPTED)
    BlockerStep.objects.create(
        village=blocker.village, blocker=blocker, step=step, holder=blocker.holder,
        due_on=blocker.due_on if waits else None, note=note, by=by, at=now,
    )  # fmt: skip
