"""待办: the count in the bar of every page, and the page it leads to."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate

from sanzi.dashboards.waiting import waits
from sanzi.web.pages import page, person_of, show, show_part


@page("registers.view")
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits for this person; HTMX asks for the count alone."""
    found = waits(person_of(request), localdate())
    context = {"title": "待办", "waits": found, "count": sum(one.count for one in found)}
    return show(request, "dashboards/waiting.html", context, part="web/parts/todo.html")


@page("registers.view")
def waiting_tiles(request: HttpRequest) -> HttpResponse:
    """The same as tiles, for a first page that fetches them when it has loaded."""
    context = {"title": "我的待办", "waits": waits(person_of(request), localdate())}
    home = reverse("dashboards:home")
    return show_part(request, "dashboards/parts/waits.html", context,
                     back_url=home, back_word="返回今天")  # fmt: skip
