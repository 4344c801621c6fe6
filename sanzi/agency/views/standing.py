"""代办: who stands in for whom, arranged and ended by the chief accountant."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate, now

from sanzi.access.models import Person, Post
from sanzi.access.roles import ROLES
from sanzi.agency.actions import standing
from sanzi.agency.duties import STOOD_IN
from sanzi.agency.forms import StandInForm
from sanzi.agency.models import StandIn
from sanzi.kernel.refusals import Blocked, Invalid
from sanzi.web.pages import onward, page, person_of, show

from .matters import posted

PER_PAGE = 20
PEOPLE_MAX = 300


@page("books.view", methods=("GET", "POST"))
def stand_ins(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    may_arrange = person.can("books.close")
    form = StandInForm(posted(request), people=_people(person) if may_arrange else ())
    if request.method == "POST" and form.is_valid():
        try:
            standing.stand_in(by=person, now=now(), **form.cleaned_data)
        except (Invalid, Blocked) as refusal:
            form.add_error(None, refusal.message)
        else:
            return onward(request, "agency:stand-ins")
    mine = StandIn.objects.visible_to(person).select_related("absent", "person", "arranged_by")
    context = {
        "title": "代办安排",
        "form": form,
        "may_arrange": may_arrange,
        "today": localdate(),
        "pages": Paginator(mine.order_by("-pk"), PER_PAGE).get_page(request.GET.get("page")),
    }
    return show(request, "agency/stand_ins.html", context, status=422 if form.errors else 200)


@page("books.close", methods=("POST",))
def end(request: HttpRequest, pk: int) -> HttpResponse:
    standing.end_stand_in(stand_in_id=pk, by=person_of(request), now=now())
    return onward(request, "agency:stand-ins")


def _people(person: Person) -> list[Person]:
    """Whoever may be absent or stand in: posts of the same office that touch the books."""
    roles = [
        name for name, role in ROLES.items() if role.may & set(STOOD_IN) or name == "town_clerk"
    ]
    here = Post.objects.visible_to(person).held_on(localdate()).filter(role__in=roles)
    people = Person.objects.visible_to(person).filter(is_active=True, pk__in=here.values("person"))
    return list(people.order_by("name")[:PEOPLE_MAX])
