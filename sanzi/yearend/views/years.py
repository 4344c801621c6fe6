"""A book's year end: its steps in order, what each would post, and the plan of distribution."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import now

from sanzi.accounting.models import Book, Period
from sanzi.kernel.refusals import Blocked
from sanzi.web.pages import onward, page, person_of, show
from sanzi.yearend.actions import plans as plan_actions
from sanzi.yearend.actions import years as actions
from sanzi.yearend.closing import Proposed
from sanzi.yearend.forms import PlanForm, ReasonForm, WordsForm
from sanzi.yearend.models import Distribution, YearStep
from sanzi.yearend.plan import MEMBERS, OTHERS, choices, current, fund_of, preview
from sanzi.yearend.standing import RESERVE, Standing
from sanzi.yearend.steps import STEPS, Step, last_step, next_step
from sanzi.yearend.taking import done_steps, vouchers_of
from sanzi.yearend.views.months import heading, mine_of

# Lines shown of a proposed voucher; the rest is counted.
SHOWN = 40


@page("books.view")
def year(request: HttpRequest, book: int, year: int) -> HttpResponse:
    return _show(request, _mine(request, book, year), year)


@page("books.view", methods=("POST",))
def take(request: HttpRequest, book: int, year: int, step: str) -> HttpResponse:
    details: dict[str, Any] = {"book_id": book, "year": year, "by": person_of(request)}
    if step in ("stocktake", "accrue", "clear"):
        form = WordsForm(request.POST)
        if not form.is_valid():
            return _show(request, _mine(request, book, year), year, words=form)
        actions.state_step(step=step, now=now(), **form.cleaned_data, **details)
    elif step == "distribute":
        plan_actions.confirm_plan(now=now(), **details)
    elif step == "carry":
        actions.carry_over(now=now(), **details)
    else:
        actions.carry_out(step=step, now=now(), **details)
    return onward(request, "yearend:year", book, year)


@page("books.close", methods=("POST",))
def undo(request: HttpRequest, book: int, year: int, step: str) -> HttpResponse:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _show(request, _mine(request, book, year), year, reason=form)
    actions.undo_step(
        book_id=book, year=year, step=step, by=person_of(request), now=now(), **form.cleaned_data
    )
    return onward(request, "yearend:year", book, year)


@page("books.prepare", methods=("GET", "POST"))
def plan(request: HttpRequest, book: int, year: int) -> HttpResponse:
    mine = _mine(request, book, year)
    standing = Standing(mine, year)
    lists = {
        "reserve_account": choices(standing, (RESERVE,)),
        "members_account": choices(standing, MEMBERS[mine.scheme]),
        "other_account": choices(standing, OTHERS[mine.scheme]),
    }
    form = PlanForm(request.POST or None, choices=lists)
    if request.method == "POST" and form.is_valid():
        plan_actions.draft_plan(
            book_id=book, year=year, by=person_of(request), now=now(), **form.told
        )
        return onward(request, "yearend:year", book, year)
    context = {
        **heading(request, mine),
        "title": f"{year} 年收益分配方案",
        "year": year,
        "form": form,
        "pot": standing.pot,
        "fund": fund_of(standing),
    }
    status = 422 if request.method == "POST" else 200
    return show(request, "yearend/plan.html", context, status=status)


@page("books.prepare", methods=("POST",))
def recall(request: HttpRequest, book: int, year: int) -> HttpResponse:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _show(request, _mine(request, book, year), year, reason=form)
    plan_actions.recall_plan(
        book_id=book, year=year, by=person_of(request), now=now(), **form.cleaned_data
    )
    return onward(request, "yearend:year", book, year)


def _mine(request: HttpRequest, book: int, year: int) -> Book:
    mine = mine_of(request, book)
    months = Period.objects.visible_to(person_of(request)).filter(book=mine)
    get_object_or_404(months, period=year * 100 + 12)
    return mine


def _show(
    request: HttpRequest,
    book: Book,
    year: int,
    *,
    words: WordsForm | None = None,
    reason: ReasonForm | None = None,
) -> HttpResponse:
    person, done = person_of(request), done_steps(book, year)
    standing, first, last = Standing(book, year), next_step(done), last_step(done)
    december = Period.objects.visible_to(person).filter(book=book).get(period=year * 100 + 12)
    steps = YearStep.objects.visible_to(person).filter(book=book, year=year)
    undone = steps.exclude(undone_at=None).select_related("by", "undone_by").order_by("-pk")
    is_open = december.state == Period.State.OPEN
    drafted = current(book, year)
    proposed, hold = _proposed(standing, first if is_open else None, drafted)
    names, written = standing.accounts, vouchers_of(done)
    context = {
        **heading(request, book),
        "title": f"{year} 年年终结转",
        "year": year,
        "december": december,
        "track": [_stage(step.label, done.get(step.name), step is first) for step in STEPS],
        "steps": [(step, done.get(step.name), written.get(step.name, ())) for step in STEPS],
        "first": first,
        "last": last,
        "hold": hold,
        "proposed": [_shown(one, names) for one in proposed],
        "may_take": first is not None and is_open and person.can(first.needs),
        "may_undo": last is not None
        and last.name != "carry"
        and is_open
        and person.can("books.close"),
        "plan": drafted,
        "pot": standing.pot,
        "may_plan": person.can("books.prepare") and "profit" in done and "distribute" not in done,
        "may_recall": person.can("books.prepare") and "distribute" in done and is_open,
        "undone": undone[:50],
        "words": words or WordsForm(),
        "reason": reason or ReasonForm(),
    }
    wrong = words or reason
    return show(request, "yearend/year.html", context, status=422 if wrong else 200)


def _proposed(
    standing: Standing, step: Step | None, drafted: Distribution | None
) -> tuple[list[Proposed], str]:
    """What the next step would post, or why it cannot be said yet."""
    try:
        if step is not None and step.name == "distribute":
            return (preview(drafted, standing) if drafted else []), ""
        return (standing.proposed(step.name) if step else []), ""
    except Blocked as refusal:
        return [], refusal.message


def _stage(label: str, taken: YearStep | None, is_now: bool) -> dict[str, Any]:
    state = "done" if taken else "now" if is_now else "later"
    return {
        "title": label,
        "state": state,
        "who": taken.by.name if taken else "",
        "on": taken.at if taken else None,
    }


def _shown(one: Proposed, names: Any) -> dict[str, Any]:
    lines = [(side, names.get(side.account)) for side in one.sides[:SHOWN]]
    return {"memo": one.memo, "total": one.total, "lines": lines, "more": len(one.sides) - SHOWN}
