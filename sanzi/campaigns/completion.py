"""Whether a task is done, where it can be computed: by its row's state, or by a figure.

A feature whose rows tasks are about names them once, as data:

    # sanzi/FEATURE/tasks.py, and settings.py: TASK_HOOKS gains "sanzi.FEATURE.tasks"
    HOOKS = (Hook("inspections.finding", "巡察问题", "inspections:finding", judge, called),)

`judge` gets keys of rows and answers with a verdict for each; `called` with what each is called.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.conf import settings
from django.urls import reverse

from sanzi.access.models import Person
from sanzi.kernel.refusals import Missing
from sanzi.kernel.regions import trim
from sanzi.metrics.catalogue import Figure, figure, metric
from sanzi.metrics.rows import parts_of
from sanzi.metrics.shares import totals_by_region

from .tasks.models import Task
from .tasks.stages import Judged

# By what a figure is divided before it is compared with a task's target.
UNITS: dict[str, Decimal] = {
    "万元": Decimal(10_000),
    "亿元": Decimal(100_000_000),
    "%": Decimal("0.01"),
}


@dataclass(frozen=True)
class Verdict:
    """What the system finds: done or not, and the sentence a page prints."""

    is_done: bool
    words: str
    # Hundredths, never above 100; None where there is no measure between 0 and done.
    percent: int | None = None


Judge = Callable[[Collection[int], date], Mapping[int, Verdict]]


@dataclass(frozen=True)
class Hook:
    """One kind of row tasks are about: its label in the journal, its noun, its page."""

    label: str
    noun: str
    url_name: str
    # What the state of these rows says as of a day; a row it cannot judge is left out.
    judge: Judge | None = None
    called: Callable[[Collection[int]], Mapping[int, str]] | None = None


@lru_cache(maxsize=1)
def hooks() -> dict[str, Hook]:
    """Every hook by label, in the order of settings.TASK_HOOKS."""
    found: dict[str, Hook] = {}
    for module in settings.TASK_HOOKS:
        for hook in import_module(module).HOOKS:
            assert hook.label not in found, f"two hooks are for {hook.label}"
            found[hook.label] = hook
    return found


def _parted(on: str) -> tuple[Hook | None, int]:
    label, _, pk = on.partition(":")
    return hooks().get(label), int(pk) if pk.isascii() and pk.isdecimal() and len(pk) < 19 else 0


@dataclass(frozen=True)
class Subject:
    """The row a task is about, as a page names it; `url` is None where it has no page."""

    noun: str
    name: str
    url: str | None

    def __str__(self) -> str:
        return f"{self.noun} {self.name}".strip()


def subjects_of(tasks: Sequence[Task]) -> dict[int, Subject]:
    """What each task is about, by the task's key; one query for each kind of row."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for task in tasks:
        hook, pk = _parted(task.on)
        if hook and pk:
            wanted[hook.label].add(pk)
    names = {
        label: hooks()[label].called(pks) if hooks()[label].called else {}  # type: ignore[misc]
        for label, pks in wanted.items()
    }
    return {task.pk: _subject(task.on, names) for task in tasks if task.on}


def subject_of(on: str) -> Subject:
    """The row a task is or is to be about, as a page names it; one query."""
    hook, pk = _parted(on)
    names = hook.called([pk]) if hook and hook.called and pk else {}
    return _subject(on, {hook.label: names} if hook else {})


def noun_of(on: str) -> Subject:
    """The same without its name: no query."""
    return _subject(on, {})


def village_of(on: str, person: Person) -> str:
    """The village of the row a task is to be about, if this person may see it. Raises Missing."""
    hook, pk = _parted(on)
    found = None
    if hook and pk:
        rows: Any = apps.get_model(hook.label).objects
        found = rows.visible_to(person).filter(pk=pk).values_list("village", flat=True).first()
    if found is None:
        raise Missing("scope.missing", "没有找到要下达任务的事项，或它不在您的辖区内")
    return str(found)


def _subject(on: str, names: Mapping[str, Mapping[int, str]]) -> Subject:
    hook, pk = _parted(on)
    if hook is None:
        return Subject("事项", on, None)
    url = reverse(hook.url_name, args=[pk]) if hook.url_name and pk else None
    return Subject(hook.noun, names.get(hook.label, {}).get(pk, ""), url)


def verdicts(tasks: Sequence[Any], as_of: date) -> dict[int, Verdict]:
    """What the system finds of each task that can be computed, by its key.

    One query for each kind of row, and one for all figures of 500 regions.
    """
    found = _by_state([task for task in tasks if task.judged == Judged.STATE], as_of)
    return found | _by_metric([task for task in tasks if task.judged == Judged.METRIC], as_of)


def _by_state(tasks: Sequence[Any], as_of: date) -> dict[int, Verdict]:
    by_hook: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for task in tasks:
        hook, pk = _parted(task.on)
        if hook and hook.judge:
            by_hook[hook.label][pk].append(task.pk)
    found: dict[int, Verdict] = {}
    for label, rows in by_hook.items():
        judge = hooks()[label].judge
        assert judge is not None
        for pk, verdict in judge(list(rows), as_of).items():
            found |= dict.fromkeys(rows.get(pk, ()), verdict)
    return found


def _by_metric(tasks: Sequence[Any], as_of: date) -> dict[int, Verdict]:
    able = [task for task in tasks if task.target is not None]
    if not able:
        return {}
    parts = sorted({part for task in able for part in parts_of(metric(task.metric))})
    regions = sorted({trim(task.village) for task in able})
    sums = totals_by_region(regions, as_of, parts)
    return {
        task.pk: judged(
            figure(metric(task.metric), sums.get(trim(task.village), {})),
            task.target, task.unit, at_most=task.at_most,
        )
        for task in able
    }  # fmt: skip


def judged(found: Figure, target: Decimal, unit: str, *, at_most: bool) -> Verdict:
    """What a figure says of a target in this unit (元, 万元, %, 份 …)."""
    if found.value is None:
        return Verdict(False, f"{found.label}：还没有可算的数", 0)
    reached = Decimal(found.value) / UNITS.get(unit, Decimal(1))
    is_done = reached <= target if at_most else reached >= target
    sign = "不超过" if at_most else "应达到"
    words = f"{found.label} {_plain(reached)} {unit}，{sign} {_plain(target)} {unit}"
    return Verdict(is_done, words, _percent(reached, target, is_done, at_most))


def _percent(reached: Decimal, target: Decimal, is_done: bool, at_most: bool) -> int | None:
    if is_done:
        return 100
    if at_most or target <= 0:
        return None
    # Cut off, not rounded: 99.9 is not yet all of it.
    return max(0, min(99, int(reached * 100 / target)))


def _plain(value: Decimal) -> str:
    text = f"{value.quantize(Decimal('0.01')):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
