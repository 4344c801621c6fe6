"""The lines of a version and the sums kept with them, written together inside an action."""

from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction

from sanzi.accounting.models import Book, Dimension
from sanzi.kernel.refusals import Blocked

from .execution import Planned
from .grid import Choice, Known
from .models import Budget, BudgetLine
from .movements import budgeted_accounts, direction_of

ZERO = Decimal("0.00")


def known_of(book: Book, named: Sequence[str]) -> Known:
    """What a row of this book's grid may name; `named` are the projects typed. Two queries."""
    accounts = {
        code: Choice(
            code,
            account.name,
            account.pinyin,
            direction_of(book.scheme, code, account.category) or "",
            account.is_active,
        )
        for code, account in budgeted_accounts(book.pk, book.scheme).items()
    }
    wanted = {name.strip() for name in named if name.strip()}
    projects: dict[str, tuple[int, str]] = {}
    if wanted:
        found = Dimension.objects.filter(book=book, kind=Dimension.Kind.PROJECT, is_active=True)
        for one in (found.filter(name__in=wanted) | found.filter(code__in=wanted)).order_by("pk"):
            projects.setdefault(one.code, (one.pk, one.name))
            projects.setdefault(one.name, (one.pk, one.name))
    return Known(accounts, projects)


def write_lines(budget: Budget, lines: Sequence[Planned]) -> None:
    """Put these lines in place of a draft's, and its sums with them."""
    assert transaction.get_connection().in_atomic_block, "lines are written with their cause"
    assert budget.is_open, "a decided budget is not written in"
    BudgetLine.objects.filter(budget=budget).delete()
    BudgetLine.objects.bulk_create(
        BudgetLine(
            budget=budget,
            place=place,
            direction=line.direction,
            account=line.account,
            project_id=line.project,
            name=line.name,
            amount=line.amount,
            control=line.control.value,
            note=line.note,
        )
        for place, line in enumerate(lines, start=1)
    )
    budget.income = _sum(lines, "income")
    budget.expense = _sum(lines, "expense")
    budget.revision += 1
    budget.save(update_fields=["income", "expense", "revision"])


def _sum(lines: Sequence[Planned], direction: str) -> Decimal:
    return sum((line.amount for line in lines if line.direction == direction), ZERO)


def refuse_decided(budget: Budget) -> None:
    """Raises Blocked unless the version is still a draft."""
    if not budget.is_open:
        raise Blocked(
            "budget.decided",
            f"{budget}{budget.get_stage_display()}，不能再改；如需改动，请编制调整预算",
        )
