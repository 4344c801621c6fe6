"""Putting a voucher of an earlier year right: what stood, what should have, who makes it."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate, now

from sanzi.accounting.keys import voucher_key
from sanzi.accounting.models import Account, Book, Voucher
from sanzi.accounting.reversal import correction_memo
from sanzi.kernel.money import ZERO, yuan
from sanzi.kernel.refusals import Refusal
from sanzi.web.pages import onward, page, person_of, show
from sanzi.yearend.actions import handed as actions
from sanzi.yearend.correcting import WrongLine, lines_of, reason_against
from sanzi.yearend.forms import DatedForm, FindVoucherForm
from sanzi.yearend.prior_year import RULES
from sanzi.yearend.views.months import heading, mine_of

FRESH = 3  # Empty rows for accounts the wrong voucher lacked.


@page("books.view")
def correction(request: HttpRequest, book: int) -> HttpResponse:
    """Find the voucher."""
    mine = mine_of(request, book)
    form = FindVoucherForm(request.GET or None)
    if request.GET and form.is_valid():
        told = form.cleaned_data
        key = voucher_key(mine.pk, told["year"] * 100 + told["month"], told["number"])
        mine_too = Voucher.objects.visible_to(person_of(request)).filter(book=mine)
        if mine_too.filter(pk=key).exists():
            return onward(request, "yearend:correct", book, key)
        form.add_error("number", "这个月没有这个号的凭证，请核对年月和凭证号")
    context = {
        **heading(request, mine),
        "title": "以前年度更正",
        "form": form,
        "rule": RULES[mine.scheme],
    }
    return show(request, "yearend/correction.html", context)


@page("books.view")
def correct(request: HttpRequest, book: int, voucher: int) -> HttpResponse:
    mine = mine_of(request, book)
    return _show(request, mine, _voucher(request, mine, voucher), {})


@page("books.prepare", methods=("POST",))
def propose(request: HttpRequest, book: int, voucher: int) -> HttpResponse:
    """Show the correcting voucher, or hand it over once it has been looked at."""
    mine = mine_of(request, book)
    wrong = _voucher(request, mine, voucher)
    form = DatedForm(request.POST)
    if not form.is_valid():
        return _show(request, mine, wrong, {"dated": form})
    dated = form.cleaned_data["dated"]
    try:
        wrongs = _wrongs(request, wrong)
        lines = lines_of(wrong, mine, wrongs, dated, correction_memo(wrong, dated.year))
    except Refusal as refusal:
        return _show(request, mine, wrong, {"dated": form, "refusal": refusal})
    if request.POST.get("do") != "hand":
        return _show(request, mine, wrong, {"dated": form, "lines": lines})
    draft = actions.hand_over_correction(
        book_id=book, voucher_id=wrong.pk, wrongs=wrongs, dated=dated, by=person_of(request),
        now=now(),
    )  # fmt: skip
    return onward(request, "agency:matter", draft.pk)


def _voucher(request: HttpRequest, book: Book, key: int) -> Voucher:
    mine = Voucher.objects.visible_to(person_of(request)).filter(book=book)
    found: Voucher = get_object_or_404(mine, pk=key)
    return found


def _wrongs(request: HttpRequest, voucher: Voucher) -> list[WrongLine]:
    found = []
    for line in voucher.lines:
        should = _net(request, str(line.pk))
        found.append(WrongLine(line.pk, line.account, should))
    for place in range(FRESH):
        account = request.POST.get(f"account-{place}", "").strip()
        if account:
            found.append(WrongLine(0, account, _net(request, f"new{place}")))
    return found


def _net(request: HttpRequest, name: str) -> Decimal:
    """What was typed for a line, a debit positive; left empty, a line is gone."""
    debit, credit = (_typed(request, f"{side}-{name}") for side in ("debit", "credit"))
    return debit - credit


def _typed(request: HttpRequest, name: str) -> Decimal:
    text = request.POST.get(name, "").replace(",", "").replace("，", "").strip()
    return yuan(text) if text else ZERO


def _show(request: HttpRequest, book: Book, voucher: Voucher, more: dict[str, Any]) -> HttpResponse:
    names = dict(
        Account.objects.visible_to(person_of(request)).filter(book=book).values_list("code", "name")
    )
    posted = request.POST.get
    rows = [
        {
            "line": line,
            "name": names.get(line.account, ""),
            "debit": posted(f"debit-{line.pk}", line.debit or ""),
            "credit": posted(f"credit-{line.pk}", line.credit or ""),
        }
        for line in voucher.lines
    ]
    fresh = [
        {
            "place": place,
            "account": posted(f"account-{place}", ""),
            "debit": posted(f"debit-new{place}", ""),
            "credit": posted(f"credit-new{place}", ""),
        }
        for place in range(FRESH)
    ]
    lines = more.get("lines")
    refusal = more.get("refusal")
    context = {
        **heading(request, book),
        "title": f"更正 {voucher}",
        "voucher": voucher,
        "rows": rows,
        "fresh": fresh,
        "rule": RULES[book.scheme],
        "against": reason_against(voucher, localdate()),
        "dated": more.get("dated") or DatedForm(initial={"dated": localdate()}),
        "refusal": refusal,
        "proposed": lines and [(side, names.get(side.account, "")) for side in lines],
        "may_prepare": person_of(request).can("books.prepare"),
    }
    form = more.get("dated")
    status = 422 if refusal or (form is not None and form.errors) else 200
    return show(request, "yearend/correct.html", context, status=status)
