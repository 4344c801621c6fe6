"""民间欠款: the list, a new one, one with its confirmation and movements."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import now

from sanzi.documents.kinds import UnfitPaper
from sanzi.documents.papers import papers_on
from sanzi.journal.timeline import timeline
from sanzi.kernel.money import grouped
from sanzi.kernel.refusals import Blocked, Invalid
from sanzi.netting.actions import private
from sanzi.netting.forms import DeclareForm, EnterDebtForm
from sanzi.netting.models import PrivateDebt
from sanzi.netting.queries import nettings_of
from sanzi.netting.registers import DEBTS, debt_badge
from sanzi.orgs.models import Region
from sanzi.orgs.tree import names_of
from sanzi.web.formats import day
from sanzi.web.frame import chosen_code
from sanzi.web.pages import onward, page, person_of, show
from sanzi.web.registers import register_page

DECLARE = "netting.declare"
_VILLAGES_MAX = 2000


def _find(request: HttpRequest, pk: int) -> Any:
    mine = PrivateDebt.objects.visible_to(person_of(request))
    return get_object_or_404(mine.select_related("asked", "declared_by", "entered_by"), pk=pk)


@page("registers.view")
def debts(request: HttpRequest) -> HttpResponseBase:
    may = person_of(request).can(DECLARE)
    links = (("登记民间欠款", reverse("netting:debt-new")),) if may else ()
    return register_page(request, replace(DEBTS, actions=links))


@page(DECLARE, methods=("GET", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    """The form: two parties, an amount, what shows it, and who tells it."""
    region = chosen_code(request)
    below = Region.objects.filter(level=Region.Level.VILLAGE, code__startswith=region or "-")
    villages = list(below.order_by("code").values_list("code", "name")[:_VILLAGES_MAX])
    posted = request.POST if request.method == "POST" else None
    form = DeclareForm(posted, request.FILES or None, villages=villages)
    if form.is_valid():
        try:
            made = private.declare(by=person_of(request), now=now(), **form.told())
        except (Invalid, Blocked, UnfitPaper) as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"已登记 {made.number}，请把确认书交给{made.other}")
            return onward(request, "netting:debt", made.pk)
    context = {"title": "登记民间欠款", "form": form}
    return show(request, "netting/debt_new.html", context, status=422 if form.errors else 200)


@page("registers.view")
def debt(request: HttpRequest, pk: int) -> HttpResponse:
    return _shown(request, _find(request, pk), {})


def _shown(request: HttpRequest, found: Any, clear: dict[str, str]) -> HttpResponse:
    person = person_of(request)
    may = person.can(DECLARE)
    places = names_of([found.village])
    context = {
        "title": f"{found.debtor}欠{found.creditor}",
        "row": found,
        "badge": debt_badge(found),
        "place": places.get(found.village, found.village),
        "facts": [
            ("编号", found.number),
            ("欠款方", f"{found.debtor}（{found.debtor_kind}）"),
            ("欠款方证件号", clear.get("debtor_id") or found.debtor_id or ""),
            ("欠款方电话", clear.get("debtor_phone") or found.debtor_phone or ""),
            ("被欠方", f"{found.creditor}（{found.creditor_kind}）"),
            ("被欠方证件号", clear.get("creditor_id") or found.creditor_id or ""),
            ("被欠方电话", clear.get("creditor_phone") or found.creditor_phone or ""),
            ("欠款", f"{grouped(found.amount)} 元"),
            ("形成日期", day(found.formed_on)),
            ("约定归还日期", day(found.due_on) if found.due_on else ""),
            ("事由", found.words),
            ("凭据", found.evidence),
            ("申报方", found.teller),
        ],
        "movements": list(found.movements.order_by("pk")),
        "nettings": nettings_of(found, person),
        "may_enter": may and found.stage == PrivateDebt.Stage.DECLARED,
        "may_cancel": may and found.stage != PrivateDebt.Stage.CANCELLED,
        "may_reveal": person.can("sealed.reveal") and not clear,
        "papers": papers_on(found),
        "history": timeline(found, person),
    }
    return show(request, "netting/debt.html", context)


@page(DECLARE, methods=("GET", "POST"))
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """The signed paper of the side that was asked, with its scan."""
    found = _find(request, pk)
    posted = request.POST if request.method == "POST" else None
    form = EnterDebtForm(posted, request.FILES or None)
    if form.is_valid():
        try:
            private.enter_debt(debt_id=pk, by=person_of(request), now=now(), **form.cleaned_data)
        except (Invalid, UnfitPaper) as refusal:
            form.add_error(None, refusal.message)
        else:
            return onward(request, "netting:debt", pk)
    context = {"title": f"登记确认：{found.other}", "row": found, "form": form}
    return show(request, "netting/debt_enter.html", context, status=422 if form.errors else 200)


@page(DECLARE, methods=("POST",))
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    reason = request.POST.get("reason", "")[:200]
    private.cancel_debt(debt_id=pk, reason=reason, by=person_of(request), now=now())
    messages.success(request, "已注销")
    return onward(request, "netting:debt", pk)


@page("sealed.reveal", methods=("POST",))
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """Numbers and telephones in clear, once, for the reason given."""
    found = _find(request, pk)
    reason = request.POST.get("reason", "")[:100]
    clear = private.reveal_debt(debt_id=pk, reason=reason, by=person_of(request), now=now())
    return _shown(request, found, clear)
