"""Depreciation of a month: what each asset wears, what is missing, one click to the agency."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate, now

from sanzi.accounting import asked
from sanzi.accounting.models import Book
from sanzi.kernel.money import ZERO
from sanzi.web.frame import url_of
from sanzi.web.pager import Pager
from sanzi.web.pages import onward, page, person_of, show
from sanzi.yearend.actions import handed as actions
from sanzi.yearend.checks import month_name
from sanzi.yearend.forms import TermForm
from sanzi.yearend.handing import handed
from sanzi.yearend.models import WearTerm
from sanzi.yearend.queries import last_month
from sanzi.yearend.standing import Standing
from sanzi.yearend.views.months import heading, mine_of
from sanzi.yearend.wear import month_after, schedule, usual
from sanzi.yearend.wearing import account_for, assets_of, cards_of, without_terms

SIZE = 50
LACKING = 20


@page("books.view")
def wear(request: HttpRequest, book: int) -> HttpResponse:
    mine = mine_of(request, book)
    period = _period(request, mine)
    cards = cards_of(mine)
    rows = schedule(cards, period)
    lacking = without_terms(mine)
    pager = Pager(request.GET, len(rows), SIZE)
    before = handed(mine, f"wear:{period}")
    may_prepare = person_of(request).can("books.prepare")
    names = Standing(mine, period // 100).accounts
    context = {
        **heading(request, mine),
        "title": f"{month_name(period)}折旧",
        "period": period,
        "period_field": asked.dashed(period),
        "month": month_name(period),
        "rows": [(row, names.get(row.card.account)) for row in rows[pager.start : pager.stop]],
        "pager": pager,
        "total": sum((row.amount for row in rows), ZERO),
        "cards": len(cards),
        "lacking": lacking[:LACKING],
        "lacking_count": lacking.count(),
        "usual": list(usual().values()),
        "before": before,
        "before_url": url_of("agency:matter", pk=str(before.draft_id)) if before else None,
        "may_prepare": may_prepare,
        "may_hand_over": may_prepare
        and bool(rows)
        and (before is None or before.draft.stage == "voided"),
    }
    return show(request, "yearend/wear.html", context)


@page("books.prepare", methods=("POST",))
def assume(request: HttpRequest, book: int) -> HttpResponse:
    count = actions.assume_terms(book_id=book, by=person_of(request), now=now())
    messages.success(request, f"已按常用年限设定 {count} 项资产；缺取得日期的请逐项填写")
    return onward(request, "yearend:wear", book)


@page("books.prepare", methods=("GET", "POST"))
def term(request: HttpRequest, book: int, asset: int) -> HttpResponse:
    mine = mine_of(request, book)
    one: Any = get_object_or_404(assets_of(mine), pk=asset)
    standing = Standing(mine, mine.begins // 100)
    wanted = sorted(standing.of("expense", "cost"))
    accounts = [(code, str(standing.accounts[code])) for code in wanted]
    form = TermForm(
        request.POST or None,
        accounts=accounts,
        initial=_held(request, mine, one) or _initial(one, standing),
    )
    if request.method == "POST" and form.is_valid():
        actions.set_term(
            book_id=book, asset_id=asset, by=person_of(request), now=now(), **form.cleaned_data
        )
        return onward(request, "yearend:wear", book)
    context = {
        **heading(request, mine),
        "title": f"{one.number} {one.name} 折旧参数",
        "asset": one,
        "form": form,
    }
    status = 422 if request.method == "POST" else 200
    return show(request, "yearend/term.html", context, status=status)


@page("books.prepare", methods=("POST",))
def hand_over(request: HttpRequest, book: int, period: int) -> HttpResponse:
    draft = actions.hand_over_wear(book_id=book, period=period, by=person_of(request), now=now())
    return onward(request, "agency:matter", draft.pk)


def _held(request: HttpRequest, book: Book, asset: Any) -> dict[str, Any] | None:
    """The terms set before."""
    mine = WearTerm.objects.visible_to(person_of(request)).filter(book=book, asset=asset)
    found: dict[str, Any] | None = mine.values(
        "starts", "months", "residual", "taken", "account"
    ).first()
    return found


def _initial(asset: Any, standing: Standing) -> dict[str, Any]:
    rule = usual().get(asset.category)
    starts = month_after(asset.acquired_on) if asset.acquired_on else standing.book.begins
    return {
        "starts": starts,
        "months": rule.years * 12 if rule else 0,
        "residual": (asset.original_value * rule.residual_rate).quantize(ZERO) if rule else ZERO,
        "taken": ZERO,
        "account": account_for(asset, standing),
    }


def _period(request: HttpRequest, book: Book) -> int:
    return asked.month(request, "period", max(last_month(localdate()), book.begins))
