"""A round's steps: opened, closed with its results frozen, reopened on record, published."""

from datetime import datetime

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.contests.closing import write_results
from sanzi.contests.models import Entry, Round
from sanzi.contests.organising import organised, reason_of
from sanzi.contests.queries import standing
from sanzi.contests.stages import Stage
from sanzi.contests.workflow import ROUND
from sanzi.journal.recorder import record


@action("contests.run")
def take_step(*, round_id: int, step: str, reason: str = "", by: Person, now: datetime) -> Round:
    """Move a round on. Closing computes everybody's points from the day's figures and freezes them.

    Reopening a closed round asks a reason; the results so far stay, the next closing adds new ones.
    """
    round_ = organised(round_id, by)
    taken = ROUND.admit(step, standing(round_, localdate(now)), by)
    said = {"stage": str(taken.target)}
    if taken.name == "reopen":
        said["reason"] = reason_of(reason)
    if taken.target == Stage.CLOSED:
        entries = list(Entry.objects.of(round_).order_by("village"))
        said["results"] = str(len(write_results(round_, entries)))
        round_.closed_at = now
    round_.stage = taken.target
    round_.save(update_fields=["stage", "closed_at"])
    record(round_, f"contests.{taken.name}", by=by, at=now, village=round_.contest.region,
           label=f"{taken.label}：{round_}",
           public=said)  # fmt: skip
    return round_
