"""Shangtian's basic account, its cash box, and the statements its bank hands out."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from sanzi.access.models import Person
from sanzi.accounting.models import Account, Book
from sanzi.bank.actions import accounts, statements
from sanzi.bank.checking import read_for
from sanzi.bank.models import BankAccount, Statement
from sanzi.holdings.models import Account as Holding
from sanzi.kernel.codes import mask_account
from sanzi.store.sealed import keyed_hash, seal
from tests.world import NOON, SHANGTIAN

from .files import csv_bytes

OURS = "9999990000000099999"


@pytest.fixture(autouse=True)
def uploads(settings: Any, tmp_path: Path) -> None:
    settings.UPLOADS = tmp_path / "uploads"


@pytest.fixture
def holding(places: Any) -> Holding:
    """Shangtian's basic account in the register of money accounts."""
    row = Holding(
        village=SHANGTIAN, number="ZH-1", kind="基本户", bank="示例农商银行",
        account_name="上田村股份经济合作社", account_number=seal(OURS, mask_account),
        account_number_hash=keyed_hash(OURS), book_balance=Decimal("10000.00"),
    )  # fmt: skip
    row.save()
    return row


def leaf(book: Book, code: str) -> Account:
    return Account.objects.of(book).get(code=code)


@pytest.fixture
def register(wu: Person) -> Callable[..., BankAccount]:
    """Register an account: register(book, "102", holding)."""

    def make(book: Book, code: str = "102", holding: Any = None, **more: Any) -> BankAccount:
        given = {
            "name": "基本户", "bank": "示例农商银行", "opened_on": date(2024, 1, 1),
            "opening": Decimal("10000.00"), "cash_limit": None, **more,
        }  # fmt: skip
        return accounts.register_account(
            book_id=book.pk, account_id=leaf(book, code).pk,
            holding_id=holding.pk if holding else None, **given, by=wu, now=NOON,
        )  # fmt: skip

    return make


@pytest.fixture
def account(register: Any, book: Book, holding: Holding) -> BankAccount:
    """Shangtian's basic account, 10000.00 at the bank when 2024 begins."""
    return register(book, "102", holding)


@pytest.fixture
def handed(chu: Person, tmp_path: Path) -> Callable[..., Statement]:
    """Hand a file in as the cashier: handed(account, rows or bytes)."""

    def make(
        account: BankAccount, content: Any, name: str = "明细.csv", by: Any = None
    ) -> Statement:
        path = tmp_path / "handed"
        path.write_bytes(content if isinstance(content, bytes) else csv_bytes(content))
        return statements.hand_in(
            account_id=account.pk, file=path, file_name=name,
            reading=read_for(account, path, {}), by=by or chu, now=NOON,
        )  # fmt: skip

    return make


@pytest.fixture
def bring(handed: Any, chu: Person) -> Callable[..., Statement]:
    """Hand a file in and bring it in: bring(account, JANUARY)."""

    def make(account: BankAccount, content: Any) -> Statement:
        found = handed(account, content)
        return statements.bring_in(
            statement_id=found.pk, reading=read_for(account, found.file, found.chosen),
            by=chu, now=NOON,
        )  # fmt: skip

    return make
