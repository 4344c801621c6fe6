"""The queues, opening cases, one case, and what is done to it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate, now

from sanzi.contracts.models import Contract
from sanzi.contracts.queries import amendments_of, terms_on
from sanzi.journal.recorder import key
from sanzi.journal.timeline import timeline
from sanzi.kernel.refusals import Blocked, Invalid, Refusal
from sanzi.orgs.tree import names_of
from sanzi.web.frame import names_on, place
from sanzi.web.pages import onward, page, person_of, show
from sanzi.web.registers import register_page

from . import actions, case_page
from .casefile import CaseFile, casefile_of
from .forms import ClosingForm, EscalateForm, OpenForm, PapersForm, PlanForm, StepForm, WorkForm
from .models import Case
from .queries import cases_for, counts, put_together, to_open, waiting
from .registers import CASES_REGISTER, badge_of
from .stages import Stage
from .workflow import HANDLE

OPENED_A_PAGE = 100


@page("registers.view")
def cases(request: HttpRequest) -> HttpResponseBase:
    return register_page(request, CASES_REGISTER)


@page("registers.view")
def desk(request: HttpRequest) -> HttpResponse:
    """两个聚焦: what waits for me, what is late, how far each queue is."""
    person, here = person_of(request), place(request)
    mine = cases_for(person).within(here.code)
    today = localdate()
    queues = [
        ("资源资产类", "property", counts(mine.filter(is_property=True))),
        ("大额合同", "large", counts(mine.filter(is_large=True))),
    ]
    context = {
        "title": "清理事项",
        "here": here,
        "all": counts(mine),
        "queues": queues,
        "mine": waiting(mine, person).order_by("due_on")[:20],
        "mine_count": waiting(mine, person).count(),
        "overdue": mine.filter(due_on__lt=today).count(),
        "to_open": to_open(person, today).filter(village__startswith=here.code).count(),
        "may_open": person.can(HANDLE),
        "stages": _by_stage(mine),
        "names": names_of(mine.order_by().values_list("village", flat=True).distinct()[:200]),
    }
    return show(request, "cleanup/cases_desk.html", context)


def _by_stage(rows: Any) -> list[tuple[str, str, int]]:
    found = dict(rows.order_by().values_list("stage").annotate(n=Count("pk")))
    return [(stage.value, stage.label, found.get(stage.value, 0)) for stage in Stage]


@page("cases.handle", methods=("GET", "POST"))
def open_cases(request: HttpRequest) -> HttpResponse:
    """Irregular contracts without a case: ticked and opened in one go."""
    person, here = person_of(request), place(request)
    rows = to_open(person, localdate()).filter(village__startswith=here.code)
    pages = Paginator(rows, OPENED_A_PAGE).get_page(request.GET.get("page"))
    shown = list(pages)
    form = OpenForm(
        request.POST if request.method == "POST" else None, contracts=[c.pk for c in shown]
    )
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.open_cases(
                contract_ids=form.cleaned_data["contracts"], by=person, now=now()
            )
        except (Blocked, Invalid) as refused:
            refusal = refused
        else:
            messages.success(request, f"已立案 {len(made)} 件")
            return onward(request, "cleanup:cases-desk")
    names = names_of({contract.village for contract in shown})
    context = {
        "title": "不规范合同立案",
        "here": here,
        "pages": pages,
        "rows": [(c, names.get(c.village, c.village)) for c in shown],
        "form": form,
        "refusal": refusal,
    }
    status = refusal.status if refusal else 422 if form.errors else 200
    return show(request, "cleanup/cases_open.html", context, status=status)


@page("cases.handle", methods=("POST",))
def open_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the case of one contract, from its page."""
    contract = get_object_or_404(Contract.objects.visible_to(person_of(request)), pk=pk)
    made = actions.open_cases(contract_ids=[contract.pk], by=person_of(request), now=now())
    return onward(request, "cleanup:case", made[0].pk)


@page("registers.view")
def case(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, _find(request, pk))


@page("registers.view", methods=("POST",))
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """A step without a form of its own; a refusal is told on the case's page."""
    found = _find(request, pk)
    form = StepForm(request.POST)
    if not form.is_valid():
        return _show(request, found, wrong=form)
    name, words = form.cleaned_data["step"], form.cleaned_data["words"]
    told: dict[str, Any] = {"case_id": pk, "words": words, "by": person_of(request), "now": now()}
    plain: dict[str, Callable[..., Any]] = {
        "accept": actions.accept,
        "strike": actions.strike,
        "replan": actions.replan,
        "reopen": actions.reopen,
    }
    try:
        if name in plain:
            plain[name](**told)
        else:
            actions.review(step=name, **told)
    except (Blocked, Invalid) as refusal:
        return _show(request, _find(request, pk), refusal=refusal)
    return onward(request, "cleanup:case", pk)


@page("cases.handle", methods=("GET", "POST"))
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    found = _find(request, pk)
    form = PlanForm(_posted(request), initial={"responsible": found.responsible})
    return _form_page(request, found, form, "确定方案", _planned)


def _planned(request: HttpRequest, pk: int, form: Any) -> None:
    actions.plan(case_id=pk, by=person_of(request), now=now(), **form.cleaned_data)


@page("cases.handle", methods=("GET", "POST"))
def carry(request: HttpRequest, pk: int) -> HttpResponse:
    found = _find(request, pk)
    if found.way is None or found.stage != Stage.REVIEWED:
        refusal = Blocked("workflow.moved", "该事项已不在可“登记实施”的环节，请刷新查看")
        return _show(request, found, refusal=refusal)
    terms = terms_on(found.contract, localdate())
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = WorkForm(*posted, path=found.way, terms=terms)
    return _form_page(request, found, form, f"登记{found.way.title}", _carried)


def _carried(request: HttpRequest, pk: int, form: Any) -> None:
    actions.carry(case_id=pk, work=form.work, files=form.sheaves, by=person_of(request), now=now())


@page("cases.handle", methods=("GET", "POST"))
def escalate(request: HttpRequest, pk: int) -> HttpResponse:
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    return _form_page(request, _find(request, pk), EscalateForm(*posted), "提级处置", _escalated)


def _escalated(request: HttpRequest, pk: int, form: Any) -> None:
    actions.escalate(case_id=pk, by=person_of(request), now=now(), **form.cleaned_data)


@page("cases.handle", methods=("GET", "POST"))
def close_suit(request: HttpRequest, pk: int) -> HttpResponse:
    found = _find(request, pk)
    suits = list(found.suits.filter(closed_on=None).order_by("pk"))
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    return _form_page(request, found, ClosingForm(*posted, suits=suits), "登记结案", _closed)


def _closed(request: HttpRequest, pk: int, form: Any) -> None:
    actions.close_suit(case_id=pk, by=person_of(request), now=now(), **form.cleaned_data)


@page("cases.handle", methods=("POST",))
def papers(request: HttpRequest, pk: int) -> HttpResponse:
    found = _find(request, pk)
    form = PapersForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, found, wrong=form)
    try:
        actions.add_papers(case_id=pk, by=person_of(request), now=now(), **form.cleaned_data)
    except (Blocked, Invalid) as refusal:
        return _show(request, _find(request, pk), refusal=refusal)
    return onward(request, "cleanup:case", pk)


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _find(request: HttpRequest, pk: int) -> Case:
    found: Case = get_object_or_404(cases_for(person_of(request)), pk=pk)
    return found


def _form_page(
    request: HttpRequest, found: Case, form: Any, title: str, act: Callable[..., None]
) -> HttpResponse:
    """A step with a form of its own: shown again with what was wrong, or taken."""
    if request.method == "POST" and form.is_valid():
        try:
            act(request, found.pk, form)
        except Invalid as invalid:
            form.add_error(None, invalid.message)
        except Blocked as blocked:
            return _show(request, _find(request, found.pk), refusal=blocked)
        else:
            return onward(request, "cleanup:case", found.pk)
    context = {"title": title, "case": found, "form": form}
    return show(request, "cleanup/case_form.html", context, status=422 if form.errors else 200)


def _show(
    request: HttpRequest, found: Case, *, wrong: Any = None, refusal: Refusal | None = None
) -> HttpResponse:
    person, today = person_of(request), localdate()
    file = casefile_of(found, person, today)
    village = names_on(request, [found.village]).get(found.village, found.village)
    decision = file.decision
    context = {
        "title": str(found.contract),
        "case": found,
        "contract": found.contract,
        "village": village,
        "answer": case_page.answer(file, village),
        "badge": badge_of(found),
        "track": case_page.track(file, decision),
        "offers": case_page.split(file.offers),
        "decision": decision,
        "together": _together(file),
        "carried": case_page.carried(file),
        "sheaves": case_page.sheaves(file),
        "changed": case_page.before_and_after(amendments_of(found.contract), key(found)),
        "suits": file.suits,
        "handlings": case_page.handlings(file.steps),
        "history": timeline(found, person),
        "timer": found.way.timer if found.way else None,
        "timer_day": _timer_day(found),
        "may_add_papers": person.can(HANDLE) and found.stage != Stage.STRUCK,
        "papers_form": wrong if isinstance(wrong, PapersForm) else PapersForm(),
        "wrong": wrong,
        "refusal": refusal,
    }
    status = refusal.status if refusal else 422 if wrong else 200
    return show(request, "cleanup/case.html", context, status=status)


def _together(file: CaseFile) -> list[str]:
    """The keys of cases that may be voted on in the same meeting, its own first."""
    if file.stage != Stage.PLANNED or not file.lacks_decision():
        return []
    rest = put_together(file.case, file.matter, file.person)
    return [key(file.case), *(key(one) for one in rest)]


def _timer_day(found: Case) -> Any:
    timer = found.way.timer if found.way else None
    return timer.last_day(found.known_on) if timer and found.known_on else None
