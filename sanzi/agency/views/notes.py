"""记一笔: told on a telephone, followed in plain words until it is in the books."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate, now

from sanzi.accounting.models import Book
from sanzi.agency import progress
from sanzi.agency.actions import papers, steps
from sanzi.agency.duties import REPORT
from sanzi.agency.forms import PapersForm
from sanzi.agency.hands import hands_of
from sanzi.agency.models import Draft
from sanzi.agency.note_form import NoteForm
from sanzi.agency.stages import Stage
from sanzi.documents.kinds import UnfitPaper
from sanzi.documents.papers import papers_on
from sanzi.kernel.refusals import Blocked, Invalid
from sanzi.web.frame import place
from sanzi.web.pages import onward, page, person_of, show

PER_PAGE = 20
BOOKS_MAX = 20


@page("books.view")
def notes(request: HttpRequest) -> HttpResponse:
    """What was told, the latest first."""
    here = place(request)
    mine = Draft.objects.visible_to(person_of(request)).within(here.code).filter(is_note=True)
    rows = Paginator(mine.select_related("book", "voucher").order_by("-pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "title": "记一笔",
        "here": here,
        "rows": rows,
        "told": [(d, progress.words_of(d), progress.tone_of(d)) for d in rows],
        "may_tell": person_of(request).can("books.report"),
    }
    return show(request, "agency/notes.html", context)


@page("books.report", methods=("GET", "POST"))
def new_note(request: HttpRequest) -> HttpResponse:
    """The questions."""
    books = Book.objects.visible_to(person_of(request)).filter(successor=None).order_by("pk")
    form = NoteForm(request.POST or None, request.FILES or None, books=books[:BOOKS_MAX])
    if request.method == "POST" and form.is_valid():
        try:
            draft = steps.begin(by=person_of(request), now=now(), **form.facts())
        except (Invalid, UnfitPaper) as refusal:
            form.add_error(None, refusal.message)
        else:
            handed_in = draft.stage != Stage.DRAFTING  # The form came a second time.
            if request.POST.get("do") == "hand_in" and draft.attachments and not handed_in:
                steps.take_step(draft_id=draft.pk, step="submit", by=person_of(request), now=now())
            return onward(request, "agency:note", draft.pk)
    context = {"title": "记一笔", "form": form, "has_books": books.exists()}
    return show(request, "agency/note_new.html", context, status=422 if form.errors else 200)


@page("books.view", methods=("GET", "POST"))
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them: how far it has come, and what is still wanted of the village."""
    draft = _note(request, pk)
    if request.method != "POST":
        return _show(request, draft)
    form = PapersForm(request.POST, request.FILES)
    by = person_of(request)
    try:
        if form.is_valid():
            papers.add_papers(draft_id=pk, files=form.cleaned_data["files"], by=by, now=now())
        elif request.FILES or not draft.attachments:
            return _show(request, draft, str(next(iter(form.errors.values()))[0]), 422)
        steps.take_step(draft_id=pk, step="submit", by=by, now=now())
    except (Invalid, Blocked, UnfitPaper) as refusal:
        return _show(request, _note(request, pk), refusal.message, refusal.status)
    return onward(request, "agency:note", pk)


def _note(request: HttpRequest, pk: int) -> Any:
    mine = Draft.objects.visible_to(person_of(request)).select_related("book", "voucher")
    return get_object_or_404(mine, pk=pk)


def _show(request: HttpRequest, draft: Any, wrong: str = "", status: int = 200) -> HttpResponse:
    hands = hands_of(person_of(request), draft.village, localdate())
    context = {
        "title": draft.memo,
        "draft": draft,
        "words": progress.words_of(draft),
        "tone": progress.tone_of(draft),
        "stations": progress.stations_of(draft),
        "papers": papers_on(draft),
        "may_hand_in": draft.stage == Stage.DRAFTING and hands.can(REPORT),
        "wrong": wrong,
    }
    return show(request, "agency/note.html", context, status=status)
