"""Writing a statement's new flows onto the chain of its account, inside an action."""

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from django.db import transaction

from sanzi.kernel.codes import mask_account
from sanzi.store.bulk import insert
from sanzi.store.sealed import keyed_hash, seal

from .models import BankAccount, BankLine, Statement
from .reading.rows import StatementRow

COLUMNS = (
    "village", "town", "county", "city", "bank_account", "statement", "seq", "dated", "summary",
    "amount", "balance", "counterparty", "counterparty_account", "counterparty_account_hash",
    "serial", "key", "is_matched",
)  # fmt: skip


def append(account: BankAccount, statement: Statement, rows: Sequence[StatementRow]) -> None:
    """Write the rows after the last one of the account, in their order."""
    assert transaction.get_connection().in_atomic_block, "flows commit with their statement"
    if not rows:
        return
    lines = BankLine.objects.of(account)
    last = lines.order_by("-seq").values_list("seq", flat=True).first() or 0
    seen = Counter(
        _facts(*facts)
        for facts in lines.filter(dated__gte=min(row.dated for row in rows)).values_list(
            "dated", "amount", "balance", "serial"
        )
    )
    where = (account.village, account.town, account.county, account.city)
    written = []
    for seq, row in enumerate(rows, start=last + 1):
        facts = _facts(row.dated, row.amount, row.balance, row.serial)
        seen[facts] += 1
        key = sha256(f"{facts}|{seen[facts]}".encode()).hexdigest()
        written.append((*where, account.pk, statement.pk, seq, *_values(row), key, False))
    insert(BankLine, COLUMNS, written)


def _facts(*facts: Any) -> str:
    return "|".join(map(str, facts))


def _values(row: StatementRow) -> tuple[Any, ...]:
    number = row.counterparty_account
    return (
        row.dated,
        row.summary,
        row.amount,
        row.balance,
        row.counterparty,
        seal(number, mask_account) if number else None,
        keyed_hash(number) if number else "",
        row.serial,
    )
