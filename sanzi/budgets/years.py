"""A year of a book as its tables: execution, months, final accounts, versions side by side."""

from sanzi.accounting.models import Book

from .execution import Executed, Planned
from .finals import amounts_of, comparison_table, final_table, union
from .models import Budget, Stage
from .queries import executed, in_force, planned
from .tables import Table, execution_table, months_table, plan_table


def plan(budget: Budget) -> tuple[Table, list[Planned]]:
    """One version, each line beside what the year before came to; about six queries."""
    lines = planned(budget)
    before = executed(budget.book, budget.year - 1, lines)
    last_year = {at: row.actual for at, row in enumerate(before) if row.is_planned}
    title = f"{budget.book} {budget.year} 年财务预算表（第 {budget.version} 版）"
    return plan_table(title, lines, last_year), lines


def execution(
    book: Book, year: int, last: int, *, by_month: bool
) -> tuple[Table, list[Executed], Budget | None]:
    """The budget in force and what came of it up to month `last`."""
    budget = in_force(book.pk, year)
    rows = executed(book, year, planned(budget) if budget else [], last=last)
    until = f"1 至 {last} 月" if last > 1 else "1 月"
    if by_month:
        return months_table(f"{book} {year} 年预算执行分月表（{until}）", rows), rows, budget
    return execution_table(f"{book} {year} 年预算执行表（{until}）", rows), rows, budget


def final_accounts(book: Book, year: int) -> tuple[Table, Budget | None]:
    """决算表 of a year: the first approved version, the one in force, the year, the year before."""
    budget = in_force(book.pk, year)
    first = first_approved(book.pk, year)
    original = planned(first) if first else []
    lines = union(planned(budget) if budget else [], original)
    table = final_table(
        f"{book} {year} 年度财务决算表",
        amounts_of(original),
        executed(book, year, lines),
        executed(book, year - 1, lines),
    )
    return table, budget


def first_approved(book: int, year: int) -> Budget | None:
    """The year's first version a meeting approved."""
    decided = Budget.objects.within("").filter(book=book, year=year)
    return decided.filter(stage__in=(Stage.APPROVED, Stage.ADJUSTED)).order_by("version").first()


def comparison(earlier: Budget, later: Budget) -> Table:
    """Two versions of one year's budget side by side."""
    names = (f"第 {earlier.version} 版", f"第 {later.version} 版")
    title = f"{later.book} {later.year} 年预算版本对比"
    return comparison_table(title, names, planned(earlier), planned(later))
