"""One participant: what it hands in, what the organiser types, its result, its grant."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import now

from sanzi.contests import queries
from sanzi.contests.actions import awards, entering, people
from sanzi.contests.cards import METRIC
from sanzi.contests.forms import FillForm, GrantForm, ReasonForm, StatementForm, UseForm
from sanzi.contests.models import Award, Contest, Entry, Result, used_of
from sanzi.contests.stages import EntryStage, Stage
from sanzi.contests.workflow import HANDING_IN
from sanzi.journal.timeline import timeline
from sanzi.kernel.refusals import Missing
from sanzi.web.pages import onward, page, person_of, show

from .scoped import entry_of, runs


@page("contests.view")
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, entry_of(request, pk))


def _show(request: HttpRequest, held: Entry, **wrong: Any) -> HttpResponse:
    person, round_ = person_of(request), held.round
    is_own = person.region_code == held.region
    may_run = runs(person, round_.contest)
    if not (is_own or may_run or held.is_in):
        raise Missing("scope.missing", "没有找到该记录")
    may_write = is_own and person.can("contests.enter") and not held.is_in
    mine = Award.objects.visible_to(person).prefetch_related("uses")
    award = mine.filter(entry=held).first()
    result = queries.latest(Result.objects.visible_to(person).filter(entry=held)).first()
    context = {
        "title": f"{held}：{round_}",
        "entry": held,
        "round": round_,
        "contest": round_.contest,
        # A draft is its own: the organiser sees that there is one, not what it says.
        "shows_text": is_own or held.is_in,
        "may_write": may_write and round_.stage in (Stage.PREPARING, Stage.OPEN),
        "may_run": may_run,
        "may_fill": may_run and round_.stage in (Stage.PREPARING, Stage.OPEN),
        "statement_form": StatementForm(
            initial={"statement": held.statement, "pledge": held.pledge} if is_own else None
        ),
        "fill_form": _fill_form(held),
        "reason_form": ReasonForm(),
        "offers": _offers(held, person),
        "result": result,
        "award": award,
        "used": used_of(award) if award else None,
        "grant_form": GrantForm(),
        "use_form": UseForm(),
        "may_grant": may_run and _is_granted_here(held) and award is None
        and result is not None,
        "may_tell": is_own and person.can("contests.enter") and award is not None,
        "is_draft": held.stage == EntryStage.DRAFT,
        "history": timeline(held, person),
    } | wrong  # fmt: skip
    return show(request, "contests/entry.html", context, status=422 if wrong else 200)


def _is_granted_here(held: Entry) -> bool:
    is_funding = held.round.contest.kind == Contest.Kind.FUNDING
    return is_funding and held.round.stage == Stage.PUBLISHED


def _offers(held: Entry, person: Any) -> list[Any]:
    own = [
        o for o in HANDING_IN.offers(queries.handing_in(held), person) if o.step.name == "submit"
    ]
    return own if person.region_code == held.region else []


def _fill_form(held: Entry, data: Any = None) -> FillForm:
    card = queries.card_of_round(held.round)
    return FillForm(
        data, lines=queries.typed(card), vetoes=card.vetoes, known=held.typed, met=held.vetoes
    )


@page("contests.enter", methods=("POST",))
def write(request: HttpRequest, pk: int) -> HttpResponse:
    held, form = entry_of(request, pk), StatementForm(request.POST)
    if not form.is_valid():
        return _show(request, held, statement_form=form)
    entering.write(entry_id=pk, by=person_of(request), now=now(), **form.cleaned_data)
    return onward(request, "contests:entry", pk)


@page("contests.enter", methods=("POST",))
def hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    entering.hand_in(entry_id=entry_of(request, pk).pk, by=person_of(request), now=now())
    return onward(request, "contests:entry", pk)


@page("contests.run", methods=("POST",))
def take_down(request: HttpRequest, pk: int) -> HttpResponse:
    held, form = entry_of(request, pk), StatementForm(request.POST)
    if not form.is_valid():
        return _show(request, held, statement_form=form)
    typed = (form.cleaned_data["statement"], form.cleaned_data["pledge"])
    entering.take_down(round_id=held.round_id, papers={pk: typed}, by=person_of(request), now=now())
    return onward(request, "contests:entry", pk)


@page("contests.run", methods=("POST",))
def fill(request: HttpRequest, pk: int) -> HttpResponse:
    held = entry_of(request, pk)
    form = _fill_form(held, request.POST)
    if not form.is_valid():
        return _show(request, held, fill_form=form)
    people.fill(
        round_id=held.round_id, entry_id=pk, values=form.values(), vetoes=form.vetoes(),
        basis=form.cleaned_data["basis"], by=person_of(request), now=now(),
    )  # fmt: skip
    return onward(request, "contests:entry", pk)


@page("contests.run", methods=("POST",))
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    held, form = entry_of(request, pk), ReasonForm(request.POST)
    if not form.is_valid():
        return _show(request, held, reason_form=form)
    entering.send_back(
        round_id=held.round_id, entry_id=pk, by=person_of(request), now=now(), **form.cleaned_data
    )
    return onward(request, "contests:entry", pk)


@page("contests.run", methods=("POST",))
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    held, form = entry_of(request, pk), ReasonForm(request.POST)
    if not form.is_valid():
        return _show(request, held, reason_form=form)
    people.withdraw(
        round_id=held.round_id, entry_id=pk, by=person_of(request), now=now(), **form.cleaned_data
    )
    return onward(request, "contests:entry", pk)


@page("contests.run", methods=("POST",))
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    held, form = entry_of(request, pk), GrantForm(request.POST)
    if not form.is_valid():
        return _show(request, held, grant_form=form)
    awards.grant(
        round_id=held.round_id, entry_id=pk, by=person_of(request), now=now(), **form.cleaned_data
    )
    return onward(request, "contests:entry", pk)


@page("contests.enter", methods=("POST",))
def tell_use(request: HttpRequest, pk: int) -> HttpResponse:
    award = get_object_or_404(Award.objects.visible_to(person_of(request)), pk=pk)
    held, form = entry_of(request, award.entry_id), UseForm(request.POST)
    if not form.is_valid():
        return _show(request, held, use_form=form)
    awards.tell_use(award_id=pk, by=person_of(request), now=now(), **form.cleaned_data)
    return onward(request, "contests:entry", held.pk)


@page("contests.view")
def result(request: HttpRequest, pk: int) -> HttpResponse:
    """One participant's score sheet: each line's value, rule and points, and its rows.

    What a reopened round had come to before stays its organiser's alone.
    """
    person = person_of(request)
    seen = Result.objects.visible_to(person)
    found = get_object_or_404(seen.select_related("entry__round__contest"), pk=pk)
    is_last = queries.latest(seen.filter(entry=found.entry_id)).filter(pk=pk).exists()
    if not is_last and not runs(person, found.entry.round.contest):
        raise Missing("scope.missing", "没有找到该记录")
    card = queries.card_of_round(found.entry.round)
    by_code = {line["code"]: line for line in found.lines}
    own = person.region_code
    opens = own is not None and found.entry.region.startswith(own)
    # Only whoever may open the rows is told what they come to now.
    since = queries.corrected(found, found.entry.round, card) if opens else {}
    context = {
        "title": f"{found.entry}的得分",
        "result": found,
        "is_last": is_last,
        "entry": found.entry,
        "round": found.entry.round,
        "contest": found.entry.round.contest,
        "lines": [(one, by_code[one.code], _metric(one.source) if opens else "",
                   _now_said(since, one.code)) for one in card.indicators if one.code in by_code],
    }  # fmt: skip
    return show(request, "contests/result.html", context)


def _now_said(since: Mapping[str, Decimal | None], code: str) -> str:
    """What a frozen figure would be today, where its rows were corrected since."""
    if code not in since:
        return ""
    value = since[code]
    return "无此项" if value is None else f"{value:f}"


def _metric(source: str) -> str:
    return source.removeprefix(METRIC) if source.startswith(METRIC) else ""
