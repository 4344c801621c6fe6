"""Proposals: the list, a new one with what qualifies, one with its circles and consents."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localdate, now

from sanzi.access.models import Person
from sanzi.documents.papers import papers_on
from sanzi.journal.timeline import timeline
from sanzi.kernel.money import ZERO
from sanzi.kernel.refusals import Invalid, Missing
from sanzi.netting import saying
from sanzi.netting.actions import consenting, proposing, settling
from sanzi.netting.booking import EFFECT
from sanzi.netting.facing import Facing
from sanzi.netting.forms import EnterForm, ProposeForm, StepForm
from sanzi.netting.keeping import obligations_of
from sanzi.netting.models import Consent, Proposal
from sanzi.netting.queries import circles_of, consents_of, scope_of, settlement_of, vouchers_of
from sanzi.netting.registers import PROPOSALS, badge_of
from sanzi.netting.stages import ASKING
from sanzi.netting.workflow import NETTING, PROPOSE, WITH_REASON
from sanzi.orgs.tree import names_of
from sanzi.web.frame import chosen_code
from sanzi.web.pages import onward, page, person_of, show
from sanzi.web.registers import register_page

# The page lists so many of what is left out; all are counted.
SHOWN_MAX = 200


@page("registers.view")
def proposals(request: HttpRequest) -> HttpResponseBase:
    may = person_of(request).can(PROPOSE)
    links = (("提出冲转方案", reverse("netting:new")),) if may else ()
    return register_page(request, replace(PROPOSALS, actions=links))


@page(PROPOSE, methods=("GET", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    """What of the chosen region qualifies, why the rest does not, and the form."""
    person, region = person_of(request), chosen_code(request)
    form = ProposeForm(
        request.POST if request.method == "POST" else None,
        initial={"title": f"{localdate():%Y年%m月}冲转"},
    )
    if form.is_valid():
        try:
            made = proposing.propose(region=region, by=person, now=now(), **form.cleaned_data)
        except Invalid as refusal:
            form.add_error(None, refusal.message)
        else:
            return onward(request, "netting:proposal", made.pk)
    scope = scope_of(person, region, localdate())
    context = {
        "title": "提出冲转方案",
        "place": scope.place,
        "form": form,
        "pairs": len(scope.pairs),
        "owed": sum((one.left for one in scope.pairs), ZERO),
        "parties": len({key for one in scope.pairs for key in (one.debtor, one.creditor)}),
        "out": [(one, scope.rows[one.kind, one.pk], why) for one, why in scope.out[:SHOWN_MAX]],
        "out_count": len(scope.out),
        "out_sum": sum((one.left for one, _ in scope.out), ZERO),
        "shown_max": SHOWN_MAX,
    }
    return show(request, "netting/new.html", context, status=422 if form.errors else 200)


@page("registers.view")
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Before and after, circles, consents, settlement, and what is next."""
    person = person_of(request)
    found = get_object_or_404(
        Proposal.objects.visible_to(person).select_related("made_by", "paper"), pk=pk
    )
    rows, circles = list(obligations_of(found)), circles_of(found)
    moved = [row for row in rows if row.cancelled]
    consents, done = consents_of(found), settlement_of(found)
    parties, drawn = saying.per_party(moved), saying.pictures(circles, moved)
    facing = Facing(found, person)
    # Read already, and not again.
    facing.asked = [one for one in consents if one.is_asked]
    offers = NETTING.offers(facing, person)
    context = {
        "title": found.title,
        "row": found,
        "badge": badge_of(found),
        "place": names_of([found.village]).get(found.village, found.village),
        "answer": saying.answer(found, circles, len(parties)),
        "proof": saying.proof(found),
        "pictures": drawn.pictures,
        "drawn": drawn.circles,
        "undrawn": len(circles) - drawn.circles,
        "is_wide": drawn.is_wide,
        "circles": [(one, saying.words_of(one)) for one in circles[:SHOWN_MAX]],
        "moved": moved[:SHOWN_MAX],
        "unmoved": len(rows) - len(moved),
        "silent": [one for one in consents if one.is_left_out],
        "papers_told": saying.papers_told(found, circles),
        "asked": [(one, parties.get(one.member)) for one in consents if one.is_asked],
        "refused": [one for one in consents if one.answer == Consent.Answer.NO],
        "done": done,
        "vouchers": vouchers_of(done) if done else [],
        "without": list(names_of(done.without_books).values()) if done else [],
        "effect": EFFECT,
        "on": [offer for offer in offers if offer.step.name not in WITH_REASON],
        "back": [offer for offer in offers if offer.step.name in WITH_REASON],
        "may_enter": found.stage in ASKING and person.can(PROPOSE),
        "papers": papers_on(found),
        "history": timeline(found, person),
    }
    return show(request, "netting/proposal.html", context)


@page("registers.view", methods=("POST",))
def step(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_of(request)
    get_object_or_404(Proposal.objects.visible_to(person), pk=pk)
    form = StepForm(request.POST)
    told = form.cleaned_data if form.is_valid() else {"step": "", "reason": ""}
    taken: Any = _STEPS.get(told["step"])
    if taken is None:
        raise Invalid("netting.step", "没有这一步，请从页面上的按钮办理")
    more = {"reason": told["reason"]} if told["step"] in WITH_REASON else {}
    taken(proposal_id=pk, by=person, now=now(), **more)
    messages.success(request, f"已办理：{NETTING[told['step']].label}")
    return onward(request, "netting:proposal", pk)


_STEPS = {
    "send": proposing.send,
    "leave_out": proposing.leave_out,
    "withdraw": proposing.withdraw,
    "settle": settling.settle,
    "ask_reversal": settling.ask_reversal,
    "keep": settling.keep,
    "reverse": settling.reverse,
}


@page(PROPOSE, methods=("GET", "POST"))
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """The signed paper of one party, with its scan."""
    person = person_of(request)
    consent = get_object_or_404(
        Consent.objects.visible_to(person).select_related("proposal", "slip"), pk=pk
    )
    if not consent.is_asked:
        raise Missing("netting.consent", "这一方不在现在的方案里")
    form = EnterForm(request.POST if request.method == "POST" else None, request.FILES or None)
    if form.is_valid():
        try:
            consenting.enter(consent_id=pk, by=person, now=now(), **form.cleaned_data)
        except Invalid as refusal:
            form.add_error(None, refusal.message)
        else:
            return onward(request, *_back(person, consent))
    address, pk = _back(person, consent)
    context = {
        "title": f"登记{consent.name}的答复",
        "consent": consent,
        "form": form,
        "back": reverse(address, args=(pk,)),
    }
    return show(request, "netting/enter.html", context, status=422 if form.errors else 200)


def _back(person: Person, consent: Consent) -> tuple[str, int]:
    """The whole proposal for whom it is in sight; the part of its own for an office below it."""
    if Proposal.objects.visible_to(person).filter(pk=consent.proposal_id).exists():
        return "netting:proposal", consent.proposal_id
    return "netting:part", consent.pk
