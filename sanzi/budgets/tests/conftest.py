"""A budget of Shangtian's for 2026, and the year before it in the books."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.accounting.models import Book
from sanzi.accounting.periods import open_year
from sanzi.budgets.actions import decisions, drafts
from sanzi.budgets.grid import Typed
from sanzi.budgets.models import Budget
from tests.world import NOON


@action("books.close")
def open_years(*, book_id: int, last: int, by: Person, now: Any) -> None:
    book = Book.objects.claim(book_id, by)
    for year in range(book.begins // 100 + 1, last + 1):
        open_year(book, year)


def typed(text: str) -> list[Typed]:
    """Rows from `513 10000 block` or `514 5000 warn 道路硬化` each on its own line."""
    rows = []
    for line in text.strip().splitlines():
        account, amount, *more = line.split()
        control, project = [*more, "", ""][:2]
        rows.append(
            Typed(account=account, amount=amount, control=control or "warn", project=project)
        )
    return rows


MEETING = {
    "body": "成员代表大会",
    "met_on": date(2026, 1, 20),
    "number": "上田社决〔2026〕1号",
    "expected": 30,
    "present": 28,
    "agreed": 26,
    "sheets": 3,
}


@pytest.fixture
def years(book: Book, zheng: Person) -> Book:
    """Shangtian's book, open to the end of 2026."""
    open_years(book_id=book.pk, last=2026, by=zheng, now=NOON)
    return book


@pytest.fixture
def drafted(years: Book, wu: Person) -> Callable[[str], Budget]:
    """A draft for 2026 by Wu with these rows: drafted("513 10000 block")."""

    def make(text: str) -> Budget:
        budget = drafts.draft(book_id=years.pk, year=2026, by=wu, now=NOON)
        return drafts.fill(
            budget_id=budget.pk, revision=budget.revision, rows=typed(text), by=wu, now=NOON
        )

    return make


@pytest.fixture
def approved(drafted: Callable[[str], Budget], gao: Person) -> Callable[[str], Budget]:
    """The same, approved by the meeting of MEETING and recorded by Gao."""

    def make(text: str) -> Budget:
        budget = drafted(text)
        decisions.approve(budget_id=budget.pk, by=gao, now=NOON, **MEETING)
        budget.refresh_from_db()
        return budget

    return make
