"""专人清收: claims given to collectors, and what came of it, with the claims behind each figure."""

from datetime import date
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localdate, now

from sanzi.kernel.refusals import Blocked, Invalid
from sanzi.orgs.tree import names_of
from sanzi.receivables.actions.entrusting import entrust as give
from sanzi.receivables.collector_register import entrusted
from sanzi.receivables.collectors import (
    Effect,
    choices_of,
    effects,
    in_hands_of,
    in_nobodys_hands,
    total_of,
)
from sanzi.receivables.entrust_form import LISTED, EntrustForm
from sanzi.receivables.entrusting import Entrustment
from sanzi.receivables.models import Claim
from sanzi.receivables.standing import marked
from sanzi.web import asked
from sanzi.web.downloads import check_may_export, download
from sanzi.web.errors import Unsupported
from sanzi.web.frame import place
from sanzi.web.pages import onward, page, person_of, show
from sanzi.web.paper import PaperColumn, write_paper
from sanzi.web.registers import register_page

ROWS_SHOWN = 300
WHO = {"nobody": "还没有交办的", "all": "全部未清结的", "mine": "我负责的"}
RATE = "收回率＝期内收回÷（期内收回＋在手尚欠）"


@page("responsibility.assign", methods=("GET", "POST"))
def entrust(request: HttpRequest) -> HttpResponse:
    """Claims of the region, narrowed by name or by who has them, given to one person."""
    here, person = place(request), person_of(request)
    who = asked.one_of(request, "who", tuple(WHO), "nobody")
    word = request.GET.get("q", "").strip()[:60]
    rows = _listed(request, here.code, who, word)
    many = rows.count()
    people = choices_of(here.code, localdate())
    form = EntrustForm(request.POST if request.method == "POST" else None, people=people, many=many)
    ticked = [int(pk) for pk in request.POST.getlist("claims") if pk.isdecimal() and len(pk) < 18]
    if form.is_valid():
        told = form.cleaned_data
        ids = list(rows.values_list("pk", flat=True)) if told["covers"] == LISTED else ticked
        try:
            given = give(
                claim_ids=ids, collector_id=told["collector"], from_on=told["from_on"], by=person,
                now=now(),
            )  # fmt: skip
        except (Blocked, Invalid) as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"已交办 {len(given)} 笔，由{given[0].collector}清收")
            return onward(request, f"{reverse('receivables:collectors')}?region={here.code}")
    shown = list(marked(rows)[:ROWS_SHOWN])
    names = names_of({row.village for row in shown})
    context = {
        "title": "交办清收",
        "here": here,
        "form": form,
        "who": who,
        "whose": WHO.items(),
        "word": word,
        "many": many,
        "rows": [(row, names.get(row.village, row.village), row.pk in ticked) for row in shown],
        "more": many - len(shown),
        "nobody_able": not people,
    }
    return show(request, "receivables/entrust.html", context, status=422 if form.errors else 200)


def _listed(request: HttpRequest, code: str, who: str, word: str) -> Any:
    person = person_of(request)
    rows = Claim.objects.visible_to(person).within(code).filter(left__gt=0)
    if who == "nobody":
        rows = in_nobodys_hands(rows)
    if who == "mine":
        rows = in_hands_of(rows, person)
    if word:
        rows = rows.filter(Q(debtor__icontains=word) | Q(number__icontains=word))
    return rows.order_by("village", "-left", "pk")


@page("registers.view")
def collectors(request: HttpRequest) -> HttpResponseBase:
    """清收成效: one line a collector; as page, paper and xlsx."""
    here, today = place(request), localdate()
    first, last = _period(request, today)
    rows = Entrustment.objects.visible_to(person_of(request)).within(here.code)
    lines = effects(rows, first, last, today)
    title = f"{here}专人清收成效"
    form = asked.one_of(request, "format", ("html", "print", "xlsx"), "html")
    if form == "xlsx":
        check_may_export(request)
        return download(title, last, lambda path: _write(path, title, lines, first, last))
    context = {
        "title": title if form == "print" else "专人清收成效",
        "here": here,
        "first": first,
        "last": last,
        "lines": [(line, _url(here.code, line, first, last, "now"),
                   _url(here.code, line, first, last, "collected")) for line in lines],
        "total": total_of(lines),
        "rate_word": RATE,
        "print_url": asked.address(request, format="print"),
        "back_url": asked.address(request, format="html"),
        "table_url": asked.address(request, format="xlsx"),
        "may_export": person_of(request).can("registers.export"),
        "may_entrust": person_of(request).can("responsibility.assign"),
        "unit": "单位：元",
        "issued": f"{first} 至 {last}",
    }  # fmt: skip
    name = "collectors_paper" if form == "print" else "collectors"
    return show(request, f"receivables/{name}.html", context)


@page("registers.view")
def claims(request: HttpRequest) -> HttpResponseBase:
    """The claims behind one figure of a collector."""
    return register_page(request, entrusted(*_period(request, localdate())))


def _period(request: HttpRequest, today: date) -> tuple[date, date]:
    """The days asked for, from the year's first to today unless told. Raises Unsupported."""
    first = asked.day(request, "first") or date(today.year, 1, 1)
    last = asked.day(request, "last") or max(today, first)
    if last < first:
        raise Unsupported("figures.day", "截止日期早于起始日期，请核对")
    return first, last


def _url(code: str, line: Effect, first: date, last: date, held: str) -> str:
    told: dict[str, Any] = {
        "region": code,
        "collector": line.collector,
        "held": held,
        "first": first,
        "last": last,
    }
    return f"{reverse('receivables:entrusted')}?{urlencode(told)}"


def _write(path: Path, title: str, lines: list[Effect], first: date, last: date) -> None:
    write_paper(
        path, title, f"单位：元；{RATE}",
        [
            PaperColumn("序号", "integer", width=6),
            PaperColumn("清收责任人", width=14),
            PaperColumn("在手笔数", "integer"),
            PaperColumn("在手尚欠", "money"),
            PaperColumn("期内收回", "money"),
            PaperColumn("收回率", "percent"),
            PaperColumn("平均在手天数", "integer"),
        ],
        ((n, *_cells(line)) for n, line in enumerate(lines, 1)),
        [None, *_cells(total_of(lines))],
        issued=f"{first} 至 {last}",
    )  # fmt: skip


def _cells(line: Effect) -> list[Any]:
    return [line.name, line.many, line.outstanding, line.collected, line.rate, line.days]
