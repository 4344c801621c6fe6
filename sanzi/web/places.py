"""Going to another region by typing a part of its name, an older name, or its code."""

from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpRequest, HttpResponse

from sanzi.orgs.models import Region

from .frame import url_of
from .pages import SIGNED_IN, local_path, page, person_of, show

LIMIT = 20


@page(SIGNED_IN)
def places_page(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("place", "").replace("\x00", "").strip()[:60]
    home = url_of("dashboards:home") or "/"
    target = local_path(request, request.GET.get("next"), home).split("?")[0]
    context = {
        "title": "找一个地方",
        "words": words,
        "target": target,
        "found": [
            (region, f"{target}?{urlencode({'region': region.code})}")
            for region in _find(request, words)
        ],
        "limit": LIMIT,
    }
    return show(request, "web/places.html", context, part="web/parts/places.html")


def _find(request: HttpRequest, words: str) -> list[Region]:
    own = person_of(request).region_code
    if not words or own is None:
        return []
    spelt = Q(name__icontains=words) | Q(former_names__name__icontains=words)
    if words.isascii() and words.isdigit():
        spelt |= Q(code__startswith=words)
    mine = Region.objects.filter(code__startswith=own).exclude(level="group")
    return list(mine.filter(spelt).select_related("parent").distinct().order_by("code")[:LIMIT])
