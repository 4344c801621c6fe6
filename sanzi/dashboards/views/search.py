"""One box that finds contracts, claims, debts, people and villages in my part of the tree."""

from django.http import HttpRequest, HttpResponse

from sanzi.dashboards.search import LIMIT, search
from sanzi.web.errors import Unsupported
from sanzi.web.pages import page, person_of, show
from sanzi.web.register_query import SEARCH_MAX


@page("registers.view")
def search_page(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").replace("\x00", "").strip()
    if len(words) > SEARCH_MAX:
        raise Unsupported("search.words", f"查找内容最多 {SEARCH_MAX} 个字，请缩短后再查")
    groups = search(person_of(request), words) if words else []
    context = {
        "title": "查找",
        "search_words": words,
        "groups": [group for group in groups if group.found],
        "count": sum(len(group.found) for group in groups),
        "limit": LIMIT,
    }
    return show(request, "dashboards/search.html", context)
