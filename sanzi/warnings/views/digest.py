"""周摘要: a region's week of warnings on one page, and issued as a paper."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate, now

from sanzi.kernel.refusals import Invalid
from sanzi.orgs.tree import names_of
from sanzi.warnings import digesting, queries
from sanzi.warnings.actions import digests
from sanzi.warnings.models import Event
from sanzi.warnings.standards import Standards
from sanzi.web.errors import Unsupported
from sanzi.web.frame import place
from sanzi.web.pager import Pager
from sanzi.web.pages import onward, page, person_of, show


@page("warnings.view")
def digest(request: HttpRequest) -> HttpResponse:
    here, person = place(request), person_of(request)
    given = request.GET.get("week", "")
    last = _day(given) or queries.looked_on(person, here.code) or localdate()
    found = digesting.digest(Event.objects.visible_to(person).within(here.code), last)
    lights = digesting.lights_of_year(here.code, last, Standards(last))
    pager = Pager.over(lights, request.GET)
    names = names_of(digesting.villages_in(found, pager.rows))
    context = {
        "title": f"{here}预警周摘要",
        "here": here,
        "digest": found,
        "lines": [
            (line, [(event, names.get(event.village, "")) for event in line.events])
            for line in found.lines
        ],
        "held": [(event, names.get(event.village, "")) for event in found.held],
        "lights": [(names.get(one.village, one.village), one) for one in pager.rows],
        "pager": pager,
        "year": last.year,
        "issued": digesting.issued_digest(person, here.code, last),
        "may_issue": person.can("warnings.digest") and 4 <= len(here.code) <= 9,
    }
    return show(request, "warnings/digest.html", context)


@page("warnings.digest", methods=("POST",))
def issue(request: HttpRequest) -> HttpResponse:
    """Issue the week's digest as a paper."""
    here = place(request)
    last = _day(request.POST.get("week", ""))
    if last is None:
        raise Invalid("warnings.week", "请选一个日期")
    letter = digests.issue_digest(region=here.code, last=last, by=person_of(request), now=now())
    messages.success(request, f"已制发 {letter.serial}，可打印 PDF、下载 Word")
    return onward(request, "letters:letter", letter.pk)


def _day(given: str) -> date | None:
    """The last day of the week asked for, if any. Raises Unsupported."""
    if not given.strip():
        return None
    try:
        return date.fromisoformat(given.strip())
    except ValueError:
        raise Unsupported("warnings.week", "日期应写成 2023-01-01 这样") from None
