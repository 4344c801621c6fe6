"""清收: what waits, what runs out, and whom to ask next."""

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate

from sanzi.orgs.tree import names_of
from sanzi.receivables.desk import broken_plans, deadlines, effect_in, next_claims, waiting_for
from sanzi.receivables.registers import due_badge
from sanzi.receivables.seven import RINGS
from sanzi.web.asked import address as asked_for
from sanzi.web.frame import place
from sanzi.web.pager import Pager
from sanzi.web.pages import page, person_of, show

PER_PAGE, ON_DESK = 20, 8


@page("registers.view")
def desk(request: HttpRequest) -> HttpResponse:
    person, here, today = person_of(request), place(request), localdate()
    is_mine, late = _is_mine(request), broken_plans(person, here.code, today)
    asked = next_claims(person, here.code, today, late=late, is_mine=is_mine)
    dues = deadlines(person, here.code, today)
    context = {
        "title": "清收",
        "here": here,
        "tiles": waiting_for(person, here.code, today, late=len(late), dues=len(dues)),
        "effect": effect_in(here.code, today),
        "rings": RINGS,
        "is_mine": is_mine,
        "mine_url": asked_for(request, mine="" if is_mine else "1"),
        "may_entrust": person.can("responsibility.assign"),
        "many": len(asked),
        "next": asked[:ON_DESK],
        "names": names_of({one.claim.village for one in asked[:ON_DESK]}),
        "dues": [(thing, due_badge(due)) for thing, due in dues],
        "may_work": person.can("claims.work"),
    }
    return show(request, "receivables/desk.html", context)


@page("registers.view")
def collect(request: HttpRequest) -> HttpResponse:
    """The collector's list: the next best claim first, with the formula behind its place.

    `mine=1` leaves the claims in the reader's own hands.
    """
    person, here = person_of(request), place(request)
    word, is_mine = request.GET.get("q", "").strip()[:60], _is_mine(request)
    today = localdate()
    late = broken_plans(person, here.code, today)
    asked = next_claims(person, here.code, today, word, late=late, is_mine=is_mine)
    pager = Pager.over(asked, request.GET, size=PER_PAGE)
    names = names_of({one.claim.village for one in pager.rows})
    context = {
        "title": "清收清单",
        "here": here,
        "word": word,
        "is_mine": is_mine,
        "mine_url": asked_for(request, mine="" if is_mine else "1"),
        "may_entrust": person.can("responsibility.assign"),
        "pager": pager,
        "rows": [(one, names.get(one.claim.village, one.claim.village)) for one in pager.rows],
        "may_work": person.can("claims.work"),
    }
    return show(request, "receivables/collect.html", context)


def _is_mine(request: HttpRequest) -> bool:
    return request.GET.get("mine") == "1"
