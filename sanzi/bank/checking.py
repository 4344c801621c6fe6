"""A statement against its account: whose it is, what of it is there already, what would be new."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sanzi.kernel.codes import mask_account
from sanzi.kernel.money import grouped
from sanzi.store.sealed import keyed_hash

from .models import BankAccount, BankLine, ColumnProfile
from .reading.grid import read_grid
from .reading.overlap import Mark, overlap
from .reading.rows import Fault, StatementRow
from .reading.statement import Profile, Reading, read_statement

PREVIEWED = 20
FAULTS_SHOWN = 100


@dataclass(slots=True)
class Checked:
    """What bringing a statement in would do."""

    new: list[StatementRow] = field(default_factory=list)
    known: int = 0
    # Rows before the account's first day, left out.
    early: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def errors(self) -> list[Fault]:
        """The faults for which nothing may be brought in."""
        return [fault for fault in self.faults if fault.is_error]


def profile_of(account: BankAccount, chosen: Mapping[str, Any]) -> Profile:
    """How this bank's files are read here: as learned, then as chosen for this one file."""
    learned = ColumnProfile.objects.filter(office=account.town, bank=account.bank).first()
    columns = {**(learned.columns if learned else {}), **chosen.get("columns", {})}
    known_format = learned.date_format if learned else ""
    return Profile(
        columns,
        chosen.get("date_format", known_format),
        learned.is_mirrored if learned else True,
    )


def read_for(account: BankAccount, path: Path, chosen: Mapping[str, Any]) -> Reading:
    """Read a file the way its account's bank is read. Raises NotAWorkbook."""
    return read_statement(read_grid(path), profile_of(account, chosen))


def check(account: BankAccount, reading: Reading) -> Checked:
    """Lay a reading on the account's chain of flows; 1 query."""
    checked = Checked(faults=list(reading.faults))
    _check_owner(account, reading, checked)
    if reading.running is None:
        return checked
    rows = [row for row in reading.rows if row.amount]
    coming = [row for row in rows if row.dated >= account.opened_on]
    checked.early = len(rows) - len(coming)
    if not coming:
        checked.faults.append(
            Fault(0, f"全部流水都早于账户起始日 {account.opened_on}，没有可导入的；请核对账户")
        )
        return checked
    start = (account.opened_on, account.opening)
    found = overlap(known_marks(account, coming), [_mark(row) for row in coming], start)
    checked.known, checked.new = found.known, coming[found.known :]
    if found.trouble:
        checked.faults.append(Fault(coming[0].row, found.trouble))
    return checked


def _mark(row: StatementRow) -> Mark:
    return Mark(row.dated, row.amount, row.balance, row.serial, row.row)


def known_marks(account: BankAccount, coming: list[StatementRow]) -> list[Mark]:
    """The account's flows from the first coming day on, and the one before them."""
    first = min(row.dated for row in coming)
    lines = BankLine.objects.of(account).order_by("seq")
    since = lines.filter(dated__gte=first).values_list("seq", flat=True).first()
    tail = lines.filter(seq__gte=since - 1) if since else lines.reverse()[:1]
    return [Mark(*facts) for facts in tail.values_list("dated", "amount", "balance", "serial")]


def _check_owner(account: BankAccount, reading: Reading, checked: Checked) -> None:
    """Every flow belongs to exactly one organisation: a file that names another is refused."""
    named = reading.own_accounts
    if not named:
        return
    holding: Any = account.holding
    registered = holding.account_number_hash if holding else ""
    if not registered:
        checked.faults.append(
            Fault(0, "资金账户台账里没有登记账号，无法核对文件是否属于本账户；请补登账号", False)
        )
    elif registered not in {keyed_hash(number) for number in named}:
        shown = "、".join(sorted(mask_account(number) for number in named))
        checked.faults.append(
            Fault(0, f"文件里的账号（{shown}）与本账户登记的账号不一致，请核对是否选错了账户")
        )


def told(reading: Reading, checked: Checked) -> dict[str, Any]:
    """What the page of a statement shows; amounts in words, no account number in clear."""
    heading = reading.heading
    meanings = heading.meanings if heading else {}
    running = reading.running
    return {
        "labels": [[label, meaning] for label, meaning in meanings.items()],
        "faults": [[f.row, f.message, f.is_error] for f in checked.faults[:FAULTS_SHOWN]],
        "errors": len(checked.errors),
        "rows": len(reading.rows),
        "new": len(checked.new),
        "known": checked.known,
        "early": checked.early,
        "skipped": reading.skipped,
        "is_descending": bool(running and running.is_descending),
        "is_mirrored": reading.is_mirrored,
        "preview": [_shown(row) for row in checked.new[:PREVIEWED]],
    }


def _shown(row: StatementRow) -> list[str]:
    account = mask_account(row.counterparty_account) if row.counterparty_account else ""
    return [
        str(row.row),
        row.dated.isoformat(),
        row.summary,
        grouped(row.amount) if row.amount > 0 else "",
        grouped(-row.amount) if row.amount < 0 else "",
        grouped(row.balance),
        row.counterparty,
        account,
    ]
