"""A judge's pages, made for a phone: whom there is to mark, and one participant's sheet."""

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now

from sanzi.contests.actions import judging as writes
from sanzi.contests.forms import MarkForm
from sanzi.contests.models import Entry, Judge
from sanzi.contests.queries import card_of_round, entries_of, judged, own_marks
from sanzi.contests.stages import Stage
from sanzi.kernel.refusals import Missing
from sanzi.web.pager import Pager
from sanzi.web.pages import onward, page, person_of, show

from .scoped import round_of

SIZE = 50


@page("contests.judge")
def judging(request: HttpRequest, pk: int) -> HttpResponse:
    judge = _judge(request, pk)
    lines = judged(card_of_round(judge.round))
    given = own_marks(judge)
    everyone = entries_of(judge)
    pager = Pager.over(everyone, request.GET, size=SIZE)
    context = {
        "title": f"打分：{judge.round}",
        "round": judge.round,
        "contest": judge.round.contest,
        "judge": judge,
        "rows": [(entry, sum(given.get(entry.pk, {}).values()) if entry.pk in given else None)
                 for entry in pager.rows],
        "pager": pager,
        "done": sum(len(given.get(entry.pk, {})) == len(lines) for entry in everyone),
        "count": len(everyone),
        "is_open": judge.round.stage == Stage.OPEN,
    }  # fmt: skip
    return show(request, "contests/judging.html", context)


def _judge(request: HttpRequest, pk: int) -> Judge:
    held, person = round_of(request, pk), person_of(request)
    found = Judge.objects.visible_to(person).filter(round=held).first()
    if found is None:
        raise Missing("judge.none", "您不是本轮的评委")
    found.round, found.person = held, person
    return found


def _entry(judge: Judge, pk: int) -> Entry:
    found = next((one for one in entries_of(judge) if one.pk == pk), None)
    if found is None:
        raise Missing("scope.missing", "没有找到该记录")
    return found


@page("contests.judge")
def sheet(request: HttpRequest, pk: int, entry: int) -> HttpResponse:
    judge = _judge(request, pk)
    return _sheet(request, judge, _entry(judge, entry))


def _sheet(
    request: HttpRequest, judge: Judge, entry: Entry, form: MarkForm | None = None
) -> HttpResponse:
    lines = judged(card_of_round(judge.round))
    given = own_marks(judge).get(entry.pk, {})
    context = {
        "title": f"为{entry}打分",
        "round": judge.round,
        "contest": judge.round.contest,
        "entry": entry,
        "form": form or MarkForm(lines=lines, given=given),
        "is_open": judge.round.stage == Stage.OPEN,
        "is_marked": bool(given),
    }
    return show(request, "contests/sheet.html", context, status=422 if form else 200)


@page("contests.judge", methods=("POST",))
def mark(request: HttpRequest, pk: int, entry: int) -> HttpResponse:
    judge = _judge(request, pk)
    form = MarkForm(request.POST, lines=judged(card_of_round(judge.round)), given={})
    if not form.is_valid():
        return _sheet(request, judge, _entry(judge, entry), form)
    writes.mark(round_id=pk, given={entry: form.cleaned_data}, by=person_of(request), now=now())
    return onward(request, "contests:judging", pk)
