"""配合单位: what one station (法庭, 派出所 …) cooperates in, within a region."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate

from sanzi.campaigns.completion import noun_of
from sanzi.campaigns.desk import Row
from sanzi.campaigns.queries import NEAREST, counts_of_unit, of_unit, open_tasks
from sanzi.campaigns.tasks.registers import UNIT_MAX
from sanzi.campaigns.tasks.task_page import limit_badge, stage_badge
from sanzi.kernel.refusals import Missing
from sanzi.kernel.regions import trim
from sanzi.orgs.tree import names_of
from sanzi.responsibility.models import ForceMember
from sanzi.responsibility.queries import held_on
from sanzi.web.frame import place
from sanzi.web.pager import Pager
from sanzi.web.pages import page, person_of, show

SHOWN = 15


@page("registers.view")
def station(request: HttpRequest) -> HttpResponse:
    """Its seats in task forces, and the open tasks that name it, the nearest limit first."""
    here, person, day = place(request), person_of(request), localdate()
    name = request.GET.get("name", "").strip()[:UNIT_MAX]
    mine = ForceMember.objects.visible_to(person).within(here.code)
    seats = held_on(mine.filter(role=ForceMember.Role.STATION, station=name), day)
    pager = Pager.over(seats.select_related("force").order_by("village", "pk"), request.GET)
    counts = counts_of_unit(name, person, here.code, day) if name else {}
    if not name or not pager.count and not counts["all"]:
        raise Missing("station.missing", f"{here}没有这个配合单位，或它没有专班席位和任务")
    tasks = of_unit(open_tasks(person, here.code), name).order_by(NEAREST, "pk")[:SHOWN]
    found = list(tasks)
    names = names_of({trim(one.village) for one in (*pager.rows, *found)})
    context = {
        "title": f"{name}：配合事项",
        "name": name,
        "here": here,
        "seats": [(one, names.get(trim(one.village), one.village)) for one in pager.rows],
        "pager": pager,
        "counts": counts,
        "rows": [
            Row(task, names.get(trim(task.village), task.village), stage_badge(task),
                limit_badge(task, day), None, noun_of(task.on) if task.on else None)
            for task in found
        ],
        "more": counts["open"] - len(found),
        "register_url": "{}?{}".format(
            reverse("registers:register", args=["tasks"]),
            urlencode({"region": here.code, "unit": name, "state": "kept"}),
        ),
    }  # fmt: skip
    return show(request, "campaigns/station.html", context)
