"""统一口径: the list with its search, one with where it is cited, citing one for a matter."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import now

from sanzi.dispatch.actions import opinions as writes
from sanzi.dispatch.queries import cited_by
from sanzi.dispatch.studies import Citation, Opinion
from sanzi.dispatch.study_forms import CiteForm, OpinionForm
from sanzi.dispatch.things import things
from sanzi.journal.timeline import timeline
from sanzi.kernel.refusals import Invalid, Missing
from sanzi.orgs.tree import names_of
from sanzi.web.pager import Pager
from sanzi.web.pages import onward, page, person_of, show

from .studies import _show, _study_of

SIZE = 30


@page("registers.view")
def opinions(request: HttpRequest) -> HttpResponse:
    """All opinions in force here; with `?on=` those a matter may cite."""
    person, on = person_of(request), request.GET.get("on", "")[:80]
    words = request.GET.get("words", "").replace("\x00", "").strip()[:60]
    thing = things([on], person).get(on) if on else None
    if on and thing is None:
        raise Missing("scope.missing", "没有找到所办的事项")
    mine = Opinion.objects.visible_to(person).in_force().select_related("study")
    if words:
        mine = mine.filter(
            Q(title__icontains=words) | Q(text__icontains=words) | Q(basis__icontains=words)
        )
    pager = Pager.over(mine, request.GET, size=SIZE)
    rows = pager.rows
    names = names_of({one.region for one in rows})
    cited = {one.pk for one in cited_by(on, person)} if on else set()
    context = {
        "title": "统一口径",
        "rows": [(one, names.get(one.region, ""), one.pk in cited) for one in rows],
        "pager": pager,
        "words": words,
        "on": on,
        "thing": thing,
        "may_cite": on and (person.can("studies.keep") or person.can("cases.handle")),
    }
    return show(request, "dispatch/opinions.html", context)


@page("registers.view")
def opinion(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_of(request)
    held: Opinion = get_object_or_404(Opinion.objects.visible_to(person), pk=pk)
    versions = Opinion.objects.visible_to(person).filter(
        region=held.region, year=held.year, number=held.number
    )
    places = Citation.objects.visible_to(person).filter(opinion__in=versions).order_by("-pk")
    pager = Pager.over(places, request.GET, size=SIZE)
    rows = pager.rows
    known = things({one.on for one in rows}, person)
    context = {
        "title": held.title,
        "opinion": held,
        "region": names_of([held.region]).get(held.region, held.region),
        "versions": list(versions.order_by("-version")),
        "latest": versions.order_by("-version").first(),
        "places": [(one, known.get(one.on)) for one in rows],
        "pager": pager,
        "may_read_study": things([f"dispatch.study:{held.study_id}"], person),
        "history": timeline(held, person),
    }
    return show(request, "dispatch/opinion.html", context)


@page("registers.view", methods=("POST",))
def cite(request: HttpRequest) -> HttpResponse:
    form = CiteForm(request.POST)
    if not form.is_valid():
        raise Invalid("opinion.cite", "请从口径列表里选一条引用")
    given = form.cleaned_data
    made = writes.cite(
        opinion_id=given["opinion"], on=given["on"], by=person_of(request), now=now()
    )
    return onward(request, things([made.on], person_of(request))[made.on].url)


@page("studies.decide", methods=("POST",))
def adopt(request: HttpRequest, pk: int) -> HttpResponse:
    held = _study_of(request, pk)
    mine = Opinion.objects.visible_to(person_of(request)).in_force().filter(region=held.office)
    form = OpinionForm(request.POST, known=[(str(one.pk), str(one)) for one in mine[:100]])
    if not form.is_valid():
        return _show(request, held, form, "adopt")
    made = writes.adopt(study_id=pk, by=person_of(request), now=now(), **form.cleaned_data)
    return onward(request, "dispatch:opinion", made.pk)
