"""What one person answers for: one's own page (我包联的), and anybody's within sight."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate

from sanzi.access.models import Person
from sanzi.orgs.tree import names_of
from sanzi.responsibility.models import Assignment
from sanzi.responsibility.queries import held_on
from sanzi.web.pager import Pager
from sanzi.web.pages import page, person_of, show


@page("registers.view")
def mine(request: HttpRequest) -> HttpResponse:
    return _show(request, person_of(request), "我包联的")


@page("registers.view")
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody who holds a post in sight, or answers for something in sight."""
    me = person_of(request)
    seen = Assignment.objects.visible_to(me).filter(person=pk).select_related("person").first()
    found = seen.person if seen else get_object_or_404(Person.objects.visible_to(me), pk=pk)
    return _show(request, found, f"{found}包联的")


def _show(request: HttpRequest, whose: Person, title: str) -> HttpResponse:
    rows = Assignment.objects.visible_to(person_of(request)).filter(person=whose)
    rows, today = rows.select_related("area").order_by("level", "village", "pk"), localdate()
    parts = {
        "held": held_on(rows, today),
        "coming": rows.filter(from_on__gt=today),
        "past": rows.filter(to_on__lt=today).order_by("-to_on", "pk"),
    }
    pagers = {name: Pager.over(part, request.GET, name) for name, part in parts.items()}
    found = [one for pager in pagers.values() for one in pager.rows]
    names = names_of({one.town if one.area_id else one.village for one in found})
    for one in found:
        code = one.town if one.area_id else one.village
        one.place = names.get(code, code)
    context = {"title": title, "whose": whose, **pagers}
    return show(request, "responsibility/person.html", context)
