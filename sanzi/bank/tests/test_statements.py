"""Bringing statements in: all or nothing, nothing twice, nothing of another's, no number shown."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection

from sanzi.bank.actions import accounts, statements
from sanzi.bank.checking import read_for
from sanzi.bank.models import BankLine, ColumnProfile
from sanzi.journal.models import Entry
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from tests.world import NOON

from .conftest import OURS
from .files import FEBRUARY, HEADER, JANUARY, THEIRS, csv_bytes

pytestmark = pytest.mark.django_db(transaction=True)


def lines(account):
    return [str(line.amount) for line in BankLine.objects.of(account).order_by("seq")]


def test_a_statement_is_brought_in_whole_with_a_receipt(account, bring):
    done = bring(account, JANUARY)
    assert (done.added, done.known) == (5, 0)
    assert lines(account) == ["5000.00", "-320.50", "-879.50", "-0.50", "12.30"]
    assert str(done.closing) == "13811.80"


def test_the_same_file_twice_changes_nothing(account, bring):
    bring(account, JANUARY)
    again = bring(account, JANUARY)
    assert (again.added, again.known) == (0, 5)
    assert len(lines(account)) == 5


def test_an_overlapping_file_adds_only_what_is_new(account, bring):
    bring(account, JANUARY)
    done = bring(account, JANUARY[3:] + FEBRUARY)
    assert (done.added, done.known) == (2, 2)
    assert len(lines(account)) == 7


def test_a_file_that_runs_backwards_continues_the_chain(account, bring):
    bring(account, JANUARY)
    bring(account, list(reversed(JANUARY[3:] + FEBRUARY)))
    assert lines(account)[-2:] == ["20000.00", "-3000.00"]


@pytest.mark.parametrize(("opening", "is_in"), [("10000.00", True), ("10000.01", False)])
def test_the_first_file_must_begin_where_the_account_does(register, book, bring, opening, is_in):
    account = register(book, opening=Decimal(opening))
    if is_in:
        assert bring(account, JANUARY).added == 5
        return
    with pytest.raises(Blocked, match=r"差 -0\.01 元"):
        bring(account, JANUARY)
    assert lines(account) == []


def test_with_one_fault_nothing_is_brought_in(account, bring):
    rows = [list(row) for row in JANUARY]
    rows[3][4] = "13799.51"
    with pytest.raises(Blocked, match="第 5 行余额对不上"):
        bring(account, rows)
    assert lines(account) == []


def test_flows_before_the_account_s_first_day_are_left_out(register, book, bring):
    account = register(book, opened_on=date(2024, 1, 15), opening=Decimal("14679.50"))
    done = bring(account, JANUARY)
    assert (done.added, done.found["early"]) == (3, 2)


def test_a_missing_month_is_refused(account, bring):
    bring(account, JANUARY[:2])
    with pytest.raises(Blocked, match="中间可能缺对账单"):
        bring(account, FEBRUARY)


def test_a_file_of_another_account_is_refused(account, bring):
    other = f"账号,{THEIRS}\n".encode() + csv_bytes(JANUARY)
    with pytest.raises(Blocked, match="与本账户登记的账号不一致") as refused:
        bring(account, other)
    assert THEIRS not in refused.value.message
    assert bring(account, f"账号,{OURS}\n".encode() + csv_bytes(JANUARY)).added == 5


def test_a_bank_s_columns_are_learned_once(account, handed, bring, chu):
    header = [*HEADER[:4], "账上还有", *HEADER[5:]]
    first = handed(account, csv_bytes(JANUARY, header=header))
    assert first.found["errors"] == 1
    chosen = {"columns": {"账上还有": "balance"}}
    statements.choose_columns(
        statement_id=first.pk, columns=chosen["columns"], date_format="",
        reading=read_for(account, first.file, chosen), by=chu, now=NOON,
    )  # fmt: skip
    first.refresh_from_db()
    assert first.found["errors"] == 0
    done = statements.bring_in(
        statement_id=first.pk, reading=read_for(account, first.file, first.chosen),
        to_on=date(2024, 1, 31), by=chu, now=NOON,
    )  # fmt: skip
    assert done.to_on == date(2024, 1, 31)
    assert ColumnProfile.objects.get().columns["账上还有"] == "balance"
    assert bring(account, csv_bytes(FEBRUARY, header=header)).added == 2


def test_a_bank_that_prints_from_our_side_is_remembered(account, bring):
    header = ["记账日期", "借方发生额", "贷方发生额", "余额"]
    bring(account, csv_bytes([[d, i, o, b] for d, _, i, o, b, *_ in JANUARY], header=header))
    assert ColumnProfile.objects.get().is_mirrored is False
    assert lines(account)[0] == "5000.00"


def test_no_account_number_is_kept_in_clear_or_told(account, bring):
    rows = [list(row) for row in JANUARY]
    rows[1][1] = f"转给{THEIRS}"
    bring(account, rows)
    line = BankLine.objects.of(account).first()
    assert str(line.counterparty_account) == "**** 2345"
    assert line.counterparty_account.reveal() == THEIRS
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM bank_bankline")
        kept = str(cursor.fetchall())
        cursor.execute("SELECT * FROM bank_statement")
        kept += str(cursor.fetchall())
    kept += "".join(str(entry.public) for entry in Entry.objects.all())
    assert THEIRS not in kept
    assert OURS not in kept


def test_the_database_refuses_the_same_flow_twice(account, bring):
    bring(account, JANUARY)
    line = BankLine.objects.of(account).first()
    line.pk, line.seq = None, 99
    with pytest.raises(IntegrityError):
        line.save()


def test_only_the_cashier_brings_in_and_only_once(account, handed, bring, chu, wu, lin):
    for person in (wu, lin):
        with pytest.raises(Forbidden):
            handed(account, JANUARY, by=person)
    done = bring(account, JANUARY)
    with pytest.raises(Blocked, match="不会重复写入"):
        statements.bring_in(
            statement_id=done.pk, reading=read_for(account, done.file, {}), by=chu, now=NOON
        )


def test_a_dropped_file_is_gone_and_stays_out(account, handed, chu):
    found = handed(account, JANUARY)
    statements.drop(statement_id=found.pk, by=chu, now=NOON)
    assert not found.file.exists()
    with pytest.raises(Blocked, match="已放弃"):
        statements.bring_in(statement_id=found.pk, reading=None, by=chu, now=NOON)


def test_one_leaf_one_account_and_one_basic_account(account, register, book, holding):
    with pytest.raises(Blocked, match="已登记账户"):
        register(book, "102")
    with pytest.raises(Invalid, match="101"):
        register(book, "112")
    with pytest.raises(Blocked, match="已属于另一账套"):
        register(book, "101", holding)


def test_a_neighbour_s_account_does_not_exist(
    neighbours_book, register, holding, wu, chu, handed, luo
):
    with pytest.raises(Missing):
        register(neighbours_book, "102", holding)
    account = register(neighbours_book)
    with pytest.raises((Missing, Forbidden)):
        handed(account, JANUARY, by=luo)


def test_the_beginning_stands_once_there_are_flows(account, bring, wu):
    bring(account, JANUARY)
    given = {"name": "基本户", "bank": "示例农商银行", "cash_limit": None, "is_active": True}
    with pytest.raises(Blocked, match="不能再改"):
        accounts.amend_account(
            account_id=account.pk, opened_on=date(2024, 1, 2), opening=account.opening, **given,
            by=wu, now=NOON,
        )  # fmt: skip
    accounts.amend_account(
        account_id=account.pk, opened_on=account.opened_on, opening=account.opening,
        **{**given, "is_active": False}, by=wu, now=NOON,
    )  # fmt: skip
    with pytest.raises(Blocked, match="已停用"):
        bring(account, FEBRUARY)


def test_the_days_a_file_says_it_answers_for_are_taken_over(account, bring):
    above = "账号,,起止日期：2024年01月01日至2024年01月31日\n".encode()
    assert bring(account, above + csv_bytes(JANUARY)).to_on == date(2024, 1, 31)
