"""The register of letters, and one letter with its preview, its service and its history."""

from dataclasses import replace
from urllib.parse import quote

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import now

from sanzi.access.models import Person
from sanzi.access.scope import under
from sanzi.journal.timeline import Line, timeline
from sanzi.letters import printing
from sanzi.letters.actions import letters as actions
from sanzi.letters.forms import ComposeForm, VoidForm
from sanzi.letters.models import Letter
from sanzi.letters.preview import preview_of
from sanzi.letters.registers import LETTERS
from sanzi.letters.serving import services_of
from sanzi.orgs.models import Region
from sanzi.web.frame import place
from sanzi.web.pages import onward, page, person_of, show
from sanzi.web.registers import register_page


@page("registers.view")
def letters(request: HttpRequest) -> HttpResponseBase:
    person = person_of(request)
    query = request.GET.urlencode()
    these = f"{reverse('letters:runs')}?{query}" if query else reverse("letters:runs")
    offered = (
        ("letters.issue", "写一份函", reverse("letters:compose")),
        ("letters.issue", "批量打印", these),
        ("letters.templates", "文书模板", reverse("letters:templates")),
    )
    links = tuple((title, url) for needs, title, url in offered if person.can(needs))
    return register_page(request, replace(LETTERS, actions=links))


@page("letters.issue", methods=("GET", "POST"))
def compose(request: HttpRequest) -> HttpResponse:
    """A letter in the office's own words."""
    here = place(request)
    villages = Region.objects.filter(under("code", here.code), level="village", valid_to=None)
    choices = list(villages.order_by("code").values_list("code", "name"))
    form = ComposeForm(request.POST or None, villages=choices)
    if request.method == "POST" and form.is_valid():
        written = actions.compose(**form.cleaned_data, by=person_of(request), now=now())
        return onward(request, "letters:letter", written.pk)
    context = {"title": "写一份函", "form": form, "here": here}
    return show(request, "letters/compose.html", context, status=422 if form.errors else 200)


@page("registers.view")
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, get_object_or_404(_mine(request), pk=pk))


@page("letters.issue", methods=("POST",))
def void(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(_mine(request), pk=pk)
    form = VoidForm(request.POST)
    if not form.is_valid():
        return _show(request, found, voiding=form, status=422)
    actions.void(letter_id=pk, reason=form.cleaned_data["reason"], by=person_of(request), now=now())
    return onward(request, "letters:letter", pk)


@page("registers.view", methods=("GET", "POST"))
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter as PDF: read with its personal values masked, printed clear by a POST."""
    found, clear = _asked(request, pk)
    made = printing.pdf([found], printing.base_of(request), clear=clear)
    return _file(made, f"{found.serial}.pdf", "application/pdf", is_shown=True)


@page("registers.view", methods=("GET", "POST"))
def docx(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter as Word, in the same two ways."""
    found, clear = _asked(request, pk)
    made = printing.docx(found, printing.base_of(request), clear=clear)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return _file(made, f"{found.serial}.docx", kind)


def _mine(request: HttpRequest) -> QuerySet[Letter]:
    mine = Letter.objects.visible_to(person_of(request))
    return mine.select_related("wording", "ending", "ending__successor", "ending__by", "issued_by")


def _asked(request: HttpRequest, pk: int) -> tuple[Letter, bool]:
    found = get_object_or_404(_mine(request), pk=pk)
    if request.method == "POST":
        actions.print_clear(letter_id=pk, by=person_of(request), now=now())
        return found, True
    return found, not found.form.has_personal


def _file(made: bytes, name: str, kind: str, *, is_shown: bool = False) -> HttpResponse:
    answer = HttpResponse(made, content_type=kind)
    how = "inline" if is_shown else "attachment"
    answer["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(name)}"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _history(found: Letter, person: Person) -> list[Line]:
    """Its writing stands in the letter itself; features may have recorded it as well."""
    written = Line(found.issued_at, "制发", found.issued_by.name, "")
    return [written, *(line for line in timeline(found, person) if line.title != "制发")]


def _show(
    request: HttpRequest, found: Letter, *, voiding: VoidForm | None = None, status: int = 200
) -> HttpResponse:
    person = person_of(request)
    may_issue = person.can("letters.issue")
    context = {
        "title": found.title,
        "letter": found,
        "paper": preview_of(printing.paper_of(found, printing.base_of(request))),
        "owner_url": printing.owner_url(found, person),
        "may_issue": may_issue,
        "services": services_of(found),
        "serve_url": printing.serve_url(found) if may_issue else None,
        "may_serve": may_issue and not found.ended and not found.form.serving,
        "voiding": voiding or VoidForm(),
        "history": _history(found, person),
    }
    return show(request, "letters/letter.html", context, status=status)
