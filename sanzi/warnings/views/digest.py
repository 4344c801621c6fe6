"""周摘要: a region's week of warnings on one sheet, to read and to print."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate

from sanzi.orgs.tree import names_of
from sanzi.warnings import queries
from sanzi.warnings.standards import Standards
from sanzi.web.errors import Unsupported
from sanzi.web.frame import place
from sanzi.web.pages import page, person_of, show


@page("warnings.view")
def digest(request: HttpRequest) -> HttpResponse:
    here, person = place(request), person_of(request)
    last = _last(request) or queries.looked_on(person, here.code) or localdate()
    found = queries.digest(person, here.code, last)
    villages = {event.village for line in found.lines for event in line.events}
    villages |= {event.village for event in found.held}
    lights = queries.lights_of_year(here.code, last, Standards(last))
    is_print = request.GET.get("format") == "print"
    names = names_of(villages | {one.village for one in lights})
    context = {
        "title": f"{here}预警周摘要",
        "here": here,
        "digest": found,
        "names": names,
        "lines": [
            (line, [(event, names.get(event.village, "")) for event in line.events])
            for line in found.lines
        ],
        "held": [(event, names.get(event.village, "")) for event in found.held],
        "many_held": queries.held(person, here.code, localdate()),
        "lights": [(names.get(one.village, one.village), one) for one in lights],
        "year": last.year,
        "issued": f"{found.first} 至 {found.last}",
        "unit": "单位：元",
    }
    return show(
        request, "warnings/digest_paper.html" if is_print else "warnings/digest.html", context
    )


def _last(request: HttpRequest) -> date | None:
    """The last day of the week asked for, if any. Raises Unsupported."""
    given = request.GET.get("week", "").strip()
    if not given:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise Unsupported("warnings.week", "日期应写成 2023-01-01 这样") from None
