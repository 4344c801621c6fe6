"""Matchings: all, a new one, one with its pairs, its proof, and what another choice would cost."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import now

from sanzi.access.scope import covers
from sanzi.journal.timeline import timeline
from sanzi.kernel.refusals import Missing, Refusal
from sanzi.orgs.tree import names_of
from sanzi.support.actions import matching as writes
from sanzi.support.forms import FixForm, MatchingForm, PairForm, ReasonForm
from sanzi.support.matching.terms import why_not
from sanzi.support.models import Expert, Matching, Need
from sanzi.support.queries import matching_stands
from sanzi.support.questions import asked, compared, still_proved
from sanzi.support.stages import MatchingStage
from sanzi.support.workflow import MATCHING
from sanzi.web.frame import place
from sanzi.web.pager import Pager
from sanzi.web.pages import onward, page, person_of, show

SIZE = 50


@page("support.view")
def matchings(request: HttpRequest) -> HttpResponse:
    person, here = person_of(request), place(request)
    pager = Pager.over(
        Matching.objects.visible_to(person).within(here.code), request.GET, size=SIZE
    )
    names = names_of({one.region for one in pager.rows})
    needs = Need.objects.visible_to(person).within(here.code).filter(closed_at=None)
    context = {
        "title": "专家服务",
        "rows": [(one, names.get(one.region, one.region)) for one in pager.rows],
        "pager": pager,
        "experts_count": Expert.objects.visible_to(person).filter(retired_at=None).count(),
        "villages_count": needs.values("village").distinct().count(),
        "may_run": person.can("support.run"),
    }
    return show(request, "support/matchings.html", context)


@page("support.run", methods=("GET", "POST"))
def new_matching(request: HttpRequest) -> HttpResponse:
    here, is_post = place(request), request.method == "POST"
    form = MatchingForm(request.POST if is_post else None)
    refused: Refusal | None = None
    if is_post and form.is_valid():
        given = form.cleaned_data
        try:
            made = writes.propose(
                region=here.code, title=given["title"], until_on=given["until_on"],
                terms=form.terms(), quotas=given["quotas"], by=person_of(request), now=now(),
            )  # fmt: skip
            return onward(request, "support:matching", made.pk)
        except Refusal as refusal:
            refused = refusal
    status = refused.status if refused else 422 if form.errors else 200
    context = {"title": "新建匹配", "form": form, "refused": refused, "here": here}
    return show(request, "support/new_matching.html", context, status=status)


def _matching_of(request: HttpRequest, pk: int) -> Matching:
    """One of this person's region or below; for villages their own help is enough."""
    found: Matching = get_object_or_404(Matching.objects.visible_to(person_of(request)), pk=pk)
    return found


@page("support.view")
def matching(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, _matching_of(request, pk))


def _show(request: HttpRequest, found: Matching, **wrong: Any) -> HttpResponse:
    person = person_of(request)
    stands = matching_stands(found, person)
    lines = _lines(found)
    pager = Pager.over(lines, request.GET, size=SIZE)
    villages, experts = choices_of(found)
    context = {
        "title": str(found),
        "matching": found,
        "region": names_of([found.region]).get(found.region, found.region),
        "lines": pager.rows,
        "pager": pager,
        "unserved": _unserved(found),
        "is_proved": still_proved(found),
        "is_open": found.stage == MatchingStage.PROPOSED,
        "stands": stands,
        "offers": [o for o in MATCHING.offers(stands, person) if o.step.name == "confirm"],
        "may_run": person.can("support.run") and covers(person, found.region),
        "what_if_form": PairForm(villages=villages, experts=experts),
        "fix_form": FixForm(
            villages=villages, experts=experts, initial={"revision": found.revision}
        ),
        "reason_form": ReasonForm(),
        "history": timeline(found, person),
    } | wrong
    return show(request, "support/matching.html", context, status=422 if wrong else 200)


def choices_of(found: Matching) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    villages = [(v["code"], v["name"]) for v in found.question["villages"]]
    experts = [(str(e["key"]), f"{e['name']}（{e['unit']}）") for e in found.question["experts"]]
    return villages, experts


def _lines(found: Matching) -> list[dict[str, Any]]:
    """The pairs with names; what was fixed by hand is marked."""
    villages, experts = choices_of(found)
    names, people = dict(villages), dict(experts)
    pinned = {tuple(pair) for pair in found.pinned}
    return [
        {
            **one,
            "name": names[one["village"]],
            "person": people[str(one["expert"])],
            "points": one["gap"] + one["way"] + one["load"],
            "is_pinned": (one["village"], one["expert"]) in pinned,
        }
        for one in found.answer["matches"]
    ]


def _unserved(found: Matching) -> list[tuple[str, str]]:
    names = dict(choices_of(found)[0])
    return [(names[one["village"]], one["why"]) for one in found.answer["unserved"]]


@page("support.run")
def what_if(request: HttpRequest, pk: int) -> HttpResponse:
    """What it would cost to pin a pair, and to forbid it; nothing is changed."""
    found = _matching_of(request, pk)
    villages, experts = choices_of(found)
    form = PairForm(request.GET, villages=villages, experts=experts)
    if not form.is_valid():
        return _show(request, found, what_if_form=form)
    pair = [form.cleaned_data["village"], form.cleaned_data["expert"]]
    context = {
        "title": "换一个人选要多多少",
        "matching": found,
        "village": dict(villages)[pair[0]],
        "expert": dict(experts)[str(pair[1])],
        "limit": _limit(found, pair),
        "cases": [_case(found, "指定", pair, True), _case(found, "排除", pair, False)],
    }
    return show(request, "support/what_if.html", context)


def _limit(found: Matching, pair: list[Any]) -> str:
    question = asked(found)
    village = next(v for v in question.villages if v.code == pair[0])
    return why_not(village, next(h for h in question.helpers if h.key == pair[1])) or ""


def _case(found: Matching, word: str, pair: list[Any], is_pin: bool) -> dict[str, Any]:
    kept = [one for one in found.pinned if one[0] != pair[0]]
    pinned = [*kept, pair] if is_pin else [one for one in found.pinned if one != pair]
    forbidden = [one for one in found.forbidden if one != pair] + ([] if is_pin else [pair])
    answer, more, moved = compared(found, pinned, forbidden)
    unserved = len(answer.unserved) - len(found.answer["unserved"])
    return {"word": word, "more": more, "moved": moved, "unserved": unserved}


@page("support.run", methods=("POST",))
def fix_pair(request: HttpRequest, pk: int) -> HttpResponse:
    found = _owned(request, pk)
    villages, experts = choices_of(found)
    form = FixForm(request.POST, villages=villages, experts=experts)
    if not form.is_valid():
        return _show(request, found, fix_form=form)
    writes.fix_pair(matching_id=pk, by=person_of(request), now=now(), **form.cleaned_data)
    return onward(request, "support:matching", pk)


def _owned(request: HttpRequest, pk: int) -> Matching:
    found = _matching_of(request, pk)
    if not covers(person_of(request), found.region):
        raise Missing("scope.missing", "没有找到该记录")
    return found


def _revision(request: HttpRequest) -> int:
    given = request.POST.get("revision", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 9 else 0


@page("support.run", methods=("POST",))
def match_again(request: HttpRequest, pk: int) -> HttpResponse:
    writes.match_again(
        matching_id=pk, revision=_revision(request), by=person_of(request), now=now()
    )
    return onward(request, "support:matching", pk)


@page("support.run", methods=("POST",))
def drop_matching(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _owned(request, pk), ReasonForm(request.POST)
    if not form.is_valid():
        return _show(request, found, reason_form=form)
    writes.drop(matching_id=pk, by=person_of(request), now=now(), **form.cleaned_data)
    return onward(request, "support:matching", pk)


@page("support.confirm", methods=("POST",))
def confirm_matching(request: HttpRequest, pk: int) -> HttpResponse:
    writes.confirm(matching_id=pk, revision=_revision(request), by=person_of(request), now=now())
    return onward(request, "support:matching", pk)
