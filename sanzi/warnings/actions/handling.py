"""What people do with a warning: give it out, take it on, report it done, doubt it, put it off."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.journal.recorder import record
from sanzi.kernel.calendar import add_working_days
from sanzi.kernel.refusals import Blocked, Invalid, Missing
from sanzi.warnings import admission
from sanzi.warnings.models import Event
from sanzi.warnings.queries import handler_called
from sanzi.warnings.rules import RULE_OF
from sanzi.warnings.stages import Ending, Stage
from sanzi.warnings.standards import Standards
from sanzi.warnings.workflow import HANDLING_STEPS, WORDED, Standing

WORDS_MIN, WORDS_MAX = 4, 300
SNOOZE_DAYS_MAX = 90
BATCH_MAX = 200


@action("warnings.view")
def take_step(*, event_id: int, step: str, words: str = "", by: Person, now: datetime) -> Event:
    """Accept, finish, doubt; settle, return, confirm, reject. Raises Missing, Blocked, Invalid."""
    if step in ("dispatch", "snooze"):
        raise Blocked("warnings.step", "请在交办、暂缓的表单里办理")
    event: Event = Event.objects.claim(event_id, by)
    taken = HANDLING_STEPS.admit(step, standing(event, by, localdate(now)), by)
    words = words.strip()
    if step in WORDED and not WORDS_MIN <= len(words) <= WORDS_MAX:
        raise Invalid("warnings.words", f"请写明情况，{WORDS_MIN} 到 {WORDS_MAX} 个字")
    _move(event, step, words, by, now)
    event.stage = taken.target
    if step == "reject" and event.dispatched_to_id:
        event.stage = Stage.HANDLING
    if step in ("return", "reject"):
        # What is sent back has its full time again.
        today = localdate(now)
        event.handle_by_on = Standards(today).handle_by(event.village, today)
    event.save()
    record(event, event.verb(step), by=by, at=now, label=taken.label, public={"reason": words})
    return event


def standing(event: Event, person: Person, today: date) -> Standing:
    """A warning as this person finds it."""
    rule = RULE_OF.get(event.rule)
    return Standing(event, person, today, rule.is_fact if rule else False)


def _move(event: Event, step: str, words: str, by: Person, now: datetime) -> None:
    """What a step leaves on the warning, besides where it stands."""
    if step == "accept":
        event.accepted_at = now
    elif step == "finish":
        event.finished_at, event.words = now, words
    elif step == "return":
        event.finished_at = None
    elif step == "doubt":
        event.doubted_by, event.judged_by = by, None
    elif step == "reject":
        event.doubted_by = None
    elif step == "settle":
        event.ending, event.closed_at = Ending.EXPLAINED, now
    elif step == "confirm":
        event.judged_by, event.ending, event.closed_at = by, Ending.FALSE, now


@action("warnings.dispatch")
def dispatch(*, event_ids: Sequence[int], username: str, by: Person, now: datetime) -> int:
    """Give warnings to one person; all of them or none. Raises Missing, Blocked, Invalid."""
    _check_many(event_ids)
    person = handler_called(username)
    if person is None:
        raise Invalid("warnings.person", "请选择能办理预警的人")
    today, standards = localdate(now), Standards(localdate(now))
    for event_id in sorted(event_ids):
        event: Event = Event.objects.claim(event_id, by)
        HANDLING_STEPS.admit("dispatch", standing(event, by, today), by)
        if person.region_code is None or not event.village.startswith(person.region_code):
            raise Invalid("warnings.person", f"{person.name} 不管这个村，请另选")
        if event.is_restricted and not person.can("clues.view"):
            raise Invalid("warnings.person", f"{person.name} 的岗位看不到线索类预警，请另选")
        days = standards.over(event.village)[admission.CODE].values
        event.stage, event.dispatched_to, event.dispatched_by = Stage.DISPATCHED, person, by
        event.dispatched_at, event.accepted_at, event.snoozed_until = now, None, None
        event.held_in = person.region_code
        event.accept_by_on = add_working_days(today, int(days["accept_days"]))
        event.handle_by_on = standards.handle_by(event.village, today)
        event.save()
        record(event, event.verb("dispatch"), by=by, at=now, label=f"交办给 {person.name}")
    return len(event_ids)


@action("warnings.dispatch")
def snooze(*, event_ids: Sequence[int], until: date, reason: str, by: Person, now: datetime) -> int:
    """Put warnings off to a day, with a reason; all or none. Raises Missing, Blocked, Invalid."""
    _check_many(event_ids)
    today, reason = localdate(now), reason.strip()
    if not today < until <= today + timedelta(days=SNOOZE_DAYS_MAX):
        raise Invalid("warnings.until", f"暂缓到明天以后、{SNOOZE_DAYS_MAX} 天以内的一天")
    if not WORDS_MIN <= len(reason) <= WORDS_MAX:
        raise Invalid("warnings.words", f"请写明暂缓的原因，{WORDS_MIN} 到 {WORDS_MAX} 个字")
    for event_id in sorted(event_ids):
        event: Event = Event.objects.claim(event_id, by)
        HANDLING_STEPS.admit("snooze", standing(event, by, today), by)
        event.snoozed_until, event.snooze_reason = until, reason[:200]
        event.save(update_fields=["snoozed_until", "snooze_reason"])
        record(event, event.verb("snooze"), by=by, at=now, label=f"暂缓到 {until}",
               public={"reason": reason})  # fmt: skip
    return len(event_ids)


def _check_many(event_ids: Sequence[int]) -> None:
    if not event_ids:
        raise Invalid("warnings.none", "请先勾选要办的预警")
    if len(set(event_ids)) > BATCH_MAX:
        raise Invalid("warnings.many", f"一次最多办 {BATCH_MAX} 条")
    if len(set(event_ids)) != len(event_ids):
        raise Missing("warnings.twice", "同一条预警不能勾选两次")
