"""公开栏: read by anybody, without signing in, on any phone. Only what is published is read."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now

from sanzi.access.address import address_of
from sanzi.disclosure import queries
from sanzi.disclosure.actions.questions import ask as put_question
from sanzi.disclosure.asking import village_called
from sanzi.disclosure.forms import AskForm
from sanzi.disclosure.layout import Reading
from sanzi.disclosure.masking import Masks, mask_numbers
from sanzi.disclosure.policy import policy
from sanzi.disclosure.publishing import NOT_REVIEWED
from sanzi.disclosure.reading import hidden_of
from sanzi.kernel.refusals import Refusal
from sanzi.kernel.regions import ancestors
from sanzi.orgs.tree import names_of
from sanzi.web.pager import Pager
from sanzi.web.pages import ANYONE, page

# Long enough to read on, short enough for a correction to be seen at once.
_FRESH = "private, max-age=60"
_SHEETS, _ANSWERS, _PLACES = 24, 20, 60
# Digits of a code.
_PROVINCE, _COUNTY, _TOWN = 2, 6, 9


@page(ANYONE)
def places(request: HttpRequest) -> HttpResponse:
    """The way to a village's board without its QR code: county, town, village."""
    code = request.GET.get("in", "")
    pager = Pager.over(queries.public_places(code), request.GET, size=_PLACES)
    path = names_of([*ancestors(code), code]) if code else {}
    context = {
        "title": "村级财务公开",
        "where": "".join(path[one] for one in sorted(path) if len(one) > _PROVINCE),
        "pager": pager,
        "is_last": len(code) == _TOWN,
        "up": code[:_COUNTY] if len(code) == _TOWN else "",
        "code": code,
    }
    return _fresh(render(request, "disclosure/public/places.html", context))


@page(ANYONE)
def board(request: HttpRequest, code: str) -> HttpResponse:
    """What a village has published, and what it answered."""
    village = village_called(code)
    people, words = hidden_of(code)
    masks = Masks(people, words)
    answers = Pager.over(queries.answered(code), request.GET, size=_ANSWERS)
    context = {
        "title": f"{village.name}财务公开",
        "village": village,
        "sheets": Pager.over(queries.public_list(code), request.GET, size=_SHEETS),
        "answers": [
            (masks.text(q.text), masks.text(q.answer.text), q.asked_at, q.answer.at)
            for q in answers.rows
        ],
        "unmarked": NOT_REVIEWED,
    }
    return _fresh(render(request, "disclosure/public/board.html", context))


@page(ANYONE)
def sheet(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One published sheet: its contents, one group of it, or one long item."""
    publication = queries.published(code, pk)
    context = {
        "title": f"{publication.told['village']['name']}财务公开",
        "publication": publication,
        "reading": Reading(publication.told, request.GET),
        "versions": list(queries.versions(publication)),
        "officer": _officer(publication),
        "unmarked": NOT_REVIEWED,
        "code": code,
    }
    return _fresh(render(request, "disclosure/public/sheet.html", context))


@page(ANYONE)
def paper(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The same for the notice board, on A4 or A3."""
    publication = queries.published(code, pk)
    told = publication.told
    context = {
        "title": f"{told['organisation']['name']}财务公开表（{told['span']['title']}）",
        "unit": "单位：元",
        "issued": f"第 {publication.version} 版　{localdate(publication.published_at)} 公开",
        "signatures": ("负责人", "民主理财组长", "会计", "公开日期"),
        "publication": publication,
        "reading": Reading(told, request.GET),
        "is_wide": request.GET.get("size") == "A3",
        "officer": _officer(publication),
        "unmarked": NOT_REVIEWED,
        "code": code,
    }
    return _fresh(render(request, "disclosure/public/paper.html", context))


@page(ANYONE)
def frozen(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The bytes whose SHA-256 is printed on the sheet, so that anybody can check it."""
    publication = queries.published(code, pk)
    response = HttpResponse(publication.content.encode(), content_type="application/json")
    name = f"{code}-{publication.span.key}-{publication.version}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return _fresh(response)


@page(ANYONE, methods=("GET", "POST"))
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """The question box: no name, no telephone; the asker gets an address for the answer."""
    village = village_called(code)
    form = AskForm(request.POST or None)
    refused: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            question = put_question(
                village=code,
                publication_id=_number(request.GET.get("about", "")),
                text=form.cleaned_data["text"],
                address=address_of(request),
                by=None,
                now=now(),
            )
            return redirect("disclosure:question", code, question.token)
        except Refusal as refusal:
            refused = refusal
    status = refused.status if refused else 422 if form.is_bound else 200
    context = {
        "title": f"向{village.name}提问",
        "village": village,
        "form": form,
        "refused": refused,
        "days": policy(code).days("answer_days"),
    }
    return render(request, "disclosure/public/ask.html", context, status=status)


@page(ANYONE)
def question(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """One's own question with its clock and its answer; whoever has the address may look."""
    village = village_called(code)
    asked = queries.asked(token, code)
    given = getattr(asked, "answer", None)
    context = {
        "title": "我的提问",
        "village": village,
        "text": mask_numbers(asked.text),
        "asked": asked,
        "answer": mask_numbers(given.text) if given else "",
        "given": given,
        "left": (asked.due_on - localdate()).days,
    }
    return render(request, "disclosure/public/question.html", context)


def _number(given: str) -> int | None:
    return int(given) if given.isascii() and given.isdigit() and len(given) < 15 else None


def _officer(publication: Any) -> str:
    """Who reviewed it, shown or masked as the rule says."""
    if publication.review is None:
        return ""
    shows = policy(publication.village).says("officers", "show")
    name = publication.review.by.name
    return str(name if shows else Masks().name(name))


def _fresh(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = _FRESH
    return response
