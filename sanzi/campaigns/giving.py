"""下达: giving tasks. Called inside an action of whoever gives them: a person, a feature.

from sanzi.campaigns.giving import Order, give
give([Order(village=v, matter="整改巡察问题", due_on=day, on=finding, source=key(finding))],
     by=by, now=now)
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Model
from django.utils.timezone import localdate

from sanzi.access.models import Person
from sanzi.access.scope import covers
from sanzi.journal.recorder import Trace, key, record_many
from sanzi.kernel.refusals import Invalid, Missing
from sanzi.kernel.regions import trim
from sanzi.metrics.catalogue import METRICS
from sanzi.orgs.models import Region

from .completion import hooks
from .models import Campaign
from .tasks.models import Task, TaskStep
from .tasks.stages import CATEGORIES, Judged, Stage

AT_ONCE = 20_000
MATTER_MAX = 300
_METRICS = {one.id for one in METRICS}


@dataclass(frozen=True, kw_only=True)
class Order:
    """One task to be given. `village` has 12 digits; a town's own task goes to 140521101000."""

    village: str
    matter: str
    due_on: date
    category: str = "制度"
    # The row it is about, or its key in the journal.
    on: Model | str = ""
    # "state": done when the row's state says so (completion.py); "metric": when the figure does.
    judged: str = Judged.EVIDENCE
    metric: str = ""
    target: Decimal | None = None
    unit: str = ""
    at_most: bool = False
    standard: str = ""
    starts_on: date | None = None
    # Who answers for it: words, a post's role in that region, a person.
    responsible: str = ""
    leader: str = ""
    role: str = ""
    person: Person | None = None
    lead_unit: str = ""
    joint_units: str = ""
    campaign: Campaign | None = None
    template: str = ""
    # What gives it, once: a task of this source is not given to the village a second time.
    source: str = ""


def give(orders: Sequence[Order], *, by: Person, now: datetime) -> list[Task]:
    """Give these tasks, all of them or none; returns those that are new.

    Runs inside an action, which has asked whether `by` may. Queries grow with the villages by
    500s, not with the tasks. Raises Missing for a village outside `by`'s region, Invalid for an
    order that says too little.
    """
    assert transaction.get_connection().in_atomic_block, "tasks are given inside an action"
    if len(orders) > AT_ONCE:
        raise Invalid("task.many", f"一次最多下达 {AT_ONCE:,} 项任务，请分几次下达")
    for order in orders:
        _check(order, by)
    counts = _lock({order.village for order in orders})
    fresh = _unknown(orders)
    tasks = [_task(order, _number(counts, order.village), by, now) for order in fresh]
    made = Task.objects.bulk_create(tasks, batch_size=500)
    TaskStep.objects.bulk_create((_step(task, by, now) for task in made), batch_size=500)
    record_many([_trace(task) for task in made], by=by, at=now)
    return made


def _check(order: Order, by: Person) -> None:
    if not covers(by, trim(order.village)):
        raise Missing("scope.missing", "没有找到这个地方，或它不在您的辖区内")
    if not 2 <= len(order.matter.strip()) <= MATTER_MAX:
        raise Invalid("task.matter", f"请写明任务事项，2 到 {MATTER_MAX} 个字")
    if order.category not in CATEGORIES:
        raise Invalid("task.category", f"类别应为{'、'.join(CATEGORIES)}之一")
    if order.starts_on and order.due_on < order.starts_on:
        raise Invalid("task.days", "完成时限早于开始日期，请核对")
    if order.judged == Judged.METRIC and (order.metric not in _METRICS or order.target is None):
        raise Invalid("task.metric", "按指标认定完成的任务，须选定指标并填写目标值")
    if order.judged == Judged.STATE and _judge_of(order) is None:
        raise Invalid("task.state", "这类事项没有可以核对的状态，请改为看佐证")


def _judge_of(order: Order) -> object:
    hook = hooks().get(key(order.on).partition(":")[0]) if order.on else None
    return hook.judge if hook else None


def _lock(villages: set[str]) -> Counter[str]:
    """How many tasks each village has, while nobody else gives it one: regions in one order."""
    codes = sorted({trim(village) for village in villages})
    for start in range(0, len(codes), 500):
        some = Region.objects.filter(code__in=codes[start : start + 500])
        list(some.select_for_update(no_key=True).order_by("code").values_list("pk"))
    counts: Counter[str] = Counter()
    listed = sorted(villages)
    for start in range(0, len(listed), 500):
        here = Task.objects.filter(village__in=listed[start : start + 500])
        for village, number in here.values_list("village", "number"):
            counts[village] = max(counts[village], _ordinal(number))
    return counts


def _ordinal(number: str) -> int:
    digits = number.removeprefix("RW-")
    return int(digits) if digits != number and digits.isdecimal() else 0


def _number(counts: Counter[str], village: str) -> str:
    counts[village] += 1
    return f"RW-{counts[village]:04d}"


def _unknown(orders: Sequence[Order]) -> list[Order]:
    """Those whose source has given nothing to their village yet."""
    sources: dict[str, set[str]] = defaultdict(set)
    for order in orders:
        if order.source:
            sources[order.source].add(order.village)
    known: set[tuple[str, str]] = set()
    named = sorted(sources)
    for start in range(0, len(named), 500):
        found = Task.objects.filter(source__in=named[start : start + 500])
        known |= set(found.values_list("village", "source"))
    fresh = []
    for order in orders:
        pair = (order.village, order.source)
        if not order.source or pair not in known:
            fresh.append(order)
            known.add(pair)
    return fresh


def _task(order: Order, number: str, by: Person, now: datetime) -> Task:
    task = Task(
        village=order.village, number=number, category=order.category,
        matter=order.matter.strip(), target=order.target, unit=order.unit,
        responsible=order.responsible or (order.person.name if order.person else ""),
        leader=order.leader, starts_on=order.starts_on or localdate(now), due_on=order.due_on,
        campaign=order.campaign, template=order.template, on=key(order.on) if order.on else "",
        standard=order.standard, role=order.role, person=order.person,
        lead_unit=order.lead_unit, joint_units=order.joint_units, judged=order.judged,
        metric=order.metric, at_most=order.at_most, source=order.source, given_by=by,
        given_at=now,
    )  # fmt: skip
    task.place()
    return task


def _step(task: Task, by: Person, now: datetime) -> TaskStep:
    step = TaskStep(village=task.village, task=task, step="give", stage=Stage.GIVEN, by=by, at=now)
    step.place()
    return step


def _trace(task: Task) -> Trace:
    facts = {"subject": str(task), "due_on": task.due_on, "source": ""}  # type: ignore[attr-defined]
    return Trace(key(task), "tasks.give", task.village, "下达任务", facts)
