"""Money, cash, banks and payments, read for the rules of funds; a fixed number of queries each."""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Q

from sanzi.accounting.models import Account as BookAccount
from sanzi.accounting.models import Book
from sanzi.agency.models import Draft
from sanzi.agency.stages import Stage as Step
from sanzi.bank.models import BankLine
from sanzi.budgets.models import Budget, BudgetLine
from sanzi.budgets.models import Stage as BudgetStage
from sanzi.holdings.models import Account
from sanzi.kernel.money import ZERO
from sanzi.receivables.models import Claim
from sanzi.warnings.following import window_of
from sanzi.warnings.rules.rule import Row, Subject

from .pages import closings, movements
from .reach import Fed, Reach, alone, per_village

CASH_BOX = "库存现金"


def accounts(reach: Reach) -> Iterator[Fed]:
    """The register of accounts: balances, differences, names, cash boxes."""
    rows = reach.rows(Account).values_list(
        "pk", "village", "number", "kind", "account_name", "book_balance", "statement_balance"
    )
    named = []
    for pk, village, number, kind, name, book, bank in rows.order_by("pk"):
        key, words = f"holdings.account:{pk}", f"{number} {kind}"
        is_cash = kind == CASH_BOX
        row = Row(key, words, abs(book or ZERO), value=book)
        if is_cash:
            yield alone("W-02", village, row)
            continue
        yield alone("W-01", village, row)
        apart = abs((book or ZERO) - bank) if bank is not None else ZERO
        yield alone("W-09", village, Row(key, words, apart, value=book, other=bank))
        named.append((village, Row(key, name or "", abs(book or ZERO))))
    yield from per_village("W-12", named)


def payments(reach: Reach) -> Iterator[Fed]:
    """What was paid through the agency: cash by the line, and payees by what they got."""
    paid = reach.rows(Draft).filter(
        stage=Step.POSTED, flow="expense", dated__gte=window_of(reach.on), dated__lte=reach.on
    )
    paid = paid.exclude(reversed_filter())
    cash: dict[tuple[str, int], list[Row]] = defaultdict(list)
    payees: dict[tuple[str, int, str], list[Row]] = defaultdict(list)
    rows = paid.order_by("pk").values_list(
        "pk", "village", "book", "memo", "payee", "amount", "dated"
    )
    in_cash = set(
        reach.rows(Draft)
        .filter(pk__in=paid.values("pk"), lines__account__startswith="101", lines__credit__gt=0)
        .values_list("pk", flat=True)
    )
    for pk, village, book, memo, payee, amount, dated in rows:
        row = Row(f"agency.draft:{pk}", f"{dated} {memo}", amount, dated, amount)
        if pk in in_cash:
            cash[village, book].append(row)
        if payee:
            payees[village, book, payee].append(row)
    for (village, book), found in cash.items():
        # A month's cash payments are one event, so that the next month's are another.
        for month in sorted({row.on.strftime("%Y%m") for row in found if row.on}):
            mine = [row for row in found if row.on and row.on.strftime("%Y%m") == month]
            cause = f"accounting.book:{book}:{month}"
            yield "W-04", Subject(village, cause, f"{month[:4]}年{int(month[4:])}月现金付款", mine)
    for (village, book, payee), found in payees.items():
        cause = f"accounting.book:{book}:{payee}"
        yield "W-10", Subject(village, cause[:120], f"付给{payee}", found)


def reversed_filter() -> Q:
    """Drafts whose voucher a red letter took back."""
    return Q(voucher__reversed_by__isnull=False)


def bank_lines(reach: Reach) -> Iterator[Fed]:
    """Flows of bank statements nobody has matched, by account."""
    rows = reach.rows(BankLine).filter(is_matched=False, dated__lte=reach.on)
    held: dict[tuple[str, int, str], list[Row]] = defaultdict(list)
    columns = ("pk", "village", "bank_account", "bank_account__name", "dated", "summary", "amount")
    for pk, village, account, name, dated, summary, amount in rows.order_by("pk").values_list(
        *columns
    ):
        row = Row(f"bank.bankline:{pk}", f"{dated} {summary}", abs(amount), dated)
        held[village, account, name].append(row)
    for (village, account, name), found in held.items():
        yield "W-09-2", Subject(village, f"bank.bankaccount:{account}", name, found)


def lent(reach: Reach) -> Iterator[Fed]:
    """What single persons borrowed and still owe."""
    rows = reach.rows(Claim).filter(
        nature="往来借款", debtor_kind__in=("农户", "个人"), left__gt=0, formed_on__lte=reach.on
    )
    found = rows.order_by("pk").values_list(
        "pk", "village", "number", "debtor", "left", "formed_on"
    )
    yield from per_village(
        "W-13",
        (
            (village, Row(f"receivables.claim:{pk}", f"{number} {debtor}", left, formed))
            for pk, village, number, debtor, left, formed in found
        ),
    )


def budgets(reach: Reach) -> Iterator[Fed]:
    """Lines of the budgets in force against what the books spent on them."""
    lines = BudgetLine.objects.filter(
        budget__in=reach.rows(Budget).filter(stage=BudgetStage.APPROVED, year=reach.on.year),
        direction=BudgetLine.Direction.EXPENSE,
        project=None,
        amount__gt=0,
    )
    columns = ("pk", "budget__village", "budget__book", "account", "name", "amount")
    rows = list(lines.order_by("pk").values_list(*columns))
    if not rows:
        return
    spent = movements(reach, {account for _, _, _, account, _, _ in rows})
    for _, village, book, account, name, amount in rows:
        used = sum(
            (
                value
                for (_, of, code), value in spent.items()
                if of == book and code.startswith(account)
            ),
            ZERO,
        )
        key = f"accounting.book:{book}:{account}:{reach.on.year}"
        yield alone("W-08", village, Row(key, name, amount, value=used, other=amount))


def treats(reach: Reach) -> Iterator[Fed]:
    """This year's spending on accounts of entertaining."""
    named = BookAccount.objects.filter(
        book__in=reach.rows(Book).filter(successor=None).values("pk"), name__contains="招待"
    )
    codes = {(book, code): name for book, code, name in named.values_list("book", "code", "name")}
    if not codes:
        return
    for (village, book, account), amount in movements(reach, [code for _, code in codes]).items():
        if (book, account) in codes and amount > 0:
            words = f"{codes[book, account]} {reach.on.year} 年"
            key = f"accounting.book:{book}:{account}:{reach.on.year}"
            yield alone("W-14", village, Row(key, words, amount, value=amount))


def negatives(reach: Reach) -> Iterator[Fed]:
    """Accounts of things that cannot be less than nothing, with their balances."""
    for (village, book, account), balance in closings(reach, ("101", "102", "121", "151")).items():
        key = f"accounting.book:{book}:{account}"
        yield alone("W-19", village, Row(key, f"科目 {account}", abs(balance), value=balance))
