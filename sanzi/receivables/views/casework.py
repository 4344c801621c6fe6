"""Packages, mediation cases, pursuits and clues: opening them and taking them further."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate, now

from sanzi.journal.timeline import timeline
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid
from sanzi.receivables import casework_forms as forms
from sanzi.receivables.actions import mediation, sealing
from sanzi.receivables.actions import pursuit as pursuits
from sanzi.receivables.casework import CaseClaim, Clue, MediationCase, Package, Pursuit
from sanzi.receivables.desk import asked_for
from sanzi.receivables.models import Claim
from sanzi.receivables.pursuing import steps_of
from sanzi.receivables.registers import (
    CASES,
    CLUES,
    PACKAGES,
    PURSUITS,
    badge_of,
    cases_for,
    due_badge,
    due_of_case,
    due_of_pursuit,
    with_milestones,
)
from sanzi.receivables.sealing import MATTER, answer
from sanzi.resolutions.queries import state_of
from sanzi.web.pages import onward, page, person_of, show
from sanzi.web.registers import register_page

from .steps import find_claim

CLAIMS_SHOWN = 300


@page("registers.view")
def packages(request: HttpRequest) -> HttpResponseBase:
    return register_page(request, PACKAGES)


@page("registers.view")
def cases(request: HttpRequest) -> HttpResponseBase:
    return register_page(request, CASES)


@page("registers.view")
def pursuits_register(request: HttpRequest) -> HttpResponseBase:
    return register_page(request, PURSUITS)


@page("clues.view")
def clues(request: HttpRequest) -> HttpResponseBase:
    return register_page(request, CLUES)


def _fellows(claim: Any, request: HttpRequest) -> list[Any]:
    """The claims of the village that may be taken along, this one first."""
    mine = asked_for(Claim.objects.visible_to(person_of(request)).within(claim.village))
    others = mine.exclude(pk=claim.pk).order_by("nature", "pk")[: CLAIMS_SHOWN - 1]
    return [claim, *others]


@page("claims.work", methods=("GET", "POST"))
def pack(request: HttpRequest, pk: int) -> HttpResponse:
    """打包封存: this claim and those ticked with it."""
    claim = find_claim(request, pk)
    rows = _fellows(claim, request)
    form = forms.PackForm(request.POST if request.method == "POST" else None, rows=rows)
    if form.is_valid():
        told = dict(form.cleaned_data)
        try:
            package = sealing.pack(
                claim_ids=told.pop("claims"), by=person_of(request), now=now(), **told
            )
        except (Blocked, Invalid) as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "已列入封存清单；决议生效后由乡镇审批")
            return onward(request, "receivables:package", package.pk)
    return _many(request, f"打包封存：{claim.debtor}", claim, rows, form, "列入封存清单")


@page("claims.work", methods=("GET", "POST"))
def mediate(request: HttpRequest, pk: int) -> HttpResponse:
    """申请诉前调解: one case over this claim and those ticked with it."""
    claim = find_claim(request, pk)
    rows = _fellows(claim, request)
    form = forms.CaseForm(request.POST if request.method == "POST" else None, rows=rows)
    if form.is_valid():
        told = dict(form.cleaned_data)
        try:
            case = mediation.open_case(
                claim_ids=told.pop("claims"), by=person_of(request), now=now(), **told
            )
        except (Blocked, Invalid) as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "已申请调解，时效自申请之日中断")
            return onward(request, "receivables:case", case.pk)
    return _many(request, f"诉前调解：{claim.debtor}", claim, rows, form, "申请调解")


def _many(
    request: HttpRequest, title: str, claim: Any, rows: list[Any], form: Form, submit: str
) -> HttpResponse:
    ticked = set(request.POST.getlist("claims")) or {str(claim.pk)}
    context = {
        "title": title,
        "claim": claim,
        "rows": [(row, str(row.pk) in ticked) for row in rows],
        "form": form,
        "submit": submit,
    }
    return show(request, "receivables/many.html", context, status=422 if form.errors else 200)


@page("registers.view", methods=("GET", "POST"))
def package(request: HttpRequest, pk: int) -> HttpResponse:
    """One package: its claims, its resolution, the town's word."""
    person = person_of(request)
    found = get_object_or_404(Package.objects.visible_to(person), pk=pk)
    refusal = None
    if request.method == "POST":
        try:
            if request.POST.get("do") == "approve":
                sealing.approve_package(package_id=pk, by=person, now=now())
            else:
                reason = request.POST.get("reason", "")
                sealing.void_package(package_id=pk, reason=reason, by=person, now=now())
        except (Blocked, Invalid, Forbidden) as refused:
            refusal = refused
        else:
            return onward(request, "receivables:package", pk)
    context = {
        "title": f"封存批次 {found.number}",
        "row": found,
        "answer": answer(found),
        "badge": badge_of(found),
        "proposals": found.proposals.select_related("claim").order_by("pk"),
        "state": state_of(f"receivables.package:{pk}", MATTER, person),
        "may_approve": person.can("claims.approve") and found.stage == "drafted",
        "refusal": refusal,
        "history": timeline(found, person),
    }
    status = refusal.status if refusal else 200
    return show(request, "receivables/package.html", context, status=status)


@page("registers.view", methods=("GET", "POST"))
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """调解室: one case, its claims, and what comes next."""
    person = person_of(request)
    found = get_object_or_404(cases_for(person), pk=pk)
    offered = _case_forms(request, found) if person.can("claims.work") else []
    refusal, status = None, 422 if request.method == "POST" else 200
    for name, _, form, take in offered:
        if request.POST.get("do") != name:
            continue
        if form.is_valid():
            try:
                take(case_id=pk, by=person, now=now(), **form.cleaned_data)
            except (Blocked, Invalid) as refused:
                refusal, status = refused, refused.status
            else:
                return onward(request, "receivables:case", pk)
    due = due_of_case(found)
    inside = CaseClaim.objects.visible_to(person).filter(case=found)
    context = {
        "title": f"调解案 {found.number}",
        "row": found,
        "badge": badge_of(found),
        "due": due_badge(due),
        "basis": due.basis if due else "",
        "claims": inside.select_related("claim").order_by("pk"),
        "offered": [(name, label, form) for name, label, form, _ in offered],
        "refusal": refusal,
        "history": timeline(found, person),
    }
    return show(request, "receivables/case.html", context, status=status)


def _case_forms(
    request: HttpRequest, found: MediationCase
) -> list[tuple[str, str, Any, Callable[..., Any]]]:
    """The forms of a case at its stage: name, title, form, action."""
    steps: dict[str, tuple[str, Any, Callable[..., Any], tuple[str, ...]]] = {
        "agree": ("达成协议", forms.AgreeForm, mediation.agree, ("open",)),
        "court": ("司法确认", forms.CourtForm, mediation.confirm_by_court, ("agreed",)),
        "end": ("结案", forms.EndCaseForm, mediation.end_case, ("open", "agreed", "confirmed")),
    }
    sent = request.POST.get("do") if request.method == "POST" else None
    return [
        (name, title, form(request.POST if sent == name else None, prefix=None), take)
        for name, (title, form, take, stages) in steps.items()
        if found.stage in stages
    ]


@page("claims.work", methods=("GET", "POST"))
def pursue(request: HttpRequest, pk: int) -> HttpResponse:
    """申请支付令、起诉、申请执行."""
    claim = find_claim(request, pk)
    form = forms.PursueForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            found = pursuits.pursue(
                claim_id=pk, by=person_of(request), now=now(), **form.cleaned_data
            )
        except (Blocked, Invalid) as refusal:
            form.add_error(None, refusal.message)
        else:
            return onward(request, "receivables:pursuit", found.pk)
    context = {
        "title": f"依法追缴：{claim.debtor}",
        "claim": claim,
        "form": form,
        "submit": "登记申请",
    }
    return show(request, "receivables/one_form.html", context, status=422 if form.errors else 200)


@page("registers.view", methods=("GET", "POST"))
def pursuit(request: HttpRequest, pk: int) -> HttpResponse:
    """One pursuit: its days, and what the law asks for next."""
    person = person_of(request)
    found = get_object_or_404(Pursuit.objects.visible_to(person).select_related("claim"), pk=pk)
    with_milestones([found])
    names = steps_of(found.kind)
    known = {one.name for one in found.days}
    rest = [(name, label) for name, label in names.items() if name not in known]
    form = forms.ReachForm(request.POST if request.method == "POST" else None, steps=rest)
    if form.is_valid():
        try:
            pursuits.reach(pursuit_id=pk, by=person, now=now(), **form.cleaned_data)
        except (Blocked, Invalid, Forbidden) as refusal:
            form.add_error(None, refusal.message)
        else:
            return onward(request, "receivables:pursuit", pk)
    due = due_of_pursuit(found)
    context = {
        "title": f"{found.get_kind_display()}：{found.claim.debtor}",
        "row": found,
        "days": [(names[one.name], one) for one in found.days],
        "due": due_badge(due),
        "basis": due.basis if due else "",
        "form": form if found.is_live and person.can("claims.work") else None,
        "history": timeline(f"receivables.claim:{found.claim_id}", person),
    }
    return show(request, "receivables/pursuit.html", context, status=422 if form.errors else 200)


@page("clues.view", methods=("GET", "POST"))
def hand_clue(request: HttpRequest, pk: int) -> HttpResponse:
    """移送线索; only inspection and the town leader come this far."""
    claim = find_claim(request, pk)
    form = forms.ClueForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            found = pursuits.hand_clue(
                claim_id=pk, by=person_of(request), now=now(), **form.cleaned_data
            )
        except (Blocked, Invalid) as refusal:
            form.add_error(None, refusal.message)
        else:
            return onward(request, "receivables:clue", found.pk)
    context = {"title": f"移送线索：{claim.debtor}", "claim": claim, "form": form, "submit": "移送"}
    return show(request, "receivables/one_form.html", context, status=422 if form.errors else 200)


@page("clues.view", methods=("GET", "POST"))
def clue(request: HttpRequest, pk: int) -> HttpResponse:
    """One clue; opening it is itself restricted to who may know."""
    person = person_of(request)
    found = get_object_or_404(Clue.objects.visible_to(person).select_related("claim"), pk=pk)
    told, opens = "", request.POST.get("do") == "open"
    if opens:
        told = pursuits.read_clue(clue_id=pk, by=person, now=now())
    form = forms.ClueAnswerForm(request.POST if request.method == "POST" and not opens else None)
    if form.is_valid():
        try:
            pursuits.answer_clue(clue_id=pk, by=person, now=now(), **form.cleaned_data)
        except (Blocked, Invalid) as refusal:
            form.add_error(None, refusal.message)
        else:
            return onward(request, "receivables:clue", pk)
    context = {
        "title": found.number,
        "row": found,
        "facts": told,
        "form": None if found.answered_on else form,
        "today": localdate(),
    }
    return show(request, "receivables/clue.html", context, status=422 if form.errors else 200)


@page("claims.approve", methods=("GET", "POST"))
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """解除封存."""
    claim = find_claim(request, pk)
    form = forms.ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            sealing.release(
                claim_id=pk, reason=form.cleaned_data["reason"], by=person_of(request), now=now()
            )
        except (Blocked, Invalid) as refusal:
            form.add_error(None, refusal.message)
        else:
            return onward(request, "receivables:claim", pk)
    context = {
        "title": f"解除封存：{claim.debtor}",
        "claim": claim,
        "form": form,
        "submit": "解除封存",
    }
    return show(request, "receivables/one_form.html", context, status=422 if form.errors else 200)
