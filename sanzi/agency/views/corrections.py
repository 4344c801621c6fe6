"""Finding a posted voucher to copy, take back in red or correct; the red letter itself."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate, now

from sanzi.accounting.entry import reversed_sides
from sanzi.accounting.keys import VOUCHERS_MAX, voucher_key
from sanzi.accounting.models import Voucher
from sanzi.accounting.reversal import reason_against, red_memo, sides_of
from sanzi.agency.actions import entering
from sanzi.agency.lookups import accounts_of, words_for
from sanzi.agency.sheet import day_of
from sanzi.kernel.refusals import Blocked, Invalid, Refusal
from sanzi.orgs.tree import names_of
from sanzi.web.pages import onward, page, person_of, show

from .entering import book_of, voucher_of
from .voucher_form import duty_to_prepare

_AFTER = {"reverse": "agency:reverse", "correct": "agency:correct"}


@page("books.view")
def fetch(request: HttpRequest, pk: int) -> HttpResponse:
    """A voucher by month and number: to copy it, take it back or correct it."""
    book = book_of(request, pk)
    duty_to_prepare(request, book)
    month = day_of(f"{request.GET.get('month', '')}-01")
    number = request.GET.get("number", "").strip().removeprefix("记-")
    found = None
    if month and number.isascii() and number.isdecimal() and 0 < int(number[:6]) <= VOUCHERS_MAX:
        key = voucher_key(book.pk, month.year * 100 + month.month, int(number))
        found = Voucher.objects.visible_to(person_of(request)).filter(pk=key).first()
    if found is None:
        messages.error(request, "没有这张凭证，请核对月份和凭证号（如 2024-03、12）")
        return onward(request, "agency:enter", pk)
    if to := _AFTER.get(request.GET.get("what", "")):
        return onward(request, to, found.pk)
    return onward(request, f"{reverse('agency:enter', args=(pk,))}?copy={found.pk}")


@page("books.view", methods=("GET", "POST"))
def reverse_voucher(request: HttpRequest, pk: int) -> HttpResponse:
    """The red letter of a voucher (红字冲销), which goes through 复核 and 记账 like any other."""
    voucher = voucher_of(request, pk)
    duty_to_prepare(request, voucher.book)
    if request.method != "POST":
        reason = reason_against(voucher)
        return _show(request, voucher, _first_day(voucher), Blocked(*reason) if reason else None)
    typed = request.POST.get("dated", "")
    dated = day_of(typed)
    if dated is None:
        wrong = Invalid("voucher.dated", "日期要写成 2024-01-31 这样")
        return _show(request, voucher, _first_day(voucher), wrong)
    try:
        draft = entering.enter(
            book_id=voucher.book_id,
            sides=reversed_sides(sides_of(voucher), red_memo(voucher)),
            dated=dated,
            reverses_id=voucher.pk,
            by=person_of(request),
            now=now(),
        )
    except (Invalid, Blocked) as refusal:
        return _show(request, voucher, dated, refusal)
    messages.success(request, f"已制单，待复核：{draft.memo}")
    return onward(request, "agency:matter", draft.pk)


def _first_day(voucher: Voucher) -> date:
    """Today, or the last day of the voucher's year once that is over."""
    return min(max(localdate(), voucher.dated), date(voucher.dated.year, 12, 31))


def _show(request: HttpRequest, voucher: Any, dated: date, refusal: Refusal | None) -> HttpResponse:
    sides = sides_of(voucher)
    names = {account.code: str(account) for account in accounts_of(voucher.book)}
    words = words_for(
        voucher.book,
        [k for s in sides for k in (s.counterparty, s.project, s.object, s.item)],
    )
    context = {
        "title": f"红字冲销：{voucher}",
        "voucher": voucher,
        "village": names_of([voucher.book.village]).get(voucher.book.village, ""),
        "memo": red_memo(voucher),
        "lines": [
            {
                "account": names.get(side.account, side.account),
                "named": "/".join(
                    words[k]
                    for k in (side.counterparty, side.project, side.object, side.item)
                    if k in words
                ),
                "debit": side.debit or None,
                "credit": side.credit or None,
            }
            for side in reversed_sides(sides, "")
        ],
        "dated": dated,
        "refusal": refusal,
        "is_closed_to_red": refusal is not None and request.method != "POST",
    }
    status = refusal.status if refusal and request.method == "POST" else 200
    return show(request, "agency/entering_reversal.html", context, status=status)
