"""Budgets by book and year, one version, its grid, its decision, two versions side by side."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.timezone import localdate, now

from sanzi.accounting.models import Dimension
from sanzi.budgets import registers, years
from sanzi.budgets.actions import decisions, drafts
from sanzi.budgets.control import Control
from sanzi.budgets.forms import (
    BLANK_ROWS,
    MORE_ROWS,
    DecisionForm,
    ReasonForm,
    YearForm,
    typed_rows,
    whole,
)
from sanzi.budgets.grid import Typed, read
from sanzi.budgets.keeping import known_of
from sanzi.budgets.models import Budget
from sanzi.budgets.queries import executed, planned
from sanzi.budgets.show import table_page
from sanzi.documents.papers import papers_on
from sanzi.journal.timeline import timeline
from sanzi.kernel.money import grouped
from sanzi.kernel.refusals import Invalid, Missing
from sanzi.web.pages import onward, page, person_of, show
from sanzi.web.registers import register_page

from .scoped import about, book_of, budget_of

PROJECTS_SHOWN = 200
VERSIONS_SHOWN = 50


@page("books.view")
def budgets(request: HttpRequest) -> HttpResponseBase:
    return register_page(request, registers.BUDGETS)


@page("books.view")
def books(request: HttpRequest) -> HttpResponseBase:
    return register_page(request, registers.BOOKS)


@page("books.view")
def book(request: HttpRequest, book: int) -> HttpResponse:
    mine = book_of(request, book)
    versions = Budget.objects.visible_to(person_of(request)).filter(book=mine)
    shown = list(versions.select_related("decision").order_by("-year", "-version")[:VERSIONS_SHOWN])
    today = localdate()
    context = about(mine) | {
        "title": "预决算",
        "versions": [(one, registers.badge_of(one)) for one in shown],
        "years": sorted({one.year for one in shown} | {today.year, today.year - 1}, reverse=True),
        "form": YearForm(initial={"year": today.year + (today.month > 10)}),
        "may_draft": person_of(request).can("budgets.manage"),
    }
    return show(request, "budgets/book.html", context)


@page("budgets.manage", methods=("POST",))
def draft(request: HttpRequest, book: int) -> HttpResponse:
    form = YearForm(request.POST)
    if not form.is_valid():
        raise Invalid("budget.year", "请填四位年度，如 2027")
    made = drafts.draft(
        book_id=book, year=form.cleaned_data["year"], by=person_of(request), now=now()
    )
    return onward(request, "budgets:edit", made.pk)


@page("books.view")
def budget(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _show(request, budget_of(request, pk))


def _show(
    request: HttpRequest, mine: Budget, wrong: DecisionForm | None = None
) -> HttpResponseBase:
    table, _ = years.plan(mine)
    person = person_of(request)
    wrote = mine.writers.filter(pk=person.pk).exists()
    before = Budget.objects.visible_to(person).filter(book=mine.book_id, year=mine.year)
    context = about(mine.book, mine.year) | {
        "title": f"{mine.year} 年预算",
        "budget": mine,
        "state": registers.badge_of(mine),
        "decision": getattr(mine, "decision", None),
        "papers": papers_on(mine),
        "history": timeline(mine, person),
        "reason": ReasonForm(),
        "decide": wrong or DecisionForm(initial={"body": _usual_body(mine)}),
        "may_edit": mine.is_open and person.can("budgets.manage"),
        "may_adjust": mine.stage == "approved" and person.can("budgets.manage"),
        "may_decide": mine.is_open and person.can("budgets.approve"),
        "why_not": "您参与了编制，不能自己登记批准；请由另一人登记决议" if wrote else "",
        "earlier": before.filter(version__lt=mine.version).order_by("version").last(),
    }
    return table_page(request, "budgets/budget.html", table, context, status=422 if wrong else 200)


def _usual_body(mine: Budget) -> str:
    is_committee = mine.book.collective.kind == "committee"
    return "村民代表会议" if is_committee else "成员代表大会"


@page("budgets.approve", methods=("POST",))
def approve(request: HttpRequest, pk: int) -> HttpResponseBase:
    form = DecisionForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, budget_of(request, pk), form)
    decisions.approve(budget_id=pk, by=person_of(request), now=now(), **form.cleaned_data)
    return onward(request, "budgets:budget", pk)


@page("budgets.manage", methods=("POST",))
def adjust(request: HttpRequest, pk: int) -> HttpResponse:
    made = drafts.adjust(
        budget_id=pk, reason=request.POST.get("reason", ""), by=person_of(request), now=now()
    )
    return onward(request, "budgets:edit", made.pk)


@page("budgets.manage", methods=("POST",))
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    drafts.drop(
        budget_id=pk, reason=request.POST.get("reason", ""), by=person_of(request), now=now()
    )
    return onward(request, "budgets:budget", pk)


@page("budgets.manage", methods=("GET", "POST"))
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    mine = budget_of(request, pk)
    if request.method == "GET":
        rows = [_typed(line) for line in planned(mine)]
        return _grid(request, mine, rows, mine.revision, BLANK_ROWS)
    rows, seen = typed_rows(request.POST), whole(request.POST.get("revision", ""))
    if request.POST.get("do") == "more":
        return _grid(request, mine, rows, seen, MORE_ROWS)
    read(rows, known_of(mine.book, [row.project for row in rows]))
    if any(row.faults for row in rows):
        return _grid(request, mine, rows, seen, BLANK_ROWS, status=422)
    rows = [replace(row, faults={}) for row in rows]
    drafts.fill(budget_id=pk, revision=seen, rows=rows, by=person_of(request), now=now())
    return onward(request, "budgets:budget", pk)


def _typed(line: Any) -> Typed:
    return Typed(
        account=line.account,
        project=line.project_name,
        name=line.name,
        amount=str(line.amount),
        control=line.control.value,
        note=line.note,
    )


def _grid(
    request: HttpRequest, mine: Budget, rows: list[Typed], seen: int, blank: int, status: int = 200
) -> HttpResponse:
    known = known_of(mine.book, ())
    kept = [row for row in rows if not row.is_blank]
    _hang_last_year(mine, kept)
    projects = Dimension.objects.visible_to(person_of(request)).filter(
        book=mine.book_id, kind="project", is_active=True
    )
    context = about(mine.book, mine.year) | {
        "title": f"编制 {mine.year} 年预算",
        "budget": mine,
        "revision": seen,
        "rows": kept + [Typed() for _ in range(blank)],
        "faults": sum(len(row.faults) for row in kept),
        "controls": [(c.value, c.label) for c in Control],
        "accounts": known.accounts.values(),
        "projects": projects.order_by("name")[:PROJECTS_SHOWN],
        "income": grouped(mine.income),
        "expense": grouped(mine.expense),
    }
    return show(request, "budgets/edit.html", context, status=status)


def _hang_last_year(mine: Budget, rows: list[Typed]) -> None:
    """Beside every row that can be read: what the year before came to under it."""
    copies = [replace(row, faults={}) for row in rows]
    known = known_of(mine.book, [row.project for row in rows])
    read_rows = [(row, read([copy], known)) for row, copy in zip(rows, copies, strict=True)]
    lines = [line for _, found in read_rows for line in found]
    amounts = iter(executed(mine.book, mine.year - 1, lines))
    for row, found in read_rows:
        if found:
            row.last_year = next(amounts).actual


@page("books.view")
def compare(request: HttpRequest, pk: int) -> HttpResponseBase:
    later = budget_of(request, pk)
    mine = Budget.objects.visible_to(person_of(request)).filter(book=later.book_id, year=later.year)
    versions = list(mine.order_by("version"))
    asked = request.GET.get("with", "")
    chosen = [v for v in versions if (str(v.version) == asked if asked else v.pk != later.pk)]
    if not chosen:
        raise Missing("budget.compare", "没有可以对比的另一版预算")
    other = chosen[0] if asked else _nearest(chosen, later)
    first, second = sorted((other, later), key=lambda one: one.version)
    context = about(later.book, later.year) | {
        "title": f"{later.year} 年预算版本对比",
        "budget": later,
        "other": other,
        "versions": [v for v in versions if v.pk != later.pk],
    }
    return table_page(request, "budgets/compare.html", years.comparison(first, second), context)


def _nearest(others: list[Budget], later: Budget) -> Budget:
    before = [one for one in others if one.version < later.version]
    return before[-1] if before else others[0]
