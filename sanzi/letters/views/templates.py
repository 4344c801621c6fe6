"""An office's own Word templates: which forms there are, their tags, the template in force."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import now

from sanzi.documents.store import path_of
from sanzi.journal.timeline import timeline
from sanzi.kernel.refusals import Invalid, Missing
from sanzi.letters.actions import templates as actions
from sanzi.letters.forms import TemplateForm
from sanzi.letters.models import TEMPLATE_WIDTHS, OfficeTemplate
from sanzi.letters.shelf import form_of, forms
from sanzi.letters.tagged import tagged
from sanzi.letters.tags import tags_of
from sanzi.letters.word import docx_of
from sanzi.orgs.tree import names_of
from sanzi.web.pages import onward, page, person_of, show


@page("letters.templates")
def templates(request: HttpRequest) -> HttpResponse:
    """Every form, and whose template it is printed with here."""
    mine = OfficeTemplate.objects.visible_to(person_of(request))
    latest: dict[tuple[str, str], OfficeTemplate] = {}
    for one in mine.order_by("version"):
        latest[one.code, one.region] = one
    names = names_of({one.region for one in latest.values()})
    rows = []
    for form in forms().values():
        own = [one for (code, _), one in latest.items() if code == form.code and one.sha256]
        closest = max(own, key=lambda one: len(one.region), default=None)
        rows.append((form, closest, names.get(closest.region, "") if closest else ""))
    return show(request, "letters/templates.html", {"title": "文书模板", "rows": rows})


@page("letters.templates", methods=("GET", "POST"))
def template(request: HttpRequest, code: str) -> HttpResponse:
    """One form: its tags, the blank template, the versions; a new one is handed in here."""
    chosen = TemplateForm(request.POST or None, request.FILES or None)
    faults: list[str] = []
    if request.method == "POST" and chosen.is_valid():
        faults = _put_in_force(request, code, chosen)
        if not faults:
            return onward(request, "letters:template", code)
    person = person_of(request)
    form = form_of(code)
    region = person.region_code or ""
    mine = OfficeTemplate.objects.visible_to(person).filter(code=code).select_related("added_by")
    versions = list(mine.order_by("-region", "-version"))
    names = names_of({one.region for one in versions})
    context = {
        "title": f"{form.title}模板",
        "form": form,
        "tags": tags_of(form).values(),
        "upload": chosen,
        "faults": faults,
        "versions": [(one, names.get(one.region, one.region)) for one in versions],
        "own": next((one for one in versions if one.region == region), None),
        "may_keep": len(region) in TEMPLATE_WIDTHS,
        "history": timeline(f"letters.officetemplate:{region}.{code}", person),
    }
    status = 422 if faults or chosen.errors else 200
    return show(request, "letters/template.html", context, status=status)


@page("letters.templates", methods=("POST",))
def retire(request: HttpRequest, code: str) -> HttpResponse:
    actions.take_out_of_force(code=code, by=person_of(request), now=now())
    return onward(request, "letters:template", code)


@page("letters.templates")
def blank(request: HttpRequest, code: str) -> HttpResponse:
    """The house layout with every tag in its place, to begin from."""
    form = form_of(code)
    answer = HttpResponse(docx_of(tagged(form), at=now()), content_type=_WORD)
    answer["Content-Disposition"] = 'attachment; filename="template.docx"'
    return answer


@page("letters.templates")
def kept(request: HttpRequest, pk: int) -> FileResponse:
    """A version as it was handed in."""
    one = get_object_or_404(OfficeTemplate.objects.visible_to(person_of(request)), pk=pk)
    if not one.sha256 or not path_of(one.sha256).exists():
        raise Missing("template.file", "这一版没有模板文件")
    return FileResponse(path_of(one.sha256).open("rb"), as_attachment=True, filename=one.name)


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _put_in_force(request: HttpRequest, code: str, chosen: TemplateForm) -> list[str]:
    """What is wrong with it, sentence by sentence; empty when it is in force."""
    file = chosen.cleaned_data["file"]
    try:
        actions.put_in_force(
            code=code,
            content=file.read(),
            name=file.name or "模板.docx",
            by=person_of(request),
            now=now(),
        )
    except Invalid as refusal:
        return refusal.message.split("；")
    return []
