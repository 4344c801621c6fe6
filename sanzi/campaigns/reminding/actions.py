"""The day's reminders, sent once; and the ladder an office tells people by."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.access.scope import covers
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Invalid, Missing

from .ladder import Rung, checked, to_json
from .models import Ladder, Reminder
from .telling import told_on


class Sent(NamedTuple):
    """What a run did: people told, and tasks they were told of; nothing where all knew already."""

    people: int
    tasks: int


@action("tasks.remind")
def send_reminders(*, by: Person, now: datetime) -> Sent:
    """每日催办: one reminder a person for today; whoever has had theirs is told nothing more.

    Run any number of times a day: the second run does nothing, and two at once are one, because
    a person and a day are unique in the table.
    """
    day = localdate(now)
    told = told_on(by, day)
    known = set(Reminder.objects.of(day).values_list("person", flat=True))
    fresh = {person: lines for person, lines in told.items() if person not in known}
    Reminder.objects.bulk_create(
        (
            Reminder(
                person_id=person, day=day, sent_by=by, sent_at=now,
                lines=[{"task": x.task, "days": x.days, "rung": x.rung} for x in lines],
            )
            for person, lines in sorted(fresh.items())
        ),
        batch_size=500, ignore_conflicts=True,
    )  # fmt: skip
    # Those another sender told meanwhile were passed over: only who was told by this one counts.
    mine = Reminder.objects.of(day).filter(sent_by=by, sent_at=now).values_list("person", flat=True)
    told_now = {person: fresh[person] for person in mine if person in fresh} if fresh else {}
    sent = Sent(len(told_now), len({x.task for lines in told_now.values() for x in lines}))
    if told_now:
        record(f"campaigns.reminders:{day}", "tasks.remind", by=by, at=now, label="每日催办",
               public={"people": sent.people, "tasks": sent.tasks})  # fmt: skip
    return sent


@action("tasks.give")
def set_ladder(
    *, region: str, rungs: Sequence[Rung], reason: str, by: Person, now: datetime
) -> Ladder:
    """A region's ladder from now on, with a reason; the versions before it stay."""
    if not covers(by, region) or not region:
        raise Missing("scope.missing", "没有找到这个地方，或它不在您的辖区内")
    if len(region) > 9:
        raise Invalid("ladder.region", "督办级次由乡镇以上制定，请先选择地区")
    reason = reason.strip()
    if not 2 <= len(reason) <= 200:
        raise Invalid("ladder.reason", "请写明理由或依据，2 到 200 个字")
    made = Ladder.objects.create(
        region=region, rungs=to_json(checked(rungs)), reason=reason, made_by=by, made_at=now
    )
    record(made, "tasks.set_ladder", by=by, at=now, village=region, label="制定督办级次",
           public={"reason": reason})  # fmt: skip
    return made
