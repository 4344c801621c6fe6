"""Goals: how far, who stands between, what is likely by the year's end, and what if."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate, now

from sanzi.access.scope import covers
from sanzi.income.actions import goals as writes
from sanzi.income.asked import day_asked, villages_in
from sanzi.income.definitions import UNVERIFIED, definition
from sanzi.income.forecast import OUTLOOKS, Levers
from sanzi.income.forms import GoalForm, LeversForm, ReasonForm
from sanzi.income.goals import Between, Progress, progress, what_if
from sanzi.income.models import Goal
from sanzi.income.queries import ORIGINS
from sanzi.income.running import runners_in
from sanzi.income.tiers import share
from sanzi.journal.timeline import timeline
from sanzi.kernel.money import from_fen, to_fen
from sanzi.kernel.refusals import Invalid
from sanzi.orgs.tree import names_of
from sanzi.web.frame import place
from sanzi.web.pager import Pager
from sanzi.web.pages import onward, page, person_of, show

SIZE = 50
_LEVERS = {"dues": 100, "overdue": 0, "projects": 100, "planned": 0, "more": Decimal("0.00")}


@dataclass(frozen=True)
class Held:
    """A goal over the part of it this person may see."""

    goal: Goal
    region: str
    as_of: date
    names: dict[str, str]
    progress: Progress

    @property
    def is_whole(self) -> bool:
        return self.region == self.goal.region

    @property
    def rate(self) -> Decimal | None:
        """Of the villages wanted; of a part of the region, of those in it."""
        return share(min(len(self.progress.reached), self.progress.wanted), self.progress.wanted)


def held_of(request: HttpRequest, goal: Goal, region: str, as_of: date | None = None) -> Held:
    """Where a goal stands in a region, as of a day: its last, or today if that is earlier."""
    day = as_of or min(localdate(), goal.by_on)
    names = villages_in(region)
    runners = runners_in(
        person_of(request), region, day, definition(goal.definition),
        counts_one_off=goal.counts_one_off,
    )  # fmt: skip
    # A count is asked of the whole region; a part of it is measured against its own villages.
    wanted = goal.wanted if region == goal.region else None
    found = progress(runners, to_fen(goal.threshold), wanted, list(names))
    return Held(goal, region, day, names, found)


def _region_of(request: HttpRequest, goal: Goal) -> str:
    """The chosen place where the goal holds over it; else the whole goal, if it may be seen."""
    here = place(request).code
    if here.startswith(goal.region):
        return here
    return goal.region if covers(person_of(request), goal.region) else here


@page("figures.view")
def goals(request: HttpRequest) -> HttpResponse:
    here = place(request)
    mine = Goal.objects.visible_to(person_of(request)).select_related("set_by")
    held = [
        one for one in mine if here.code.startswith(one.region) or one.region.startswith(here.code)
    ]
    pager = Pager.over(held, request.GET, size=SIZE)
    names = names_of({one.region for one in pager.rows})
    context = {
        "title": "增收目标",
        "pager": pager,
        "here": here,
        "rows": [
            (one, names.get(one.region, one.region), definition(one.definition))
            for one in pager.rows
        ],
        "may_set": person_of(request).can("income.goals")
        and len(here.code) in writes.REGION_LEVELS,
    }
    return show(request, "income/goals.html", context)


@page("income.goals")
def new(request: HttpRequest) -> HttpResponse:
    initial = {"code": "collective", "by_on": date(localdate().year, 12, 31)}
    return _new(request, GoalForm(initial=initial))


@page("income.goals", methods=("POST",))
def set_goal(request: HttpRequest) -> HttpResponse:
    form = GoalForm(request.POST)
    if not form.is_valid():
        return _new(request, form, 422)
    done = writes.set_goal(
        region=place(request).code, by=person_of(request), now=now(), **form.cleaned_data
    )
    return onward(request, "income:goal", done.pk)


def _new(request: HttpRequest, form: GoalForm, status: int = 200) -> HttpResponse:
    here = place(request)
    if len(here.code) not in writes.REGION_LEVELS:
        raise Invalid("goal.region", "目标由市、县或乡镇设定，请先选择地区")
    context = {"title": "设定增收目标", "form": form, "here": here, "doubt": UNVERIFIED}
    return show(request, "income/new_goal.html", context, status=status)


@page("figures.view")
def goal(request: HttpRequest, pk: int) -> HttpResponse:
    return _goal(request, pk)


def _goal(request: HttpRequest, pk: int, reason_form: ReasonForm | None = None) -> HttpResponse:
    person = person_of(request)
    found = get_object_or_404(Goal.objects.visible_to(person), pk=pk)
    held = held_of(request, found, _region_of(request, found), day_asked(request))
    levers, form = _levers(request)
    then = what_if(held.progress, levers) if form.is_bound else None
    pager = Pager.over(held.progress.between, request.GET, size=SIZE)
    reads = definition(found.definition)
    context = {
        "title": str(found),
        "goal": found,
        "held": held,
        "here": place(request),
        "as_of": held.as_of,
        "definition": reads,
        "doubt": "" if reads.is_verified else UNVERIFIED,
        "reached": len(held.progress.reached),
        "missing": from_fen(held.progress.missing),
        "rows": [_row(held, one) for one in pager.rows],
        "pager": pager,
        "forecast": _forecast(held.progress),
        "is_over": (held.as_of.month, held.as_of.day) == (12, 31)
        or all(one.runner.known.is_over for one in held.progress.between),
        "unknown": [held.names[code] for code in held.progress.unknown],
        "levers_form": form,
        "then": then,
        "then_lacking": held.progress.wanted - (then or 0),
        "may_withdraw": person.can("income.goals") and covers(person, found.region)
        and found.withdrawn_at is None,
        "reason_form": reason_form or ReasonForm(),
        "history": timeline(found, person),
    }  # fmt: skip
    return show(request, "income/goal.html", context, status=422 if reason_form else 200)


def _row(held: Held, one: Between) -> dict[str, Any]:
    runner = one.runner
    return {
        "code": runner.village,
        "name": held.names.get(runner.village, runner.village),
        "income": from_fen(runner.income or 0),
        "one_off": from_fen(runner.one_off) if runner.one_off else None,
        "missing": from_fen(one.missing),
        "dues": from_fen(runner.known.dues),
        "overdue": from_fen(runner.known.overdue),
        "projects": from_fen(runner.known.projects),
        "planned": from_fen(runner.known.planned),
        "expected": from_fen(runner.forecast.expected),
        "low": from_fen(runner.forecast.low),
        "high": from_fen(runner.forecast.high),
        "outlook": OUTLOOKS[one.outlook],
        "origin": ORIGINS[runner.origin],
        "is_needed": one.is_needed,
    }


def _forecast(held: Progress) -> list[tuple[str, int, str]]:
    """How many will be there: for sure, as expected, at best."""
    return [
        ("至少", held.likely("sure"), "按范围下限"),
        ("预计", held.likely("sure", "likely"), "已入账＋年底前到期租金＋已见收益的项目"),
        ("最多", held.likely("sure", "likely", "possible"), "按范围上限"),
    ]


def _levers(request: HttpRequest) -> tuple[Levers, LeversForm]:
    if "dues" not in request.GET:
        return Levers(), LeversForm(initial=_LEVERS)
    form = LeversForm(request.GET)
    if not form.is_valid():
        return Levers(), form
    given = form.cleaned_data
    more = to_fen(given["more"] or Decimal(0))
    planned = given["planned"] or 0
    return Levers(given["dues"], given["overdue"], given["projects"], more, planned), form


@page("income.goals", methods=("POST",))
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _goal(request, pk, form)
    writes.withdraw_goal(goal_id=pk, by=person_of(request), now=now(), **form.cleaned_data)
    return onward(request, "income:goal", pk)
