"""The agency's desk, its lists, and one matter with what can be done about it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate, now

from sanzi.agency import matter_page
from sanzi.agency.actions import steps
from sanzi.agency.desk import desk_of
from sanzi.agency.forms import PapersForm, PostingForm, StepForm, status_of
from sanzi.agency.matter import matter_of
from sanzi.agency.models import Draft
from sanzi.agency.queries import matters_for, next_hand, waiting_to
from sanzi.agency.registers import MATTERS as ALL_MATTERS
from sanzi.agency.registers import TODO, badge_of
from sanzi.agency.workflow import MATTERS
from sanzi.documents.papers import papers_on
from sanzi.journal.timeline import timeline
from sanzi.kernel.money import capitals
from sanzi.kernel.refusals import Blocked, Invalid, Refusal
from sanzi.orgs.tree import names_of
from sanzi.web.frame import place
from sanzi.web.pages import onward, page, person_of, show
from sanzi.web.registers import register_page

POSTED_AT_ONCE = 50
SIGNATURES = ("经手人", "证明人", "村负责人", "民主理财小组", "审核")


@page("books.view")
def desk(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    here = place(request)
    context = {
        "title": "报账记账",
        "here": here,
        "desk": desk_of(person, here.code, localdate()),
    }
    return show(request, "agency/desk.html", context)


@page("books.view")
def todo(request: HttpRequest) -> HttpResponseBase:
    return register_page(request, TODO)


@page("books.view")
def matters(request: HttpRequest) -> HttpResponseBase:
    return register_page(request, ALL_MATTERS)


@page("books.view")
def matter(request: HttpRequest, pk: int) -> HttpResponse:
    return show_matter(request, find(request, pk))


@page("books.view", methods=("POST",))
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a step; a refusal is told on the matter's own page, and nothing has changed."""
    draft = find(request, pk)
    form = StepForm(request.POST)
    if not form.is_valid():
        return show_matter(request, draft, wrong=form)
    try:
        _take(request, draft.pk, **form.cleaned_data)
    except (Blocked, Invalid) as refusal:
        return show_matter(request, find(request, pk), refusal=refusal)
    return onward(request, "agency:matter", pk)


def _take(request: HttpRequest, pk: int, step: str, words: str) -> None:
    by = person_of(request)
    if step == "post":
        steps.post_matters(draft_ids=[pk], by=by, now=now())
    else:
        steps.take_step(draft_id=pk, step=step, words=words, by=by, now=now())


@page("books.view", methods=("GET", "POST"))
def posting(request: HttpRequest) -> HttpResponse:
    """Everything that waits to be posted: ticked and posted in one go, all of it or nothing."""
    person = person_of(request)
    rows = waiting_to(person, "post", localdate())
    pages = Paginator(rows, POSTED_AT_ONCE).get_page(request.GET.get("page"))
    form, refusal = PostingForm(posted(request), matters=pages), None
    if request.method == "POST" and form.is_valid():
        try:
            done = steps.post_matters(draft_ids=form.cleaned_data["matters"], by=person, now=now())
        except (Blocked, Invalid) as refused:
            refusal = refused
        else:
            messages.success(request, f"已记账 {len(done)} 张凭证")
            return onward(request, "agency:posting")
    names = names_of({draft.village for draft in pages})
    context = {
        "title": "待记账",
        "pages": pages,
        "rows": [(draft, names.get(draft.village, draft.village)) for draft in pages],
        "form": form,
        "refusal": refusal,
        "ticked": set(request.POST.getlist("matters")) if form.is_bound else None,
    }
    status = refusal.status if refusal else 422 if form.errors else 200
    return show(request, "agency/posting.html", context, status=status)


@page("books.view")
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """报账单 as the paper form: what was reported, the papers counted, everybody's signature."""
    draft = find(request, pk)
    context = {
        "title": f"{draft.book.name}报账单",
        "draft": draft,
        "capitals": capitals(draft.amount),
        "village": names_of([draft.village]).get(draft.village, draft.village),
        "signed": draft.standing,
        "papers": papers_on(draft),
        "signatures": SIGNATURES,
        "unit": "单位：元",
        "printed_at": now(),
    }
    context["issued"] = f"{context['village']}　{draft.book.name}"
    return show(request, "agency/sheet.html", context)


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with; None where the page was only opened."""
    return request.POST if request.method == "POST" else None


def find(request: HttpRequest, pk: int) -> Draft:
    """A matter of this person's region, or 404."""
    found: Draft = get_object_or_404(matters_for(person_of(request)), pk=pk)
    return found


def show_matter(
    request: HttpRequest,
    draft: Any,
    *,
    wrong: StepForm | PapersForm | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    """The page of a matter, with what was wrong about the last attempt."""
    person, today = person_of(request), localdate()
    one = matter_of(draft, person, today)
    on, back = matter_page.split(MATTERS.offers(one, one.hands))
    context = {
        "title": draft.memo,
        "draft": draft,
        "village": names_of([draft.village]).get(draft.village, draft.village),
        "answer": matter_page.answer(draft, next_hand(draft, today)),
        "badge": badge_of(draft),
        "capitals": capitals(draft.amount),
        "track": matter_page.track(one),
        "on": on,
        "back": back,
        "warnings": matter_page.warnings(one, on),
        "may_amend": draft.stage == "drafting" and one.hands.can("books.report"),
        "preview": matter_page.preview(draft),
        "papers": papers_on(draft),
        "may_add_papers": one.may_add_papers,
        "handlings": matter_page.handlings(
            draft.handlings.select_related("by", "instead_of").order_by("pk")
        ),
        "history": timeline(draft, person),
        "wrong": wrong,
        "refusal": refusal,
    }
    status = refusal.status if refusal else status_of(wrong) if wrong else 200
    return show(request, "agency/matter.html", context, status=status)
