"""借款审批: the list, one loan, asking for one, deciding."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.timezone import now

from sanzi.documents.papers import papers_on
from sanzi.journal.recorder import key
from sanzi.journal.timeline import timeline
from sanzi.kernel.refusals import Refusal
from sanzi.orgs.models import Region
from sanzi.orgs.tree import names_of
from sanzi.resolutions.queries import state_of
from sanzi.web.pages import onward, page, person_of, show
from sanzi.web.registers import register_page

from . import actions
from .control import drawn_of
from .forms import DecideForm, LoanForm
from .limits import SMALL
from .models import Loan
from .registers import LOANS


@page("registers.view")
def loans(request: HttpRequest) -> HttpResponseBase:
    return register_page(request, LOANS)


@page("registers.view")
def loan(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_of(request)
    mine = Loan.objects.visible_to(person).select_related("proposed_by", "decided_by")
    found = get_object_or_404(mine, pk=pk)
    is_open = found.stage == "proposed"
    needs = found.amount > SMALL
    context = {
        "title": f"向{found.lender}借款",
        "loan": found,
        "village": names_of([found.village]).get(found.village, found.village),
        "drawn": drawn_of([found.pk]).get(found.pk, 0),
        "papers": list(papers_on(found)),
        "decision": state_of(key(found), actions.MATTER, person) if needs else None,
        "against": actions.reasons_against(found) if is_open else [],
        "may_decide": is_open and person.can("debts.approve"),
        "may_withdraw": is_open and found.proposed_by_id == person.pk,
        "history": timeline(found, person),
    }
    return show(request, "borrowing/loan.html", context)


@page("debts.work", methods=("GET", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    below = Region.objects.filter(
        level=Region.Level.VILLAGE, code__startswith=person.region_code or "-"
    )
    villages = list(below.order_by("code").values_list("code", "name")[:2000])
    form = LoanForm(
        request.POST if request.method == "POST" else None, request.FILES or None, villages=villages
    )
    refused: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.propose(by=person, now=now(), **form.facts())
            return onward(request, "borrowing:loan", made.pk)
        except Refusal as refusal:
            refused = refusal
    status = refused.status if refused else 422 if form.errors else 200
    context = {"title": "申请借款", "form": form, "refused": refused}
    return show(request, "borrowing/new.html", context, status=status)


@page("debts.approve", methods=("POST",))
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    form = DecideForm(request.POST)
    approves = form.is_valid() and form.cleaned_data["decision"] == "approve"
    reason = form.data.get("reason", "")[:200]
    actions.decide(loan_id=pk, approves=approves, reason=reason, by=person_of(request), now=now())
    return onward(request, "borrowing:loan", pk)


@page("debts.work", methods=("POST",))
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    actions.withdraw(loan_id=pk, by=person_of(request), now=now())
    return onward(request, "borrowing:loan", pk)
