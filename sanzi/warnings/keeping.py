"""Bringing the events of whole villages up to what was seen: inside an action, all or nothing."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, F
from django.utils.timezone import localdate

from sanzi.access.models import Person
from sanzi.journal.recorder import Trace, key, record_many

from . import admission
from .following import Key, Live, compare
from .looking import Fired
from .models import Event, Look, kept_rows
from .rules import RULE_OF
from .rules.rule import spell
from .stages import Ending, Stage
from .standards import Standards

ROWS_KEPT = 50
# What a warning is about whose cause is the village itself.
WHOLE = "全村"
SENTENCE_MAX = 200
_BATCH = 500


@dataclass
class Told:
    """What one look changed, in numbers, and the villages it left alone as already seen later."""

    villages: int = 0
    opened: int = 0
    repeated: int = 0
    gone: int = 0
    held: int = 0
    later: list[str] = field(default_factory=list)

    def __iadd__(self, other: "Told") -> "Told":
        self.villages += other.villages
        self.opened += other.opened
        self.repeated += other.repeated
        self.gone += other.gone
        self.held += other.held
        self.later += other.later
        return self


def keep(
    villages: Collection[str],
    seen: Mapping[str, Mapping[Key, Fired]],
    on: date,
    standards: Standards,
    *,
    by: Person,
    now: datetime,
) -> Told:
    """Open, count and end the events of these villages; a fixed number of queries for all of them.

    A village already looked at for a later day is left as it is.
    """
    assert transaction.get_connection().in_atomic_block, "events change in one transaction"
    told = Told()
    mine, told.later = _lock(sorted(villages), on, by, now)
    told.villages = len(mine)
    known = {
        Key(event.rule, event.cause): event
        for event in Event.objects.live().filter(village__in=mine).select_for_update(of=("self",))
    }
    fired = {one: what for village in mine for one, what in seen.get(village, {}).items()}
    changes = compare({one: _live(event) for one, event in known.items()}, fired, on)

    fresh = [_opened(one, fired[one], on) for one in changes.opened]
    Event.objects.bulk_create(fresh, batch_size=_BATCH)
    today = localdate(now)
    changed = [
        known[one] for one in changes.repeated if _again(known[one], fired[one], today, standards)
    ]
    ended = [_ended(known[one], on, now, standards) for one in changes.gone]
    _write(changed, ended)
    _count_again([known[one] for one in changes.repeated], on)
    told.opened, told.repeated = len(fresh), len(changes.repeated)
    told.gone = len(ended)
    told.held = _admit(mine, on, now, standards)
    _set_standing(mine, seen)
    record_many(_traces(fresh, ended), by=by, at=now)
    return told


def _lock(villages: list[str], on: date, by: Person, now: datetime) -> tuple[list[str], list[str]]:
    """Take the villages' looks in one order, so that two lookers wait for each other.

    A village never looked at gets its look first: of two who come at once one writes it.
    """
    known = set(Look.objects.filter(village__in=villages).values_list("village", flat=True))
    fresh = [Look(village=v, on_day=on, at=now, by=by) for v in villages if v not in known]
    for look in fresh:
        look.place()
    Look.objects.bulk_create(fresh, batch_size=_BATCH, ignore_conflicts=True)
    held = {
        look.village: look
        for look in Look.objects.select_for_update(of=("self",))
        .filter(village__in=villages)
        .order_by("village")
    }
    later = [village for village in villages if village in held and held[village].on_day > on]
    mine = [village for village in villages if village not in later]
    Look.objects.filter(village__in=mine).update(on_day=on, at=now, by=by)
    return mine, later


def _live(event: Event) -> Live:
    rule = RULE_OF.get(event.rule)
    return Live(rule.is_fact if rule else False, event.since_on)


def _opened(one: Key, fired: Fired, on: date) -> Event:
    event = Event(rule=one.rule, cause=one.cause, village=fired.subject.village, first_on=on,
                  last_on=on)  # fmt: skip
    event.place()
    _describe(event, fired)
    return event


def _describe(event: Event, fired: Fired) -> None:
    """Put what was seen on the event: colour, numbers, rows, by which numbers it was judged."""
    verdict = fired.verdict
    event.name = (fired.subject.name or WHOLE)[:200]
    event.level, event.lane = int(verdict.level), fired.lane
    event.is_restricted = fired.rule.is_restricted
    event.value, event.threshold = round(verdict.value, 2), round(verdict.threshold, 2)
    event.money = verdict.money
    event.sentence = _sentence(fired)
    event.rows = kept_rows(verdict.rows[:ROWS_KEPT])
    event.rows_count = len(verdict.rows)
    event.setting_id = fired.effective.version or None
    event.since_on = min((row.on for row in verdict.rows if row.on is not None), default=None)


def _sentence(fired: Fired) -> str:
    verdict = fired.verdict
    parts = [fired.rule.says(verdict)]
    if len(verdict.rows) > 1 and fired.rule.together != "count":
        parts.append(f"共 {len(verdict.rows)} 笔")
    if verdict.money and fired.rule.unit != "元":
        parts.append(f"涉及 {spell(verdict.money)} 元")
    return "，".join(parts)[:SENTENCE_MAX]


_SEEN = (
    "name", "level", "lane", "is_restricted", "value", "threshold", "money", "sentence", "rows",
    "rows_count", "setting_id", "since_on",
)  # fmt: skip


def _again(event: Event, fired: Fired, today: date, standards: Standards) -> bool:
    """Look at a known cause again; whether anything but the count is different now."""
    before = [getattr(event, name) for name in _SEEN]
    worse = int(fired.verdict.level) > event.level
    _describe(event, fired)
    if worse and event.ending == Ending.FALSE:
        # Called a false alarm while it was milder: that word does not cover what it is now.
        event.stage, event.ending, event.closed_at = Stage.OPEN, "", None
        event.doubted_by = event.judged_by = None
        event.handle_by_on = standards.handle_by(event.village, today)
        return True
    return [getattr(event, name) for name in _SEEN] != before


def _ended(event: Event, on: date, now: datetime, standards: Standards) -> Event:
    """The cause is no longer found; who was still at work on it need not be."""
    event.gone_on = on
    if event.is_under_way:
        effective = standards.over(event.village).get(event.rule)
        is_on = effective is not None and effective.is_on
        event.stage, event.closed_at = Stage.CLOSED, now
        event.ending = Ending.GONE if is_on else Ending.OFF
    return event


def _write(changed: list[Event], ended: list[Event]) -> None:
    fields = [name.removesuffix("_id") for name in _SEEN]
    fields += ["stage", "ending", "closed_at", "doubted_by", "judged_by", "handle_by_on"]
    Event.objects.bulk_update(changed, fields, batch_size=100)
    Event.objects.bulk_update(ended, ["gone_on", "stage", "ending", "closed_at"], batch_size=_BATCH)


def _count_again(events: list[Event], on: date) -> None:
    """Once a day at most: looking twice on a day is no second sighting."""
    ids = [event.pk for event in events if event.last_on < on]
    for start in range(0, len(ids), _BATCH):
        some = Event.objects.filter(pk__in=ids[start : start + _BATCH])
        some.update(seen=F("seen") + 1, last_on=on)


def _admit(villages: list[str], on: date, now: datetime, standards: Standards) -> int:
    """Let on the list what the budget of each village's month has room for; how many are held."""
    waiting: dict[str, list[Event]] = {}
    live = Event.objects.live().filter(village__in=villages, lane="warn", shown_on=None)
    for event in live.exclude(stage=Stage.CLOSED).awake(on):
        waiting.setdefault(event.village, []).append(event)
    used = dict(
        Event.objects.filter(village__in=waiting, shown_on__gte=on.replace(day=1), shown_on__lte=on)
        .order_by()
        .values_list("village")
        .annotate(n=Count("pk"))
    )
    shown: list[str] = []
    held = 0
    for village, events in waiting.items():
        most = int(standards.over(village)[admission.CODE].values["village_month"])
        candidates = [admission.Candidate(e.level, e.money, f"{e.pk:012}") for e in events]
        now_shown, kept_back = admission.admit(candidates, used.get(village, 0), most)
        shown += now_shown
        held += len(kept_back)
    ids = [int(one) for one in shown]
    for start in range(0, len(ids), _BATCH):
        Event.objects.filter(pk__in=ids[start : start + _BATCH]).update(shown_on=on, shown_at=now)
    return held


def _set_standing(villages: list[str], seen: Mapping[str, Mapping[Key, Any]]) -> None:
    by_count: dict[int, list[str]] = {}
    for village in villages:
        by_count.setdefault(len(seen.get(village, {})), []).append(village)
    for count, those in by_count.items():
        Look.objects.filter(village__in=those).update(standing=count)


def _traces(fresh: Iterable[Event], ended: Iterable[Event]) -> list[Trace]:
    opened = [
        Trace(key(event), event.verb("open"), event.village, f"发现：{event.sentence}",
              {"subject": event.title})
        for event in fresh
    ]  # fmt: skip
    gone = [
        Trace(key(event), event.verb("gone"), event.village, "复评：这一情形已经没有了", {})
        for event in ended
    ]
    return opened + gone
