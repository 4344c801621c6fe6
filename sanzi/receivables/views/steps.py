"""Proposing a step on a claim, and what becomes of it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate, now

from sanzi.documents.kinds import UnfitPaper
from sanzi.documents.papers import papers_on
from sanzi.journal.timeline import timeline
from sanzi.kernel.money import ZERO, capitals
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Refusal
from sanzi.orgs.tree import names_of
from sanzi.receivables.actions import replies, steps
from sanzi.receivables.casework import Proposal
from sanzi.receivables.casework_forms import ConfirmingForm, DecideForm, PlanForm, ProposeForm
from sanzi.receivables.desk import confirmable
from sanzi.receivables.doors import ring_of
from sanzi.receivables.estates import estate_of
from sanzi.receivables.ledgers import choices_of_money
from sanzi.receivables.models import Claim
from sanzi.receivables.postings import TEMPLATES
from sanzi.receivables.registers import PROPOSALS, badge_of
from sanzi.receivables.seven import APPROVE, KINDS
from sanzi.receivables.taking_back import why_not
from sanzi.receivables.workflow import APART
from sanzi.web.frame import place
from sanzi.web.pager import Pager
from sanzi.web.pages import onward, page, person_of, show
from sanzi.web.registers import register_page

CONFIRMED_AT_ONCE = 50


def find_claim(request: HttpRequest, pk: int) -> Any:
    """A claim of this person's region, or 404."""
    return get_object_or_404(Claim.objects.visible_to(person_of(request)), pk=pk)


@page("claims.work", methods=("GET", "POST"))
def propose(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The form of one money step."""
    claim, what = find_claim(request, pk), KINDS.get(kind)
    if what is None or what.code in APART:
        raise Http404
    given = request.POST if request.method == "POST" else None
    form = ProposeForm(
        given, request.FILES or None, kind=what, left=claim.left or ZERO,
        accounts=choices_of_money(claim.village),
        is_of_heirs=what.event == "part_payment" and estate_of(claim) is not None,
    )  # fmt: skip
    if form.is_valid():
        try:
            done = steps.propose(
                claim_id=pk, kind=kind, by=person_of(request), now=now(), **form.told()
            )
        except (Blocked, Invalid, UnfitPaper) as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"已提出{what.label}，等{_waits(done)}")
            return onward(request, "receivables:proposal", done.pk)
    context = {
        "title": f"{what.label}：{claim.debtor}",
        "claim": claim,
        "kind": what,
        "ring": ring_of(kind),
        "effect": TEMPLATES[what.template].effect if what.template else "",
        "form": form,
    }
    return show(request, "receivables/propose.html", context, status=422 if form.errors else 200)


@page("registers.view")
def proposals(request: HttpRequest) -> HttpResponseBase:
    return register_page(request, PROPOSALS)


@page("registers.view", methods=("GET", "POST"))
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal: what it will do to the books, who decided, what is next."""
    mine = Proposal.objects.visible_to(person_of(request))
    found = get_object_or_404(mine.select_related("claim"), pk=pk)
    form, refusal = DecideForm(request.POST if request.method == "POST" else None), None
    if form.is_valid():
        try:
            _decide(request, pk, **form.cleaned_data)
        except (Blocked, Invalid, Forbidden) as refused:
            refusal = refused
        else:
            return onward(request, "receivables:proposal", pk)
    return _show(request, found, form, refusal)


def _decide(request: HttpRequest, pk: int, do: str, reason: str) -> None:
    told: dict[str, Any] = {"by": person_of(request), "now": now()}
    if do == "approve":
        steps.approve(proposal_id=pk, **told)
    elif do == "confirm":
        steps.confirm(proposal_ids=[pk], **told)
    elif do == "decline":
        steps.decline(proposal_id=pk, reason=reason, **told)
    elif do == "take_back":
        key = f"back-{pk}"
        steps.take_back(proposal_id=pk, reason=reason, dated=localdate(), key=key, **told)
    else:
        steps.withdraw(proposal_id=pk, reason=reason, **told)


def _show(
    request: HttpRequest, found: Any, form: DecideForm, refusal: Refusal | None
) -> HttpResponse:
    person = person_of(request)
    mine = found.proposed_by_id == person.pk
    context = {
        "title": f"{found.what.label}：{found.claim.debtor}",
        "row": found,
        "badge": badge_of(found),
        "village": names_of([found.village]).get(found.village, found.village),
        "capitals": capitals(found.amount),
        "net": found.amount - found.waived + found.interest,
        "effect": TEMPLATES[found.what.template].effect if found.what.template else "",
        "ring": ring_of(found.kind),
        "papers": papers_on(found),
        "waits": _waits(found),
        "may_decide": bool(found.next_needs)
        and person.can(found.next_needs)
        and not found.package_id,
        "decision": ("approve", "审批同意")
        if found.next_needs == APPROVE
        else ("confirm", "复核入账"),
        "why_not": "提出人不能审核自己的清收单，请由另一人办理" if mine else "",
        "may_withdraw": mine and bool(found.next_needs) and not found.package_id,
        "may_take_back": person.can("claims.work") and why_not(found, localdate()) is None,
        "form": form,
        "refusal": refusal,
        "history": timeline(f"receivables.claim:{found.claim_id}", person),
    }
    status = refusal.status if refusal else 422 if form.errors else 200
    return show(request, "receivables/proposal.html", context, status=status)


def _waits(found: Any) -> str:
    if not found.next_needs:
        return ""
    return "乡镇分管领导审批" if found.next_needs == APPROVE else "主管会计复核入账"


@page("claims.confirm", methods=("GET", "POST"))
def confirming(request: HttpRequest) -> HttpResponse:
    """Everything that waits for the books: ticked and completed in one go, all of it or nothing."""
    person, here = person_of(request), place(request)
    rows = confirmable(Proposal.objects.visible_to(person).within(here.code))
    rows = (
        rows.exclude(proposed_by=person)
        .select_related("claim", "proposed_by")
        .order_by("dated", "pk")
    )
    pager = Pager.over(rows, request.GET, size=CONFIRMED_AT_ONCE)
    form, refusal = (
        ConfirmingForm(request.POST if request.method == "POST" else None, rows=pager.rows),
        None,
    )
    if form.is_valid():
        try:
            done = steps.confirm(proposal_ids=form.cleaned_data["proposals"], by=person, now=now())
        except (Blocked, Invalid, Forbidden) as refused:
            refusal = refused
        else:
            messages.success(request, f"已复核入账 {len(done)} 张清收单，凭证已记账")
            return onward(request, "receivables:confirming")
    names = names_of({row.village for row in pager.rows})
    context = {
        "title": "待复核入账",
        "here": here,
        "pager": pager,
        "rows": [(row, names.get(row.village, row.village)) for row in pager.rows],
        "form": form,
        "refusal": refusal,
    }
    status = refusal.status if refusal else 422 if form.errors else 200
    return show(request, "receivables/confirming.html", context, status=status)


@page("claims.work", methods=("GET", "POST"))
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """签订分期协议."""
    claim = find_claim(request, pk)
    form = PlanForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            letter = replies.agree_plan(
                claim_id=pk, by=person_of(request), now=now(), **form.cleaned_data
            )
        except (Blocked, Invalid) as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"已签订分期协议 {letter.serial}，时效重新计算")
            return onward(request, "receivables:claim", pk)
    context = {
        "title": f"分期还款：{claim.debtor}",
        "claim": claim,
        "form": form,
        "today": localdate(),
        "submit": "签订分期协议",
    }
    return show(request, "receivables/one_form.html", context, status=422 if form.errors else 200)
