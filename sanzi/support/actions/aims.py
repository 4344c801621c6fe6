"""Goals of a help or of a participant's year: set, read from the figures, taken back."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.journal.recorder import key, record
from sanzi.kernel.refusals import Blocked, Invalid
from sanzi.support.held import check_holder
from sanzi.support.measures import MEASURES, values_of
from sanzi.support.models import Goal, Help, Reading, Seat
from sanzi.support.wording import past, refuse_known, said

HOLDERS: dict[str, Any] = {"help": Help, "seat": Seat}


@action("support.run")
def set_goal(
    *,
    of: str,
    thing_id: int,
    measure: str,
    base_on: date,
    target: Decimal,
    due_on: date,
    by: Person,
    now: datetime,
) -> Goal:
    """Set a goal of a help ("help") or a participant ("seat"); its base is drawn, never typed."""
    thing = HOLDERS[of].objects.claim(thing_id, by)
    _check_class(thing, by)
    if measure not in MEASURES:
        raise Invalid("goal.measure", "请选择指标")
    if not past(base_on, now, "起点日") < due_on:
        raise Invalid("goal.days", "期限要晚于起点日")
    living = Goal.objects.visible_to(by).filter(
        on=key(thing), measure=measure, due_on=due_on, dropped_for=""
    )
    refuse_known(living, "这个指标已定过同一期限的目标；要改请先撤销")
    base = values_of([measure], [thing.village], base_on)[thing.village, measure]
    if base is not None and base == target:
        raise Invalid("goal.target", "目标值与起点值相同，请核对")
    goal = Goal.objects.create(
        village=thing.village, on=key(thing), measure=measure, base_on=base_on, base=base,
        target=target, due_on=due_on, set_by=by, set_at=now,
    )  # fmt: skip
    shown = MEASURES[measure]
    record(thing, "support.set-goal", by=by, at=now,
           label=f"定目标：{shown.label}到 {shown.shown(target)}",
           public={"base": shown.shown(base), "due_on": due_on.isoformat()})  # fmt: skip
    return goal


@action("support.run")
def drop_goal(*, goal_id: int, reason: str, by: Person, now: datetime) -> Goal:
    """Take a goal back; its readings stay."""
    goal: Goal = Goal.objects.claim(goal_id, by)
    _check_class(_holder(goal, by), by)
    if goal.dropped_for:
        raise Blocked("goal.dropped", "该目标已经撤销")
    goal.dropped_for = said(reason, "撤销理由")
    goal.save(update_fields=["dropped_for"])
    record(goal.on, "support.drop-goal", by=by, at=now, village=goal.village, label="撤销目标",
           public={"measure": goal.measure, "reason": goal.dropped_for})  # fmt: skip
    return goal


def _holder(goal: Goal, by: Person) -> Any:
    kind, _, pk = goal.on.partition(":")
    return HOLDERS[kind.rpartition(".")[2]].objects.claim(int(pk), by)


def _check_class(thing: Any, by: Person) -> None:
    """A participant's goals are the class's: whoever holds it sets them, not the own town."""
    if isinstance(thing, Seat):
        check_holder(thing.cohort.region, by)


@action("support.tell")
def keep_reading(*, goal_id: int, as_of: date, note: str, by: Person, now: datetime) -> Reading:
    """Draw a goal's figure as of a day and keep it; one a day."""
    goal: Goal = Goal.objects.claim(goal_id, by)
    if goal.dropped_for:
        raise Blocked("goal.dropped", "该目标已经撤销")
    kept = Reading.objects.visible_to(by).filter(goal=goal, as_of=past(as_of, now, "截至日"))
    refuse_known(kept, f"{as_of} 的数已经记过")
    value = values_of([goal.measure], [goal.village], as_of)[goal.village, goal.measure]
    reading = Reading.objects.create(
        village=goal.village, goal=goal, as_of=as_of, value=value, note=note.strip()[:200],
        drawn_by=by, drawn_at=now,
    )  # fmt: skip
    shown = MEASURES[goal.measure].shown(value)
    record(goal.on, "support.keep-reading", by=by, at=now, village=goal.village,
           label=f"成效：{MEASURES[goal.measure].label} {shown}",
           public={"as_of": as_of.isoformat()})  # fmt: skip
    return reading
