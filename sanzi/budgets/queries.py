"""What others may ask of budgets: is there enough left, and how was the year carried out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sanzi.accounting.models import Account, Book
from sanzi.kernel.refusals import Blocked

from . import control
from .control import EXAMPLE, Allowance, Check, Control, Policy, line_for
from .execution import Executed, Key, Months, Planned, execute, through
from .models import Budget, BudgetLine, SpendingRule, Stage
from .movements import budgeted_accounts, direction_of, movements

# Regions a rule may be made for, from village up to province.
_WIDTHS = (12, 9, 6, 4, 2)
RULES_SHOWN = 50


def in_force(book: int, year: int) -> Budget | None:
    """The approved budget of a book's year, as last adjusted."""
    return Budget.objects.within("").filter(book=book, year=year, stage=Stage.APPROVED).first()


@dataclass(frozen=True)
class Standing:
    """What payments of a book on one day are held against."""

    book: Book
    on: date
    accounts: Mapping[str, Account]
    policy: Policy
    # None when no budget of the year is approved.
    lines: Sequence[Allowance] | None

    def check(self, account: str, project: int | None, amount: Decimal) -> Check:
        """One payment, in yuan."""
        known = self.accounts.get(account)
        if known is None or not self.is_spending(account):
            return Check(None, "", blocks=False)
        if self.lines is None:
            words = f"{self.on.year} 年还没有已批准的预算，请尽快编制预算并登记决议"
            return control.without_budget(words, amount, self.policy)
        below = any(line.account.startswith(account) for line in self.lines)
        if below and line_for(self.lines, account, project) is None:
            return Check(None, f"{known} 的预算列在下级科目，请选到末级科目", blocks=False)
        return control.check(self.lines, account, project, amount, self.policy)

    def is_spending(self, account: str) -> bool:
        """Whether what is paid into an account is budgeted."""
        known = self.accounts.get(account)
        return known is not None and (
            direction_of(self.book.scheme, account, known.category) == "expense"
        )


def standing(book_id: int, on: date, reserved: Mapping[Key, Decimal] | None = None) -> Standing:
    """The budget in force of a book and how much of it is used; at most seven queries.

    What is posted counts as used, red letters give it back. `reserved` is what is promised besides,
    by account and project: payments on their way into the books. The caller has scoped the book.
    """
    book = Book.objects.within("").get(pk=book_id)
    accounts = budgeted_accounts(book.pk, book.scheme)
    policy = policy_for(book.village, on)
    budget = in_force(book.pk, on.year)
    if budget is None:
        return Standing(book, on, accounts, policy, None)
    lines = planned(budget)
    rows = execute(lines, _moved(book, on.year, accounts, lines), _tops(book, accounts))
    allowances = [_allowance(row) for row in rows if row.is_planned]
    for (account, project), amount in (reserved or {}).items():
        if line := line_for(allowances, account, project):
            at = allowances.index(line)
            allowances[at] = replace(line, used=line.used + amount)
    return Standing(book, on, accounts, policy, allowances)


def check(
    book_id: int, account: str, amount: Decimal, on: date, *, project: int | None = None
) -> Check:
    """Hold a payment against what is left of the budget in force; at most seven queries.

    `account` is any level of the book's chart, `amount` in yuan. An account that is not budgeted
    (money, claims, income) passes without a word.
    """
    return standing(book_id, on).check(account, project, amount)


def check_together(
    book_id: int,
    spent: Mapping[Key, Decimal],
    on: date,
    *,
    reserved: Mapping[Key, Decimal] | None = None,
) -> list[Check]:
    """The same for the lines of one voucher: what falls under one line is added up first.

    Two accounts below one line may each have enough and together too little.
    """
    stand = standing(book_id, on, reserved)
    first: dict[Any, Key] = {}
    added: dict[Any, Decimal] = {}
    for (account, project), amount in spent.items():
        if stand.is_spending(account):
            line = line_for(stand.lines or (), account, project)
            home = (line.account, line.project) if line else account[:3]
            first.setdefault(home, (account, project))
            added[home] = added.get(home, Decimal("0.00")) + amount
    return [stand.check(*first[home], amount) for home, amount in added.items()]


def refuse_or_warn(
    book_id: int, account: str, amount: Decimal, on: date, *, project: int | None = None
) -> str:
    """For an action that pays: raises Blocked when the budget forbids it, else answers in words.

    The words are empty when there is nothing to warn of.
    """
    return refuse_or_warn_together(book_id, {(account, project): amount}, on)


def refuse_or_warn_together(
    book_id: int,
    spent: Mapping[Key, Decimal],
    on: date,
    *,
    reserved: Mapping[Key, Decimal] | None = None,
) -> str:
    """The same for all lines of a voucher at once, by account and project."""
    found = check_together(book_id, spent, on, reserved=reserved)
    if blocking := [one.words for one in found if one.blocks]:
        raise Blocked("budget.short", "；".join(blocking))
    return "；".join(one.words for one in found if one.is_short or one.needs_report)


def _allowance(row: Executed) -> Allowance:
    line = row.line
    return Allowance(line.account, line.project, line.name, line.amount, line.control, row.actual)


def planned(budget: Budget) -> list[Planned]:
    """The lines of a version in order; one query."""
    found = BudgetLine.objects.filter(budget=budget).select_related("project").order_by("place")
    return [
        Planned(
            direction=line.direction,
            account=line.account,
            project=line.project_id,
            name=line.name,
            amount=line.amount,
            control=Control(line.control),
            note=line.note,
            project_name=str(line.project or ""),
        )
        for line in found
    ]


def executed(book: Book, year: int, lines: list[Planned], *, last: int = 12) -> list[Executed]:
    """How these lines were carried out up to month `last`, unplanned accounts after them."""
    accounts = budgeted_accounts(book.pk, book.scheme)
    moved = _moved(book, year, accounts, lines)
    cut = {key: through(months, last) for key, months in moved.items()}
    return execute(lines, cut, _tops(book, accounts))


def actuals(book: Book, year: int) -> dict[str, Decimal]:
    """The year's movement of every account of income or expense with a page, in yuan by code."""
    moved = _moved(book, year, budgeted_accounts(book.pk, book.scheme), ())
    return {account: sum(months, Decimal("0.00")) for (account, _), months in moved.items()}


def _moved(
    book: Book, year: int, accounts: Mapping[str, Account], lines: Iterable[Planned]
) -> dict[Key, Months]:
    """Movements of income and expenses, and of whatever else has a line.

    A lasting thing or a cost without a line is left out: what it costs comes back as an expense, or
    passes from one account to the next, and would count twice.
    """
    lines = list(lines)
    named = tuple(line.account for line in lines)
    counted = {
        code: account
        for code, account in accounts.items()
        if account.category in (Account.Category.INCOME, Account.Category.EXPENSE)
        or code.startswith(named)
    }
    projects = [line.project for line in lines if line.project is not None]
    return movements(book.pk, year, counted, projects)


def _tops(book: Book, accounts: Mapping[str, Account]) -> dict[str, Planned]:
    """How a national account without a line is called."""
    found = {}
    for code, account in accounts.items():
        direction = direction_of(book.scheme, code, account.category)
        if len(code) == 3 and direction:
            found[code] = Planned(direction, code, None, account.name, Decimal("0.00"))
    return found


def policy_for(village: str, on: date) -> Policy:
    """The spending rule that governs a village on a day: the nearest region's, its latest."""
    regions = [village[:width] for width in _WIDTHS]
    rules = SpendingRule.objects.filter(region__in=regions, from_on__lte=on)
    rule = max(rules, key=lambda r: (len(r.region), r.from_on, r.pk), default=None)
    if rule is None:
        return EXAMPLE
    return Policy(rule.report_above, Control(rule.unplanned), rule.basis)


def rules_over(region: str) -> list[SpendingRule]:
    """The rules made for a region and those above it, the nearest and latest first."""
    regions = [region[:width] for width in _WIDTHS if width <= len(region)]
    found = SpendingRule.objects.filter(region__in=regions).select_related("made_by")
    return sorted(found, key=lambda r: (len(r.region), r.from_on, r.pk), reverse=True)[:RULES_SHOWN]
