"""包户空缺: the households of a town or a village that nobody answers for."""

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate

from sanzi.campaigns.households import Households, households_of
from sanzi.web.frame import place
from sanzi.web.pager import Pager
from sanzi.web.pages import page, person_of, show


@page("registers.view")
def households(request: HttpRequest) -> HttpResponse:
    """By village; above a town, its towns to choose from. Of one village the households by name."""
    here, day = place(request), localdate()
    villages = list(here.children) if len(here.code) == 9 else [here.region]
    is_town = len(here.code) >= 9
    found = households_of(here.code, [(v.code, v.name) for v in villages], day) if is_town else []
    found.sort(key=lambda one: (-len(one.loose), one.code))
    alone = found[0] if len(here.code) == 12 else None
    context = {
        "title": f"{here}包户空缺",
        "here": here,
        "whole": Households(found),
        "pager": Pager.over(found, request.GET),
        "towns": [] if is_town else here.children,
        "alone": alone,
        "households": Pager.over(alone.loose if alone else [], request.GET, "households"),
        "may_assign": person_of(request).can("responsibility.assign"),
    }
    return show(request, "campaigns/households.html", context)
