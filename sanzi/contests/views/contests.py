"""Contests, a new one, and one with its rounds and its final result."""

from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate, now

from sanzi.contests.actions import contests as writes
from sanzi.contests.final import Final, finals
from sanzi.contests.forms import ContestForm
from sanzi.contests.models import Contest, Result, Round
from sanzi.contests.organising import levels_below
from sanzi.contests.queries import latest
from sanzi.contests.stages import Stage
from sanzi.journal.timeline import timeline
from sanzi.kernel.refusals import Invalid
from sanzi.orgs.tree import names_of
from sanzi.web.frame import chosen_code, place
from sanzi.web.pager import Pager
from sanzi.web.pages import onward, page, person_of, show

from .scoped import contest_of, runs

SIZE = 30
SHOWN = 50


@page("contests.view")
def contests(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    mine = Contest.objects.visible_to(person).prefetch_related("rounds")
    pager = Pager.over(mine, request.GET, size=SIZE)
    rows = pager.rows
    names = names_of({one.region for one in rows})
    context = {
        "title": "考核评比",
        "rows": [(one, names.get(one.region, one.region)) for one in rows],
        "pager": pager,
        "may_run": person.can("contests.run"),
    }
    return show(request, "contests/contests.html", context)


@page("contests.run")
def new(request: HttpRequest) -> HttpResponse:
    return _new(request, _form(request))


@page("contests.run", methods=("POST",))
def found(request: HttpRequest) -> HttpResponse:
    form = _form(request, request.POST)
    if not form.is_valid():
        return _new(request, form, status=422)
    here = place(request).code
    contest = writes.found(region=here, by=person_of(request), now=now(), **form.cleaned_data)
    return onward(request, "contests:contest", contest.pk)


def _form(request: HttpRequest, data: object = None) -> ContestForm:
    earlier = Contest.objects.visible_to(person_of(request))[:SHOWN]
    levels = levels_below(chosen_code(request))
    return ContestForm(data, levels=levels, earlier=earlier, initial={"year": localdate().year})


def _new(request: HttpRequest, form: ContestForm, status: int = 200) -> HttpResponse:
    here = place(request)
    if len(here.code) not in (4, 6, 9):
        raise Invalid("contest.region", "评比由市、县或乡镇举办，请先选择地区")
    context = {"title": "新建评比", "form": form, "here": here}
    return show(request, "contests/new.html", context, status=status)


@page("contests.view")
def contest(request: HttpRequest, pk: int) -> HttpResponse:
    person, held = person_of(request), contest_of(request, pk)
    rounds = list(held.rounds.all())
    results = _finals(request, held, rounds) if len(rounds) > 1 else []
    pager = Pager.over(results, request.GET, size=SHOWN)
    context = {
        "title": str(held),
        "contest": held,
        "region": names_of([held.region]).get(held.region, held.region),
        "rounds": rounds,
        "published": [one for one in rounds if one.stage == Stage.PUBLISHED],
        "finals": pager.rows,
        "pager": pager,
        "weights": sum(one.weight for one in rounds),
        "may_run": runs(person, held),
        "history": timeline(held, person),
    }
    return show(request, "contests/contest.html", context)


def _finals(request: HttpRequest, held: Contest, rounds: list[Round]) -> list[tuple[str, Final]]:
    """The weighted result of the published rounds, with names; one query."""
    counted = [one for one in rounds if one.stage == Stage.PUBLISHED]
    places = {one.pk: index for index, one in enumerate(counted)}
    totals: dict[str, list[Decimal | None]] = {}
    names: dict[str, str] = {}
    # By round: what is closed and not yet published its organiser sees, and it counts no more.
    seen = Result.objects.visible_to(person_of(request))
    mine = latest(seen.filter(entry__round__in=counted))
    columns = ("village", "entry__name", "entry__round", "total")
    for village, name, round_id, total in mine.values_list(*columns):
        names[village] = name
        totals.setdefault(village, [None] * len(counted))[places[round_id]] = total
    found = finals([one.weight for one in counted], totals)
    return [(names[one.subject], one) for one in found]
