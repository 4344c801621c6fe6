"""The limitation clock for anybody, and what happened to one claim's limitation."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate, now

from sanzi.kernel.refusals import Invalid
from sanzi.receivables.actions import limitation as actions
from sanzi.receivables.forms import EndForm, EventForm, WithdrawForm
from sanzi.receivables.limitation.answer import ADVICE, TONES, WORDS, days_said, document
from sanzi.receivables.limitation.asked import ROWS_MAX, STARTS, document_of, rows_of
from sanzi.receivables.limitation.clock import read
from sanzi.receivables.limitation.facts import KINDS, NATURES, PROCEDURES, read_facts
from sanzi.receivables.models import Claim, LimitationEvent
from sanzi.web.pages import ANYONE, onward, page, person_of, show

PROOFS = {
    "signed": "对方签字、盖章或捺印",
    "delivered": "有送达、受理或到账证明",
    "none": "没有证据",
}


@page(ANYONE)
def clock(request: HttpRequest) -> HttpResponse:
    """Facts in, last day and reasons out; the address is the whole question."""
    asked = {name: str(value)[:4000] for name, value in request.GET.items()}
    given = document_of(asked, localdate().isoformat())
    reading, wrong = None, ""
    if asked.get("begins") or asked.get("instalments"):
        try:
            reading = read(read_facts(given))
        except Invalid as refusal:
            wrong = _in_words(refusal.message)
    if asked.get("format") == "json" and reading:
        return JsonResponse(document(reading), json_dumps_params={"ensure_ascii": False})
    rows = rows_of(asked)
    context = {
        "title": "诉讼时效计算",
        "asked": {"nature": "other", "start": "due", **asked},
        "today": localdate(),
        "rows": rows,
        "more_rows": min(len(rows) + 4, ROWS_MAX),
        "kinds": KINDS,
        "procedures": "、".join(PROCEDURES.values()),
        "natures": NATURES,
        "starts": STARTS,
        "proofs": PROOFS,
        "reading": reading,
        "wrong": wrong,
        "json_url": f"?{request.GET.urlencode()}&format=json",
        **(_said(reading) if reading else {}),
    }
    return render(request, "receivables/clock.html", context, status=422 if wrong else 200)


def _said(reading: Any) -> dict[str, str]:
    return {
        "word": WORDS[reading.status],
        "tone": TONES[reading.status],
        "advice": ADVICE[reading.status],
        "days": days_said(reading.days_left),
    }


# How the clock's refusals name fields, and what the form calls them.
_FIELDS = {
    "instalments": "各期到期日", "refused_on": "起算日", "grace_end": "起算日",
    "harm_on": "受损日", "ended_on": "终结日期", "evidence": "证据", "as_of": "截至日期",
    "date": "日期", "due": "起算日", "kind": "事项",
}  # fmt: skip


def _in_words(message: str) -> str:
    for place in range(ROWS_MAX, -1, -1):
        message = message.replace(f"events[{place}].", f"第 {place + 1} 项")
        message = message.replace(f"events[{place}]", f"第 {place + 1} 项")
        message = message.replace(f"instalments[{place}].", f"第 {place + 1} 期")
    for name, word in _FIELDS.items():
        message = message.replace(name, word)
    return message


@page("limitation.record", methods=("GET", "POST"))
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter one event of a claim's limitation, with its proof."""
    claim = _mine(request, pk)
    form = EventForm(request.POST if request.method == "POST" else None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        actions.record_event(
            claim_id=claim.pk, by=person_of(request), now=now(), **form.cleaned_data
        )
        return onward(request, "receivables:claim", claim.pk)
    context = {"title": "登记时效事项", "claim": claim, "form": form}
    status = 422 if form.errors else 200
    return show(request, "receivables/limitation_event.html", context, status=status)


@page("limitation.record", methods=("GET", "POST"))
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Say when a suit, order, mediation or execution ended."""
    event = _event(request, pk)
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.end_procedure(
            event_id=event.pk, by=person_of(request), now=now(), **form.cleaned_data
        )
        return onward(request, "receivables:claim", event.claim_id)
    context = {"title": f"登记终结：{event}", "claim": event.claim, "form": form}
    status = 422 if form.errors else 200
    return show(request, "receivables/limitation_event.html", context, status=status)


@page("limitation.record", methods=("GET", "POST"))
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an entry back as wrong; it stays to be read."""
    event = _event(request, pk)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.withdraw_event(
            event_id=event.pk, by=person_of(request), now=now(), **form.cleaned_data
        )
        return onward(request, "receivables:claim", event.claim_id)
    context = {"title": f"撤回登记：{event}", "claim": event.claim, "form": form}
    status = 422 if form.errors else 200
    return show(request, "receivables/limitation_event.html", context, status=status)


def _mine(request: HttpRequest, pk: int) -> Claim:
    found: Claim = get_object_or_404(Claim.objects.visible_to(person_of(request)), pk=pk)
    return found


def _event(request: HttpRequest, pk: int) -> LimitationEvent:
    mine = LimitationEvent.objects.visible_to(person_of(request)).select_related("claim")
    found: LimitationEvent = get_object_or_404(mine, pk=pk)
    return found
