"""A bank's file: handed in and checked, its columns corrected, brought in whole or given up."""

import shutil
from collections.abc import Mapping
from datetime import date, datetime
from hashlib import file_digest
from pathlib import Path

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.bank.bringing import append
from sanzi.bank.checking import Checked, check, told
from sanzi.bank.models import BankAccount, ColumnProfile, Stage, Statement
from sanzi.bank.reading.columns import IGNORED, MEANINGS
from sanzi.bank.reading.rows import DATE_FORMATS
from sanzi.bank.reading.statement import Reading
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Blocked, Invalid


@action("books.cash")
def hand_in(
    *, account_id: int, file: Path, file_name: str, reading: Reading, by: Person, now: datetime
) -> Statement:
    """Keep a file and what its first reading found; nothing is brought in yet."""
    account = _open_account(account_id, by)
    with file.open("rb") as stream:
        digest = file_digest(stream, "sha256").hexdigest()
    statement = Statement(
        village=account.village,
        bank_account=account,
        file_name=shown_name(file_name),
        sha256=digest,
        uploaded_by=by,
        uploaded_at=now,
    )
    _note(statement, account, reading)
    statement.save()
    statement.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.copyfile(file, statement.file)
    statement.file.chmod(0o600)
    record(statement, "bank.hand_in", by=by, at=now, label="上传对账单")
    return statement


def _open_account(account_id: int, by: Person) -> BankAccount:
    account: BankAccount = BankAccount.objects.claim(account_id, by)
    if account.is_cash:
        raise Blocked("bank.cash", "库存现金没有对账单；请看现金日记账")
    if not account.is_active:
        raise Blocked("bank.closed", f"账户 {account} 已停用，不能再导入对账单")
    return account


def _note(statement: Statement, account: BankAccount, reading: Reading) -> Checked:
    """Write down what a reading found, as the page will show it."""
    checked = check(account, reading)
    statement.found = told(reading, checked)
    if reading.running:
        statement.from_on = min(row.dated for row in reading.running.rows)
        last = max(row.dated for row in reading.running.rows)
        statement.to_on = max(last, reading.until) if reading.until else last
        statement.opening, statement.closing = reading.running.opening, reading.running.closing
    return checked


@action("books.cash")
def choose_columns(
    *,
    statement_id: int,
    columns: Mapping[str, str],
    date_format: str,
    reading: Reading,
    by: Person,
    now: datetime,
) -> Statement:
    """Say what the headers of a file mean; `reading` is the file read that way."""
    statement = _waiting(statement_id, by)
    if strange := [m for m in columns.values() if m not in MEANINGS and m != IGNORED]:
        raise Invalid("bank.column", f"没有“{strange[0][:20]}”这种列，请从列表中选择")
    if date_format not in DATE_FORMATS:
        raise Invalid("bank.date_format", "请从列表中选择日期写法")
    statement.chosen = {
        "columns": {**statement.chosen.get("columns", {}), **columns},
        "date_format": date_format,
    }
    _note(statement, statement.bank_account, reading)
    statement.save()
    record(
        statement, "bank.columns", by=by, at=now, label="更正列的对应", public={"n": len(columns)}
    )
    return statement


def _waiting(statement_id: int, by: Person) -> Statement:
    statement: Statement = Statement.objects.claim(statement_id, by)
    if statement.stage == Stage.IMPORTED:
        raise Blocked("bank.imported", "这份对账单已经导入，不会重复写入")
    if statement.stage == Stage.DROPPED:
        raise Blocked("bank.dropped", "这份对账单已放弃，请重新上传")
    return statement


@action("books.cash")
def bring_in(
    *,
    statement_id: int,
    reading: Reading,
    to_on: date | None = None,
    by: Person,
    now: datetime,
) -> Statement:
    """Write every new flow of a checked file, or none; what is there already stays as it is.

    `to_on` is the last day the bank answers for, when no flow of that day says so.
    """
    statement = _waiting(statement_id, by)
    account = _open_account(statement.bank_account_id, by)
    checked = _note(statement, account, reading)
    if checked.errors:
        raise Blocked("bank.errors", f"一行也没有导入：{checked.errors[0].message}")
    if to_on is not None:
        statement.to_on = _covered(statement, to_on, localdate(now))
    append(account, statement, checked.new)
    statement.stage, statement.imported_at = Stage.IMPORTED, now
    statement.added, statement.known = len(checked.new), checked.known
    statement.save()
    _learn(account, reading, statement)
    record(
        statement, "bank.bring_in", by=by, at=now,
        label=f"导入对账单：成功 {statement.added} 行，已有 {statement.known} 行",
        public={"added": statement.added, "known": statement.known},
    )  # fmt: skip
    return statement


def _covered(statement: Statement, to_on: date, today: date) -> date:
    last = statement.to_on
    if to_on > today:
        raise Invalid("bank.to_on", "对账单截止日期不能晚于今天")
    return max(last, to_on) if last else to_on


def _learn(account: BankAccount, reading: Reading, statement: Statement) -> None:
    """Remember how this bank's files are read in this office."""
    assert reading.heading is not None, "what was brought in had a header"
    chosen = statement.chosen
    ignored = {h: m for h, m in chosen.get("columns", {}).items() if m == IGNORED}
    meanings = {label: meaning for label, meaning in reading.heading.meanings.items() if meaning}
    profile, _ = ColumnProfile.objects.get_or_create(office=account.town, bank=account.bank)
    profile.columns = {**profile.columns, **meanings, **ignored}
    profile.is_mirrored = reading.is_mirrored
    profile.date_format = chosen.get("date_format", profile.date_format)
    profile.save()


@action("books.cash")
def drop(*, statement_id: int, by: Person, now: datetime) -> Statement:
    """Give up a file that was not brought in; its bytes are removed."""
    statement = _waiting(statement_id, by)
    statement.stage, statement.found = Stage.DROPPED, {}
    statement.save(update_fields=["stage", "found"])
    statement.file.unlink(missing_ok=True)
    record(statement, "bank.drop", by=by, at=now, label="放弃对账单")
    return statement


def shown_name(file_name: str) -> str:
    """A file name fit to show: no folders, control characters or direction marks; 120 at most."""
    bare = file_name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in bare if c.isprintable())[-120:] or "对账单"
