"""The tasks about one row, as the row's own page fetches them."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate

from sanzi.campaigns.completion import subject_of, village_of
from sanzi.campaigns.desk import rows_of
from sanzi.campaigns.queries import tasks_about
from sanzi.kernel.regions import trim
from sanzi.web.pages import page, person_of, show_part

SHOWN = 10


@page("registers.view")
def about(request: HttpRequest) -> HttpResponse:
    """The open tasks first, the nearest limit first; the rest is in the register."""
    person, on = person_of(request), request.GET.get("on", "")
    village, subject = village_of(on, person), subject_of(on)
    found = list(tasks_about(on, person)[: SHOWN + 1])
    more = len(found) > SHOWN
    told = rows_of(found[:SHOWN], localdate())
    context = {
        "title": f"关于{subject}的任务",
        "subject": subject,
        "rows": [told[task.pk] for task in found[:SHOWN]],
        "left": tasks_about(on, person).count() - SHOWN if more else 0,
        "register_url": "{}?{}".format(
            reverse("registers:register", args=["tasks"]), urlencode({"region": trim(village)})
        ),
    }
    return show_part(
        request, "campaigns/parts/about.html", context, back_url=subject.url or "/",
        back_word=f"返回{subject.noun}",
    )  # fmt: skip
