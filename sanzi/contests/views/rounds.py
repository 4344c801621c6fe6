"""A round for whoever holds it: card, participants, judges, steps; and its results."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.timezone import now

from sanzi.access.scope import covers
from sanzi.contests import panel, queries
from sanzi.contests.actions import contests as setting
from sanzi.contests.actions import people
from sanzi.contests.actions import rounds as writes
from sanzi.contests.cards import METRIC, PANEL, TYPED, WAYS, Row, Sheet, changes, total_of
from sanzi.contests.forms import (
    ArrangeForm,
    CardForm,
    JudgeForm,
    ReasonForm,
    StepForm,
    rows_of,
)
from sanzi.contests.models import Entry, Judge, Result, Round
from sanzi.contests.registers import results_register
from sanzi.contests.stages import Stage
from sanzi.contests.workflow import ROUND
from sanzi.journal.timeline import timeline
from sanzi.kernel.refusals import Blocked, Invalid
from sanzi.metrics.catalogue import METRICS
from sanzi.web.pager import Pager
from sanzi.web.pages import onward, page, person_of, show
from sanzi.web.registers import register_page

from .scoped import organised_round, round_of, runs

SHOWN = 50
BLANK = 4


@page("contests.view")
def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, round_of(request, pk))


def _show(request: HttpRequest, held: Round, **wrong: Any) -> HttpResponse:
    person = person_of(request)
    may_run = runs(person, held.contest)
    stands = queries.standing(held)
    mine = Entry.objects.visible_to(person).filter(round=held).order_by("village")
    pager = Pager.over(mine, request.GET, size=SHOWN)
    context = {
        "title": f"{held.contest}：{held}",
        "round": held,
        "contest": held.contest,
        "sheet": queries.sheet_of(held),
        "card": queries.card_of_round(held),
        "sources": sources(),
        "stands": stands,
        "offers": ROUND.offers(stands, person) if may_run else [],
        "may_run": may_run,
        "is_judge": Judge.objects.visible_to(person).filter(round=held).exists(),
        "entries": pager.rows,
        "pager": pager,
        "judges": queries.progress_of_judges(held) if may_run else [],
        "changed": changes(queries.sheet_of(held.copied_from), queries.sheet_of(held))
        if held.copied_from
        else [],
        "arrange_form": ArrangeForm(initial=vars(held)),
        "judge_form": JudgeForm(),
        "reason_form": ReasonForm(),
        "history": timeline(held, person),
    } | wrong
    return show(request, "contests/round.html", context, status=422 if wrong else 200)


def sources() -> list[tuple[str, str]]:
    """Where a line's value may come from, to choose."""
    fixed = [(PANEL, "评委打分"), (TYPED, "举办单位填报")]
    return fixed + [(METRIC + one.id, f"{one.label}（{one.unit}）") for one in METRICS]


@page("contests.view")
def card(request: HttpRequest, pk: int) -> HttpResponse:
    held = round_of(request, pk)
    return _grid(request, held, queries.sheet_of(held), CardForm(initial=_around(held)))


def _around(held: Round) -> dict[str, Any]:
    sheet = queries.sheet_of(held)
    return {
        "revision": held.card_revision,
        "bonus_most": sheet.bonus_most,
        "tie_break": "、".join(sheet.tie_break),
        "bands": "；".join(f"{at}={title}" for at, title in sheet.bands),
        "vetoes": "\n".join(f"{title}={most}" for _, title, most in sheet.vetoes),
    }


def _grid(
    request: HttpRequest, held: Round, sheet: Sheet, form: CardForm, fault: str = ""
) -> HttpResponse:
    may_change = runs(person_of(request), held.contest) and held.stage == Stage.PREPARING
    blank = [Row("", "", "", "", PANEL, "judged", "")] * (BLANK if may_change else 0)
    context = {
        "title": f"评分表：{held}",
        "round": held,
        "contest": held.contest,
        "rows": [*sheet.rows, *blank],
        "card": queries.card_of_round(held),
        "total": total_of(sheet.rows),
        "form": form,
        "fault": fault,
        "ways": WAYS.values(),
        "sources": sources(),
        "may_change": may_change,
    }
    status = 422 if fault or form.errors else 200
    return show(request, "contests/card.html", context, status=status)


@page("contests.run", methods=("POST",))
def set_card(request: HttpRequest, pk: int) -> HttpResponse:
    held = organised_round(request, pk)
    form, rows = CardForm(request.POST), rows_of(request.POST)
    if not form.is_valid():
        return _grid(request, held, Sheet(held.title, rows), form)
    typed = form.cleaned_data
    sheet = Sheet(
        title=held.title,
        rows=rows,
        vetoes=typed["vetoes"],
        bands=typed["bands"],
        bonus_most=f"{typed['bonus_most']:f}",
        tie_break=typed["tie_break"],
    )
    try:
        setting.set_card(
            round_id=pk, revision=typed["revision"], sheet=sheet, by=person_of(request), now=now()
        )
    except Invalid as refusal:
        return _grid(request, held, sheet, form, refusal.message)
    return onward(request, "contests:round", pk)


@page("contests.run", methods=("POST",))
def arrange(request: HttpRequest, pk: int) -> HttpResponse:
    held, form = organised_round(request, pk), ArrangeForm(request.POST)
    if not form.is_valid():
        return _show(request, held, arrange_form=form)
    setting.arrange(round_id=pk, by=person_of(request), now=now(), **form.cleaned_data)
    return onward(request, "contests:round", pk)


@page("contests.run", methods=("POST",))
def enrol(request: HttpRequest, pk: int) -> HttpResponse:
    held = organised_round(request, pk)
    people.enrol(round_id=held.pk, groups={}, by=person_of(request), now=now())
    return onward(request, "contests:round", pk)


@page("contests.run", methods=("POST",))
def name_judge(request: HttpRequest, pk: int) -> HttpResponse:
    held, form = organised_round(request, pk), JudgeForm(request.POST)
    if not form.is_valid():
        return _show(request, held, judge_form=form)
    people.name_judge(round_id=pk, by=person_of(request), now=now(), **form.cleaned_data)
    return onward(request, "contests:round", pk)


@page("contests.run", methods=("POST",))
def excuse(request: HttpRequest, pk: int, judge: int) -> HttpResponse:
    held, form = organised_round(request, pk), ReasonForm(request.POST)
    if not form.is_valid():
        return _show(request, held, reason_form=form)
    people.excuse_judge(
        round_id=pk, judge_id=judge, by=person_of(request), now=now(), **form.cleaned_data
    )
    return onward(request, "contests:round", pk)


@page("contests.run", methods=("POST",))
def step(request: HttpRequest, pk: int) -> HttpResponse:
    held, form = organised_round(request, pk), StepForm(request.POST)
    if not form.is_valid() or form.cleaned_data["step"] not in {s.name for s in ROUND.steps}:
        return _show(request, held, step_form=form)
    writes.take_step(round_id=pk, by=person_of(request), now=now(), **form.cleaned_data)
    return onward(request, "contests:round", pk)


@page("contests.view")
def results(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A register for whoever looks over the whole contest; for those within it the whole list.

    A register shows one's own region alone, and a published ranking is for all who took part.
    """
    held, person = round_of(request, pk), person_of(request)
    if covers(person, held.contest.region):
        return register_page(request, results_register(held))
    published = queries.latest(Result.objects.visible_to(person).filter(entry__round=held))
    pager = Pager.over(
        published.select_related("entry").order_by("rank", "village"), request.GET, size=SHOWN
    )
    context = {
        "title": f"{held.contest}{held}成绩",
        "round": held,
        "contest": held.contest,
        "rows": pager.rows,
        "pager": pager,
        "own": person.region_code,
    }
    return show(request, "contests/results.html", context)


@page("contests.run")
def panel_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Every mark, once the round is closed: what was dropped, how judges and groups lean."""
    held = organised_round(request, pk)
    if held.stage not in (Stage.CLOSED, Stage.PUBLISHED):
        raise Blocked("round.sealed", "本轮还没有封分，分数在封分前谁也看不到")
    marks = queries.marks_of(held)
    everyone = [mark for given in marks.values() for mark in given]
    entries = list(Entry.objects.visible_to(person_of(request)).filter(pk__in=marks))
    pager = Pager.over(sorted(entries, key=lambda one: one.village), request.GET, size=SHOWN)
    names = {str(judge.person_id): judge.person.name for judge in queries.judges_of(held)}
    groups = {str(entry.pk): entry.group or "不分组" for entry in entries}
    context = {
        "title": f"评委打分：{held}",
        "round": held,
        "contest": held.contest,
        "rule": queries.rule_of(held),
        "names": names,
        "rows": [_tally(entry, marks[entry.pk], held, names) for entry in pager.rows],
        "pager": pager,
        "leans": [(names.get(lean.judge, lean.judge), lean) for lean in panel.leans(everyone)],
        "groups": panel.group_averages(everyone, groups),
    }
    return show(request, "contests/panel.html", context)


def _tally(
    entry: Entry, given: list[panel.Mark], held: Round, names: dict[str, str]
) -> tuple[Entry, list[tuple[str, Any, bool]], panel.Tally]:
    found = panel.tally(given, queries.rule_of(held))
    dropped = {mark.judge for mark in found.dropped}
    marks = [(names.get(m.judge, m.judge), m.points, m.judge in dropped) for m in given]
    return entry, marks, found
