"""Counties and towns beside each other after a round; what was granted and what became of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from sanzi.contests import queries
from sanzi.contests.comparing import Came, Compared, compare
from sanzi.contests.models import Award, Result, used_of
from sanzi.kernel.money import ZERO
from sanzi.kernel.regions import trim
from sanzi.orgs.tree import names_of
from sanzi.web.pager import Pager
from sanzi.web.pages import page, person_of, show

from .scoped import contest_of, round_of

SIZE = 50
# A city compares counties and towns, a county its towns; a town has only its villages. Nothing
# is compared below whoever took part.
_LEVELS = ((6, "县区"), (9, "乡镇"))


@page("contests.view")
def comparison(request: HttpRequest, pk: int) -> HttpResponse:
    held = round_of(request, pk)
    mine = Result.objects.visible_to(person_of(request)).filter(entry__round=held)
    came = [
        Came(village, total, rank, band, bool(vetoes))
        for village, total, rank, band, vetoes in queries.latest(mine).values_list(
            "village", "total", "rank", "band", "vetoes"
        )
    ]
    below, above = len(held.contest.region), len(trim(came[0].code)) if came else 0
    tables = [(word, compare(came, n)) for n, word in _LEVELS if below < n <= above]
    bands = [band.title for band in queries.card_of_round(held).bands]
    names = names_of({one.code for _, found in tables for one in found})
    context = {
        "title": f"{held.contest}{held}：县乡对比",
        "round": held,
        "contest": held.contest,
        "count": len(came),
        "bands": bands,
        "tables": [(word, [_row(one, names, bands) for one in found]) for word, found in tables],
    }
    return show(request, "contests/comparison.html", context)


def _row(one: Compared, names: dict[str, str], bands: list[str]) -> dict[str, Any]:
    return {
        "name": names.get(one.code, one.code),
        "one": one,
        "bands": [one.bands.get(band, 0) for band in bands],
    }


@page("contests.view")
def awards(request: HttpRequest, pk: int) -> HttpResponse:
    """The award list of a review: granted, used, left; one's own region alone."""
    held = contest_of(request, pk)
    mine = Award.objects.visible_to(person_of(request)).filter(entry__round__contest=held)
    found = list(mine.select_related("entry").prefetch_related("uses").order_by("village"))
    rows = [(award, used_of(award), award.amount - used_of(award)) for award in found]
    pager = Pager.over(rows, request.GET, size=SIZE)
    context = {
        "title": f"{held}：核定资金",
        "contest": held,
        "rows": pager.rows,
        "pager": pager,
        "granted": sum((award.amount for award in found), ZERO),
        "used": sum((used for _, used, _ in rows), ZERO),
        "idle": sum(not used for _, used, _ in rows),
    }
    return show(request, "contests/awards.html", context)
