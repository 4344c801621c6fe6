"""报账: a village tells what it received or paid, changes it, and hands in its papers."""

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now

from sanzi.accounting.models import Book
from sanzi.agency.actions import papers, steps
from sanzi.agency.forms import AmendForm, PapersForm, RemoveForm, ReportForm, status_of
from sanzi.documents.kinds import UnfitPaper
from sanzi.kernel.refusals import Invalid
from sanzi.web.frame import place
from sanzi.web.pages import onward, page, person_of, show

from .matters import find, posted, show_matter


@page("books.report", methods=("GET", "POST"))
def report(request: HttpRequest) -> HttpResponse:
    books = Book.objects.visible_to(person_of(request)).filter(successor=None).order_by("pk")
    chosen = {"book": request.GET["book"]} if request.GET.get("book", "").isdigit() else {}
    form = ReportForm(posted(request), request.FILES or None, books=books[:100], initial=chosen)
    if request.method == "POST" and form.is_valid():
        try:
            draft = steps.begin(by=person_of(request), now=now(), **form.facts())
        except (Invalid, UnfitPaper) as refusal:
            form.add_error(None, refusal.message)
        else:
            return onward(request, "agency:matter", draft.pk)
    context = {"title": "报账单", "form": form, "here": place(request), "books": books}
    status = status_of(form) if form.errors else 200
    return show(request, "agency/report.html", context, status=status)


@page("books.view", methods=("GET", "POST"))
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    draft = find(request, pk)
    told = {name: getattr(draft, name) for name in AmendForm().fields}
    form = AmendForm(posted(request), initial=told)
    if request.method == "POST" and form.is_valid():
        try:
            steps.amend(draft_id=pk, by=person_of(request), now=now(), **form.facts())
        except Invalid as refusal:
            form.add_error(None, refusal.message)
        else:
            return onward(request, "agency:matter", pk)
    context = {"title": "修改报账单", "form": form, "draft": draft}
    return show(request, "agency/amend.html", context, status=422 if form.errors else 200)


@page("books.view", methods=("POST",))
def add_papers(request: HttpRequest, pk: int) -> HttpResponse:
    draft = find(request, pk)
    form = PapersForm(request.POST, request.FILES)
    if not form.is_valid():
        return show_matter(request, draft, wrong=form)
    papers.add_papers(
        draft_id=pk, files=form.cleaned_data["files"], by=person_of(request), now=now()
    )
    return onward(request, "agency:matter", pk)


@page("books.view", methods=("POST",))
def remove_paper(request: HttpRequest, pk: int) -> HttpResponse:
    find(request, pk)
    form = RemoveForm(request.POST)
    if not form.is_valid():
        raise Invalid("papers.choice", "请选择要撤下的附件")
    papers.remove_paper(
        draft_id=pk, document_id=form.cleaned_data["paper"], by=person_of(request), now=now()
    )
    return onward(request, "agency:matter", pk)
