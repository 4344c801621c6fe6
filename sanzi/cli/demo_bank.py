"""A bank account of the demonstration: the bank's file of two months, brought in and matched.

The bank's flows are the village's own lines of those months, a day later where the village pays,
so that books and bank agree but for what is truly outstanding.
"""

import csv
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from sanzi.accounting.models import Account, Book
from sanzi.accounting.pages import balances
from sanzi.bank.actions.accounts import register_account
from sanzi.bank.actions.matches import match
from sanzi.bank.actions.statements import bring_in, hand_in
from sanzi.bank.checking import read_for
from sanzi.bank.flows import journal_of, pieces_of_lines
from sanzi.bank.models import BankAccount, Match, Statement
from sanzi.bank.pairing import Group
from sanzi.bank.proposing import offers_of
from sanzi.holdings.models import Account as Holding

from .demo_cast import PREPARES, SIGNS, acting
from .demo_matters import BANK

FROM, TO = date(2026, 9, 1), date(2026, 10, 31)
# What the village paid so late that the bank clears it after the statement's end.
CLEARED_UNTIL = date(2026, 10, 30)
HEADER = ("交易日期", "摘要", "收入", "支出", "余额", "对方户名")
# What the bank knows and the books do not: a fee nobody wrote up, a receipt still under way.
ALONE = (
    (date(2026, 10, 21), Decimal("-10.00"), "短信服务费", ""),
    (date(2026, 10, 28), Decimal("1500.00"), "转账存入 林地承包费", "原秀花"),
)


def open_bank(book: Book) -> int:
    """Register the basic account, bring its statement in, match it; how many flows are new."""
    account = BankAccount.objects.within(book.village).filter(account__code=BANK).first()
    account = account or _register(book)
    if Statement.objects.of(account).exists():
        return 0
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "statement.csv"
        _write(file, account)
        statement = hand_in(
            account_id=account.pk,
            file=file,
            file_name="中村村基本户2026年9-10月.csv",
            reading=read_for(account, file, {}),
            **acting(SIGNS),
        )
        done = bring_in(
            statement_id=statement.pk,
            reading=read_for(account, file, {}),
            to_on=TO,
            **acting(SIGNS),
        )
    certain = [Group(tuple(offer.value.split(","))) for offer in offers_of(account).certain]
    match(account_id=account.pk, groups=certain, how=Match.How.PROPOSED, **acting(PREPARES))
    return done.added


def _register(book: Book) -> BankAccount:
    holding = Holding.objects.within(book.village).get(number="ZH-01")
    opening = balances(book.pk, 202608, 202608)[BANK].closing
    return register_account(
        book_id=book.pk,
        account_id=Account.objects.of(book).get(code=BANK).pk,
        holding_id=holding.pk,
        name="中村村基本户",
        bank=holding.bank,
        opened_on=FROM,
        opening=opening,
        cash_limit=None,
        **acting(PREPARES),
    )


def _write(file: Path, account: BankAccount) -> None:
    """The bank's file, with the balance after every flow."""
    balance = account.opening
    with file.open("w", encoding="gb18030", newline="") as lines:
        paper = csv.writer(lines)
        paper.writerow(HEADER)
        for dated, amount, words, who in sorted([*_shared(account), *ALONE]):
            balance += amount
            income, expense = (amount, "") if amount > 0 else ("", -amount)
            paper.writerow((dated, words, income, expense, balance, who))


def _shared(account: BankAccount) -> Iterator[tuple[date, Decimal, str, str]]:
    lines = journal_of(account, FROM.year * 100 + FROM.month, TO.year * 100 + TO.month)
    for piece in pieces_of_lines(lines):
        dated = piece.dated if piece.amount > 0 else piece.dated + timedelta(days=1)
        if dated <= CLEARED_UNTIL:
            yield dated, piece.amount, piece.memo, ""
