"""收入台账填报: calls, who is in and who is late, a village's statement, the sums sent on."""

import tempfile
from collections.abc import Sequence
from typing import IO, Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate, now

from sanzi.income.actions import calls as writes
from sanzi.income.calling import ASKED, drawn_for, progress, reasons_against, standing
from sanzi.income.forms import CallForm, ReasonForm, StatementForm
from sanzi.income.models import Call, Statement
from sanzi.income.papers import statements_paper
from sanzi.income.queries import ORIGINS
from sanzi.income.workflow import STATEMENT
from sanzi.journal.timeline import timeline
from sanzi.kernel.money import from_fen
from sanzi.kernel.refusals import Forbidden
from sanzi.orgs.tree import names_of
from sanzi.web.frame import place
from sanzi.web.pager import Pager
from sanzi.web.pages import onward, page, person_of, show

SIZE = 100
_TOWN = 9


@page("figures.view")
def calls(request: HttpRequest) -> HttpResponse:
    return _calls(request)


def _calls(request: HttpRequest, form: CallForm | None = None) -> HttpResponse:
    here, person = place(request), person_of(request)
    mine = Call.objects.visible_to(person).select_related("set_by")
    held = [one for one in mine
            if here.code.startswith(one.region) or one.region.startswith(here.code)]  # fmt: skip
    names = names_of({one.region for one in held})
    pager = Pager.over(held, request.GET)
    context = {
        "title": "收入台账填报",
        "here": here,
        "rows": [(one, names.get(one.region, one.region)) for one in pager.rows],
        "pager": pager,
        "may_open": person.can("income.collect") and len(here.code) in (4, 6, 9),
        "form": form or CallForm(initial={"year": localdate().year}),
        "today": localdate(),
    }
    return show(request, "income/calls.html", context, status=422 if form else 200)


@page("income.collect", methods=("POST",))
def open_call(request: HttpRequest) -> HttpResponse:
    form, here = CallForm(request.POST), place(request)
    if not form.is_valid():
        return _calls(request, form)
    done = writes.open_call(region=here.code, by=person_of(request), now=now(), **form.cleaned_data)
    return onward(request, "income:call", done.pk)


@page("figures.view")
def call(request: HttpRequest, pk: int) -> HttpResponseBase:
    person, here = person_of(request), place(request)
    held = get_object_or_404(Call.objects.visible_to(person), pk=pk)
    statements = list(
        Statement.objects.visible_to(person).within(here.code).filter(call=held).order_by("village")
    )
    if request.GET.get("format") == "xlsx":
        return _export(request, held, statements)
    today = localdate()
    (mine,) = progress(held, statements, [here.code], today)
    below = progress(held, statements, [one.code for one in here.children], today)
    is_own = person.region_code == here.code and here.code.startswith(held.region)
    may_report = is_own and person.can("income.collect") and len(here.code) <= _TOWN
    names = names_of({one.village for one in statements}) if len(here.code) >= _TOWN else {}
    context = {
        "title": str(held),
        "call": held,
        "here": here,
        "mine": mine,
        "is_late": today > held.due_on,
        "below": [
            (here.names.get(one.code, one.code), one, ReasonForm(auto_id=f"back-{one.code}-%s"))
            for one in below
            if one.asked
        ],
        "statements": [(names.get(one.village, one.village), one) for one in statements]
        if names
        else [],
        "own": next((one for one in statements if one.village == person.region_code), None),
        "may_report": may_report,
        "reasons": reasons_against(held, here.code) if may_report else [],
        "may_return": person.can("income.collect"),
        "export_url": f"?format=xlsx&region={here.code}"
        if person.can("registers.export")
        else None,
        "history": timeline(held, person),
    }
    return show(request, "income/call.html", context)


def _export(request: HttpRequest, held: Call, statements: Sequence[Statement]) -> FileResponse:
    if not person_of(request).can("registers.export"):
        raise Forbidden("register.export_role", "您的岗位只能查看，不能导出台账")
    here = place(request)
    names = names_of({one.village for one in statements})
    title = f"{here}{held}"
    file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115
    statements_paper(file, title, statements, names, f"编报单位：{here}　制表日期：{localdate()}")
    return FileResponse(file, as_attachment=True, filename=f"{title}.xlsx")


@page("figures.view")
def statement(request: HttpRequest, pk: int) -> HttpResponse:
    return _statement(request, pk)


def _statement(request: HttpRequest, pk: int, **wrong: Any) -> HttpResponse:
    person = person_of(request)
    held = get_object_or_404(
        Statement.objects.visible_to(person).select_related("call", "filed_by"), pk=pk
    )
    names = names_of([held.village])
    drawn = held.drawn if held.is_filed else drawn_for(held.call, held.village).amounts
    origin = held.origin if held.is_filed else drawn_for(held.call, held.village).origin
    offers = {one.step.name: one for one in STATEMENT.offers(standing(held), person)}
    is_own = held.village == person.region_code
    context = {
        "title": f"{names.get(held.village, held.village)}：{held}",
        "statement": held,
        "call": held.call,
        "origin": ORIGINS.get(origin, ""),
        "lines": [_line(part, drawn, held) for part in ASKED],
        "filing": offers.get("file") if is_own else None,
        "returning": offers.get("return"),
        "form": StatementForm(drawn=drawn, told=held.told if not held.is_filed else {}),
        "reason_form": ReasonForm(),
        "history": timeline(held, person),
    } | wrong
    return show(request, "income/statement.html", context, status=422 if wrong else 200)


def _line(part: Any, drawn: dict[str, int], held: Statement) -> tuple[str, Any, Any, Any]:
    """A part: as drawn, as told, and the difference."""
    was, told = drawn.get(part.key), held.told.get(part.key)
    gap = told - was if was is not None and told is not None and told != was else None
    return (part.label, *(None if fen is None else from_fen(fen) for fen in (was, told, gap)))


@page("income.fill", methods=("POST",))
def file_statement(request: HttpRequest, pk: int) -> HttpResponse:
    held = get_object_or_404(Statement.objects.visible_to(person_of(request)), pk=pk)
    form = StatementForm(request.POST, drawn={}, told={})
    if not form.is_valid():
        return _statement(request, held.pk, form=form)
    writes.file_statement(
        statement_id=pk, told=form.told_amounts(), explanation=form.cleaned_data["explanation"],
        by=person_of(request), now=now(),
    )  # fmt: skip
    return onward(request, "income:statement", pk)


@page("income.collect", methods=("POST",))
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    held = get_object_or_404(Statement.objects.visible_to(person_of(request)), pk=pk)
    writes.send_back(
        statement_id=held.pk, reason=request.POST.get("reason", ""), by=person_of(request),
        now=now(),
    )  # fmt: skip
    return onward(request, "income:statement", pk)


@page("income.collect", methods=("POST",))
def report(request: HttpRequest, pk: int) -> HttpResponse:
    writes.report_up(call_id=pk, by=person_of(request), now=now())
    return onward(request, "income:call", pk)


@page("income.collect", methods=("POST",))
def return_report(request: HttpRequest, pk: int) -> HttpResponse:
    done = writes.return_report(
        report_id=pk, reason=request.POST.get("reason", ""), by=person_of(request), now=now()
    )
    return onward(request, "income:call", done.call_id)
