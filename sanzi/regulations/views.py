"""“1+10”: the slots of a region, one regulation, one version, two compared, on paper."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate, now

from sanzi.access.models import Person
from sanzi.access.scope import covers
from sanzi.documents.papers import papers_on
from sanzi.journal.timeline import timeline
from sanzi.kernel.refusals import Invalid, Missing, Refusal
from sanzi.orgs.tree import names_of
from sanzi.web.frame import place
from sanzi.web.pages import onward, page, person_of, show

from . import actions
from .articles import compare, written
from .forms import ApplyForm, VersionForm
from .models import Application, Regulation, RegulationVersion
from .queries import in_force
from .screens import BY_NAME
from .slots import SLOTS


@page("registers.view")
def regulations(request: HttpRequest) -> HttpResponse:
    """The system of a region, and of the regions above it: what binds here."""
    person, here, today = person_of(request), place(request), localdate()
    codes = [region.code for region in here.path] + [here.code]
    mine = Regulation.objects.visible_to(person).filter(
        region__in={code for own in codes for code in (own[:6], own[:9])}
    )
    systems: dict[str, list[Any]] = {}
    for one in mine.prefetch_related("versions"):
        version = in_force(one.versions.all(), today)
        drafts = [v for v in one.versions.all() if v.released_at is None]
        waiting = len(drafts) if covers(person, one.region) else 0
        systems.setdefault(one.region, []).append((one, version, waiting))
    names = names_of(systems)
    context = {
        "title": f"{here}“1+10”制度",
        "here": here,
        "systems": [(names.get(code, code), rows) for code, rows in sorted(systems.items())],
        "may_lay_out": person.can("regulations.keep")
        and len(here.code) in (6, 9)
        and here.code not in systems,
    }
    return show(request, "regulations/regulations.html", context)


@page("regulations.keep", methods=("POST",))
def lay_out(request: HttpRequest) -> HttpResponse:
    here = place(request)
    actions.lay_out(region=here.code, by=person_of(request), now=now())
    return onward(request, "regulations:regulations")


@page("registers.view")
def regulation(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, pk)


def _show(
    request: HttpRequest, pk: int, form: ApplyForm | None = None, status: int = 200
) -> HttpResponse:
    person = person_of(request)
    found = _regulation(request, pk)
    versions = list(_versions(request, found).select_related("entered_by", "released_by"))
    held = in_force(versions, localdate())
    may_keep = _keeps(person, found)
    applied = Application.objects.visible_to(person).filter(regulation=found, to_on=None)
    context = {
        "title": held.title if held else str(found),
        "regulation": found,
        "region": names_of([found.region]).get(found.region, found.region),
        "versions": versions,
        "held": held,
        "applied": [(one, BY_NAME.get(one.screen)) for one in applied.order_by("article")],
        "may_keep": may_keep,
        "apply_form": (form or ApplyForm(articles=held.text)) if held and may_keep else None,
        "history": timeline(found, person),
    }
    return show(request, "regulations/regulation.html", context, status=status)


@page("regulations.keep", methods=("GET", "POST"))
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """A new version, beginning with the text in force; or one not yet released, corrected."""
    person, found = person_of(request), _regulation(request, pk)
    if not covers(person, found.region):
        raise Missing("scope.missing", "上级的制度由上级录入")
    given = request.GET.get("version", "")
    earlier = _versions(request, found).filter(pk=int(given) if given.isdecimal() else 0).first()
    start = earlier or in_force(found.versions.all(), localdate())
    form = VersionForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        initial=_initial(found, start, whole=earlier is not None),
    )
    refused: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            corrects = earlier.pk if earlier and earlier.released_at is None else None
            made = actions.enter(regulation_id=pk, version_id=corrects, by=person, now=now(),
                                 **form.facts())  # fmt: skip
            return onward(request, "regulations:version", made.pk)
        except Refusal as refusal:
            if refusal.status == 404:
                raise
            refused = refusal
    status = refused.status if refused else 422 if form.errors else 200
    context = {"title": f"录入文本：{found}", "regulation": found, "form": form,
               "refused": refused}  # fmt: skip
    return show(request, "regulations/enter.html", context, status=status)


def _initial(found: Regulation, start: RegulationVersion | None, *, whole: bool) -> dict[str, Any]:
    if start is None:
        return {"title": SLOTS[found.ordinal]}
    told: dict[str, Any] = {"title": start.title, "text": written(start.text)}
    if whole:
        told |= {"number": start.number, "adopted_on": start.adopted_on,
                 "from_on": start.from_on, "until_on": start.until_on}  # fmt: skip
    return told


@page("registers.view")
def version(request: HttpRequest, pk: int) -> HttpResponse:
    person, found = person_of(request), _version(request, pk)
    others = list(_versions(request, found.regulation).exclude(pk=found.pk))
    context = {
        "title": found.title,
        "version": found,
        "regulation": found.regulation,
        "articles": found.text,
        "held": in_force([found, *others], localdate()),
        "coming": found.from_on > localdate(),
        "others": others,
        # A scan is kept under the region that made it: who lives below reads the text.
        "papers": list(papers_on(found)) if covers(person, found.regulation.region) else [],
        "may_keep": _keeps(person, found.regulation),
        "may_release": person.can("regulations.release")
        and covers(person, found.regulation.region),
        "is_mine": found.entered_by_id == person.pk,
        "history": timeline(found, person),
    }
    if request.GET.get("format") == "print":
        paper = {"issued": found.number, "unit": f"{found.from_on} 起施行"}
        return show(request, "regulations/version_paper.html", {**context, **paper})
    return show(request, "regulations/version.html", context)


@page("registers.view")
def compared(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Two versions of one regulation, article by article; the earlier on the left."""
    one, two = _version(request, pk), _version(request, other)
    if one.regulation_id != two.regulation_id:
        raise Invalid("regulation.compare", "只能比较同一项制度的两版")
    old, new = sorted((one, two), key=lambda v: v.from_on)
    changes = compare(old.text, new.text)
    context = {
        "title": f"对比：{new.title}",
        "old": old,
        "new": new,
        "changes": changes,
        "altered": sum(1 for change in changes if change.kind != "same"),
    }
    return show(request, "regulations/compared.html", context)


@page("regulations.release", methods=("POST",))
def release(request: HttpRequest, pk: int) -> HttpResponse:
    seen = request.POST.get("seen", "")
    actions.release(version_id=pk, seen=seen, by=person_of(request), now=now())
    return onward(request, "regulations:version", pk)


@page("regulations.keep", methods=("POST",))
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    found = _regulation(request, pk)
    held = in_force(found.versions.all(), localdate())
    form = ApplyForm(request.POST, articles=held.text if held else [])
    if not form.is_valid():
        return _show(request, pk, form if held else None, status=422)
    actions.apply(regulation_id=pk, by=person_of(request), now=now(), **form.cleaned_data)
    return onward(request, "regulations:regulation", pk)


@page("regulations.keep", methods=("POST",))
def unapply(request: HttpRequest, pk: int) -> HttpResponse:
    made = actions.unapply(application_id=pk, by=person_of(request), now=now())
    return onward(request, "regulations:regulation", made.regulation_id)


def _regulation(request: HttpRequest, pk: int) -> Regulation:
    found: Regulation = get_object_or_404(Regulation.objects.visible_to(person_of(request)), pk=pk)
    return found


def _versions(request: HttpRequest, found: Regulation) -> Any:
    mine = RegulationVersion.objects.visible_to(person_of(request))
    return mine.filter(regulation=found)


def _version(request: HttpRequest, pk: int) -> RegulationVersion:
    mine = RegulationVersion.objects.visible_to(person_of(request))
    found: RegulationVersion = get_object_or_404(
        mine.select_related("regulation", "entered_by", "released_by", "letter"), pk=pk
    )
    return found


def _keeps(person: Person, found: Regulation) -> bool:
    return person.can("regulations.keep") and covers(person, found.region)
