"""下函: letters for one claim or a whole town, their service, and the replies that come back."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localdate, now

from sanzi.documents.kinds import UnfitPaper
from sanzi.documents.papers import papers_on
from sanzi.kernel.refusals import Blocked, Invalid
from sanzi.letters import runner
from sanzi.letters.actions.runs import begin_run
from sanzi.letters.models import Letter
from sanzi.letters.printing import base_of
from sanzi.letters.serving import service_events
from sanzi.receivables.actions import letters, replies
from sanzi.receivables.answering import claim_of
from sanzi.receivables.casework import Reply
from sanzi.receivables.casework_forms import EnterReplyForm, ReplyDecisionForm, SendForm, ServeForm
from sanzi.receivables.desk import NEAR_DAYS, asked_for
from sanzi.receivables.models import Claim
from sanzi.receivables.queries import without_letter
from sanzi.receivables.registers import REPLIES, badge_of
from sanzi.web.frame import place
from sanzi.web.pages import onward, page, person_of, show
from sanzi.web.registers import register_page

from .steps import find_claim


@page("claims.work", methods=("GET", "POST"))
def send(request: HttpRequest) -> HttpResponse:
    """Letters for every claim of the chosen region that the form narrows to, in one click."""
    here = place(request)
    form = SendForm(request.POST if request.method == "POST" else None)
    which = form.data.get("which", "never") if form.is_bound else request.GET.get("which", "never")
    rows = _chosen(request, here.code, which)
    if form.is_valid():
        told = dict(form.cleaned_data)
        del told["which"]
        ids = list(rows.values_list("pk", flat=True))
        try:
            sent = letters.send_letters(claim_ids=ids, by=person_of(request), now=now(), **told)
        except (Blocked, Invalid) as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"已制发 {len(sent)} 份，编号 {sent[0].serial} 起")
            span = urlencode({"first": sent[0].pk, "last": sent[-1].pk})
            return onward(request, f"{reverse('receivables:sent')}?{span}")
    context = {
        "title": "批量下函",
        "here": here,
        "form": form,
        "counts": {w: _chosen(request, here.code, w).count() for w in ("never", "all", "near")},
    }
    return show(request, "receivables/send.html", context, status=422 if form.errors else 200)


def _chosen(request: HttpRequest, code: str, which: str) -> Any:
    rows = asked_for(Claim.objects.visible_to(person_of(request)).within(code))
    if which == "near":
        return rows.filter(
            last_day__lte=localdate() + timedelta(NEAR_DAYS), last_day__gte=localdate()
        )
    return without_letter(rows) if which == "never" else rows


@page("claims.work", methods=("GET", "POST"))
def send_one(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter for one claim."""
    claim = find_claim(request, pk)
    form = SendForm(request.POST if request.method == "POST" else None, initial={"which": "all"})
    del form.fields["which"]
    if form.is_valid():
        try:
            (sent,) = letters.send_letters(
                claim_ids=[pk], by=person_of(request), now=now(), **form.cleaned_data
            )
        except (Blocked, Invalid) as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"已制发{sent.title} {sent.serial}，请打印送达")
            return onward(request, "letters:letter", sent.pk)
    context = {"title": f"下函：{claim.debtor}", "claim": claim, "form": form, "submit": "制发"}
    return show(request, "receivables/one_form.html", context, status=422 if form.errors else 200)


@page("claims.work", methods=("GET", "POST"))
def sent(request: HttpRequest) -> HttpResponse:
    """What one click wrote: the letters from one number to another, to be printed together."""
    first, last = (_number(request.GET.get(name, "")) for name in ("first", "last"))
    mine = Letter.objects.visible_to(person_of(request)).filter(pk__range=(first, last))
    rows = mine.filter(on__startswith="receivables.claim:").order_by("pk")
    if request.method == "POST":
        kind = "docx" if request.POST.get("kind") == "docx" else "pdf"
        run = begin_run(
            letter_ids=list(rows.values_list("pk", flat=True)), kind=kind, base=base_of(request),
            by=person_of(request), now=now(),
        )  # fmt: skip
        runner.start(run, run.asked_by_id)
        return onward(request, "letters:run", run.pk)
    context = {
        "title": "已制发的函",
        "many": rows.count(),
        "rows": rows[:50],
        "first": first,
        "last": last,
    }
    return show(request, "receivables/sent.html", context)


@page("claims.work", methods=("GET", "POST"))
def serve(request: HttpRequest, pk: int) -> HttpResponse:
    """送达证明 of a letter about a claim; it is a demand on the clock."""
    letter = _letter(request, pk)
    form = ServeForm(request.POST if request.method == "POST" else None, request.FILES or None)
    if form.is_valid():
        try:
            letters.serve(letter_id=pk, by=person_of(request), now=now(), **form.cleaned_data)
        except (Blocked, Invalid, UnfitPaper) as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "已登记送达")
            return onward(request, "receivables:claim", claim_of(letter).pk)
    context = {
        "title": f"送达：{letter.addressee} {letter.serial}",
        "claim": claim_of(letter),
        "services": service_events(letter),
        "form": form,
        "submit": "登记送达",
    }
    return show(request, "receivables/one_form.html", context, status=422 if form.errors else 200)


@page("claims.work", methods=("GET", "POST"))
def enter_reply(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper slip that came back."""
    letter = _letter(request, pk)
    form = EnterReplyForm(request.POST if request.method == "POST" else None, request.FILES or None)
    if form.is_valid():
        try:
            reply = replies.enter_reply(
                letter_id=pk, by=person_of(request), now=now(), **form.cleaned_data
            )
        except (Blocked, Invalid, UnfitPaper) as refusal:
            form.add_error(None, refusal.message)
        else:
            return onward(request, "receivables:reply-page", reply.pk)
    context = {
        "title": f"登记回函：{letter.addressee} {letter.serial}",
        "claim": claim_of(letter),
        "form": form,
        "submit": "登记回函",
    }
    return show(request, "receivables/one_form.html", context, status=422 if form.errors else 200)


@page("registers.view")
def replies_register(request: HttpRequest) -> HttpResponseBase:
    return register_page(request, REPLIES)


@page("registers.view", methods=("GET", "POST"))
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """One reply: what was answered, what our books say, and the two ways it can go."""
    person = person_of(request)
    mine = Reply.objects.visible_to(person).select_related("claim", "letter", "confirmed_by")
    found = get_object_or_404(mine, pk=pk)
    form, refusal = ReplyDecisionForm(request.POST if request.method == "POST" else None), None
    if form.is_valid():
        note = form.cleaned_data["note"]
        try:
            if form.cleaned_data["do"] == "confirm":
                replies.confirm_reply(reply_id=pk, note=note, by=person, now=now())
            else:
                replies.reopen_reply(reply_id=pk, reason=note, by=person, now=now())
        except (Blocked, Invalid) as refused:
            refusal = refused
        else:
            return onward(request, "receivables:reply-page", pk)
    context = {
        "title": f"回函：{found.claim.debtor}",
        "row": found,
        "badge": badge_of(found),
        "difference": found.difference if found.amount is not None else None,
        "papers": papers_on(found),
        "may_decide": person.can("claims.work") and found.stage == "received",
        "refusal": refusal,
    }
    status = refusal.status if refusal else 422 if form.errors else 200
    return show(request, "receivables/reply.html", context, status=status)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 18 else 0


def _letter(request: HttpRequest, pk: int) -> Letter:
    mine = Letter.objects.visible_to(person_of(request)).select_related("ending", "wording")
    found: Letter = get_object_or_404(mine.filter(on__startswith="receivables.claim:"), pk=pk)
    return found
