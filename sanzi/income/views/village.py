"""One village's income: every definition, its parts down to the books, what is one-off."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import now

from sanzi.accounting.models import Book
from sanzi.income.actions import marks
from sanzi.income.asked import Asked, asked_of
from sanzi.income.definitions import DEFINITIONS, lacking
from sanzi.income.forecast import Forecast
from sanzi.income.forms import MarkForm, ReasonForm, RowMarkForm
from sanzi.income.models import OneOff
from sanzi.income.parts import LABELS, PARTS
from sanzi.income.pipeline import coming_of, owed_in
from sanzi.income.queries import BOOKS, REGISTER, VillageYear, books_in, years_in
from sanzi.income.registers import ONE_OFFS
from sanzi.income.running import is_running, runners_of
from sanzi.income.tiers import tier_of, tiers
from sanzi.income.vouchers import IncomeLine, income_lines
from sanzi.kernel.money import from_fen
from sanzi.kernel.refusals import Missing
from sanzi.orgs.models import Region
from sanzi.web.pages import onward, page, person_of, show
from sanzi.web.registers import register_page

from .overview import common

DUES_SHOWN, LINES_SHOWN = 20, 15


@page("figures.view")
def village(request: HttpRequest, code: str) -> HttpResponse:
    return _show(request, code)


def _show(request: HttpRequest, code: str, status: int = 200, **forms: Any) -> HttpResponse:
    person = person_of(request)
    mine = Region.objects.visible_to(person).filter(level=Region.Level.VILLAGE)
    region = get_object_or_404(mine, code=code)
    asked = asked_of(request, code)
    # Balances are asked for by the widest definition: it is one village.
    years = years_in(
        code, asked.year, asked.month, definition=DEFINITIONS[-1], accounts=asked.judged.accounts
    )
    year = years.get(code) or VillageYear(code, asked.year, "")
    books = list(books_in(code).filter(pk__in=year.books))
    marked = _marks(request, code, asked.year)
    owed = owed_in(person, code, asked.as_of) if is_running(years, asked.as_of) else []
    outlook = _outlook(code, asked, years, owed)
    context = {
        "title": f"{region}收入",
        "region": region,
        "year": year,
        "readings": _readings(year),
        "income": _yuan(year.under(asked.definition)),
        "one_off": from_fen(year.apart_under(asked.definition)),
        "tier": _tier(year, asked),
        "parts": _parts(year, books, asked),
        "marks": marked,
        # Each with a form of its own: no two fields of a page bear one name for readers.
        "lines": [
            (one, MarkForm(auto_id=f"mark-{one.line}-%s"))
            for one in _lines(books, asked, {m.line for m in marked if m.stage != "refused"})
        ],
        "outlook": outlook,
        "expected": from_fen(outlook.expected) if outlook else None,
        "low": from_fen(outlook.low) if outlook else None,
        "high": from_fen(outlook.high) if outlook else None,
        "paces": outlook.paces if outlook else (),
        "steps": [(label, from_fen(amount)) for label, amount in outlook.steps] if outlook else [],
        "planned": from_fen(outlook.planned) if outlook and outlook.planned else None,
        "dues": owed[:DUES_SHOWN],
        "may_mark": person.can("income.mark"),
        "may_review": person.can("income.review"),
        "row_form": _row_form(year),
        "reason_form": ReasonForm(),
        "is_books": year.origin == BOOKS,
        "is_register": year.origin == REGISTER,
        "opens_books": person.can("books.view"),
    } | common(request, asked)
    return show(request, "income/village.html", context | forms, status=status)


def _yuan(fen: int | None) -> Any:
    return None if fen is None else from_fen(fen)


def _readings(year: VillageYear) -> list[tuple[Any, Any, str]]:
    """Each definition with its income, or what it lacks."""
    return [
        (one, _yuan(year.under(one)), "、".join(lacking(one, year.amounts))) for one in DEFINITIONS
    ]


def _tier(year: VillageYear, asked: Asked) -> str:
    income = year.under(asked.definition, one_off=asked.tiers.counts_one_off)
    if income is None:
        return ""
    return tiers(asked.tiers.edges)[tier_of(income, asked.tiers.edges)].label


def _parts(
    year: VillageYear, books: Sequence[Book], asked: Asked
) -> list[tuple[str, Any, Any, list[str]]]:
    """Each known part with its amount, what of it is one-off, and where its lines stand."""
    span = f"&first={asked.year}-01&last={asked.year}-{asked.month:02}"
    found = []
    for part in PARTS:
        if part.key not in year.amounts:
            continue
        where = [
            reverse("accounting:ledger", args=[book.pk])
            + f"?account={part.accounts[book.scheme]}{span}"
            for book in books
            if book.scheme in part.accounts
        ]
        if where or year.amounts[part.key] or year.origin == REGISTER:
            apart = year.apart.get(part.key, 0)
            found.append((LABELS[part.key], from_fen(year.amounts[part.key]), _yuan(apart), where))
    return found


def _marks(request: HttpRequest, code: str, year: int) -> list[OneOff]:
    mine = OneOff.objects.visible_to(person_of(request)).within(code).filter(year=year)
    return list(mine.select_related("proposed_by", "decided_by", "voucher").order_by("-pk"))


def _lines(books: Sequence[Book], asked: Asked, taken: set[int | None]) -> list[IncomeLine]:
    """The largest lines of income nobody has marked."""
    found = income_lines(books, asked.year * 100 + 1, asked.year * 100 + asked.month)
    open_ones = [one for one in found if one.amount > 0 and one.line not in taken]
    return sorted(open_ones, key=lambda one: -one.amount)[:LINES_SHOWN]


def _outlook(
    code: str, asked: Asked, years: Mapping[str, VillageYear], owed: Sequence[tuple[Any, int]]
) -> Forecast | None:
    """The forecast of a year that is not over."""
    if not is_running(years, asked.as_of):
        return None
    runners = runners_of(
        code, asked.as_of, asked.definition, years, coming_of(code, asked.as_of, owed),
        counts_one_off=asked.tiers.counts_one_off,
    )  # fmt: skip
    return next((one.forecast for one in runners if one.income is not None), None)


def _row_form(year: VillageYear, data: Any = None) -> RowMarkForm:
    parts = [(p.key, p.label) for p in PARTS if p.category == "income" and p.key in year.amounts]
    return RowMarkForm(data, parts=parts)


@page("income.mark", methods=("POST",))
def mark_line(request: HttpRequest, voucher: int, line: int) -> HttpResponse:
    done = marks.mark_line(
        voucher_id=voucher, line_id=line, kind=request.POST.get("kind", ""),
        reason=request.POST.get("reason", ""), by=person_of(request), now=now(),
    )  # fmt: skip
    return onward(request, _address(done))


@page("income.mark", methods=("POST",))
def mark_row(request: HttpRequest, code: str, year: int) -> HttpResponse:
    person = person_of(request)
    if not Region.objects.visible_to(person).filter(code=code, level="village").exists():
        raise Missing("scope.missing", "没有找到该记录")
    held = years_in(code, year).get(code) or VillageYear(code, year, "")
    form = _row_form(held, request.POST)
    if not form.is_valid():
        return _show(request, code, 422, row_form=form)
    done = marks.mark_row(village=code, year=year, by=person, now=now(), **form.cleaned_data)
    return onward(request, _address(done))


@page("income.review", methods=("POST",))
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    done = marks.decide(
        mark_id=pk, accepts=request.POST.get("accepts") == "yes",
        reason=request.POST.get("reason", ""), by=person_of(request), now=now(),
    )  # fmt: skip
    return onward(request, _address(done))


def _address(mark: OneOff) -> str:
    return f"{reverse('income:village', args=[mark.village])}?as_of={mark.year}-12-31#marks"


@page("figures.view")
def one_offs(request: HttpRequest) -> HttpResponseBase:
    """What waits for its second hand, and what was decided."""
    return register_page(request, ONE_OFFS)
