"""The wall map (挂图作战): villages as tiles, coloured by one rate and said in words."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from sanzi.dashboards.tiles import CHOICES, DEFAULT, wall_of
from sanzi.web import asked
from sanzi.web.frame import place
from sanzi.web.pages import page, person_of, show


@page("figures.view")
def wall(request: HttpRequest) -> HttpResponse:
    here, as_of = place(request), asked.as_of(request)
    chosen = asked.one_of(request, "by", CHOICES, DEFAULT)
    found = wall_of(person_of(request), here.code, as_of, chosen)
    context: dict[str, Any] = {
        "title": "挂图作战",
        "here": here,
        "as_of": as_of,
        "wall": found,
        "choices": [(id, label, id == chosen) for id, label in CHOICES.items()],
    }
    return show(request, "dashboards/wall.html", context)
