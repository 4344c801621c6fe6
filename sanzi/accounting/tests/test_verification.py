"""Every kind of tampering is found: each test forges one thing past the triggers and looks."""

from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from sanzi.accounting.actions.sets import add_dimension
from sanzi.accounting.interchange.journal import posted
from sanzi.accounting.models import Page, Period, Voucher
from sanzi.accounting.periods import open_year
from sanzi.accounting.proof.faults import KEPT_MAX, Proof
from sanzi.accounting.proof.journal import text_of
from sanzi.accounting.rows import chain, genesis
from sanzi.accounting.verification import verify
from sanzi.journal.tests.lifting import triggers_lifted
from tests.world import NOON, QINGSHUI, XIATIAN


@pytest.fixture
def lived(book, put, wu):
    """Two years of a set: opening, sub-ledgers of both sides, a red letter, a closing entry."""
    named = {
        name: add_dimension(book_id=book.pk, kind="counterparty", name=name, by=wu, now=NOON).pk
        for name in "甲乙"
    }
    put(book, "2024-01-01", "借 102 1000.00\n贷 301 1000.00", kind="opening")
    put(book, "2024-01-05", "借 113 300.00 甲\n贷 501 300.00", named=named)
    put(book, "2024-01-06", "借 513 500.00\n贷 113 500.00 乙", named=named)
    put(book, "2024-01-07", "借 113 20.00\n贷 501 20.00")
    with transaction.atomic():
        open_year(book, 2025)
    put(book, "2024-03-01", "借 513 -40.00\n贷 102 -40.00")
    put(book, "2024-12-31", "借 501 320.00\n贷 321 320.00", kind="closing")
    put(book, "2025-02-02", "借 102 5.00\n贷 113 5.00 甲", named=named)
    return book


@contextmanager
def unguarded():
    """Without triggers. PostgreSQL switches none while foreign keys wait to be checked."""
    connection.check_constraints()
    with triggers_lifted():
        yield
        connection.check_constraints()


def forge(statement):
    """Change the database past everything that guards it."""
    with unguarded(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_books_as_they_were_written_have_nothing_against_them(lived):
    proof = verify()
    assert proof.faults == []
    assert (proof.books, proof.vouchers, proof.lines) == (1, 7, 14)
    assert verify(region=QINGSHUI).faults == []
    assert verify([lived.pk]).books == 1
    assert verify(region=XIATIAN).books == 0


V, LN = "accounting_voucher", "accounting_line"
SECOND = "(SELECT id FROM accounting_voucher WHERE number = 2 AND period = 202401)"
FIRST_LINE = "(SELECT min(id) FROM accounting_line WHERE account = '513')"


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (f"UPDATE {V} SET memo = 'x' WHERE id = {SECOND}", "校验值不符"),
        (f"UPDATE {V} SET dated = '2024-01-30' WHERE id = {SECOND}", "校验值不符"),
        (f"UPDATE {V} SET dated = '2024-02-01' WHERE id = {SECOND}", "不在其期间"),
        (f"UPDATE {V} SET source = 'x' WHERE id = {SECOND}", "校验值不符"),
        (f"UPDATE {V} SET hash = 'x' WHERE id = {SECOND}", "校验值不符"),
        (f"UPDATE {V} SET attachments = 9 WHERE id = {SECOND}", "校验值不符"),
        (f"UPDATE {V} SET total = total + 1 WHERE id = {SECOND}", "合计"),
        (f"UPDATE {V} SET lines_count = 3 WHERE id = {SECOND}", "应有 3 行分录，实有 2 行"),
        (f"UPDATE {V} SET number = 9 WHERE id = {SECOND}", "凭证号不连续：应为 记-2，实为 记-9"),
        (f"DELETE FROM {V} WHERE id = {SECOND}", "没有所属的凭证"),
        (f"DELETE FROM {V} WHERE id = {SECOND}", "凭证号不连续"),
        (f"DELETE FROM {LN} WHERE id = {FIRST_LINE}", "借贷不平"),
        (f"UPDATE {LN} SET debit = debit + 1 WHERE id = {FIRST_LINE}", "借贷不平：借方 500.01"),
        (f"UPDATE {LN} SET debit = debit + 1 WHERE id = {FIRST_LINE}", "1月借方 账页 500.00"),
        (f"UPDATE {LN} SET account = '514' WHERE id = {FIRST_LINE}", "校验值不符"),
        (f"UPDATE {LN} SET account = '514' WHERE id = {FIRST_LINE}", "凭证合计 500.00"),
        (f"UPDATE {LN} SET account = '322' WHERE id = {FIRST_LINE}", "不是本账套的末级科目"),
        (f"UPDATE {LN} SET memo = 'x' WHERE id = {FIRST_LINE}", "校验值不符"),
        (f"UPDATE {LN} SET project_id = 0 WHERE id = {FIRST_LINE}", "辅助核算不属于本账套"),
        ("UPDATE accounting_page SET d01 = d01 + 1 WHERE account = '113'", "1月借方 账页"),
        ("UPDATE accounting_page SET opening = 7 WHERE account = '301' AND year = 2025", "年初"),
        ("UPDATE accounting_page SET d01 = d01 + 1 WHERE account = '113+'", "账页 113+"),
        ("UPDATE accounting_page SET c13 = 0 WHERE account = '321'", "年终结转贷方 账页 0.00"),
        ("DELETE FROM accounting_page WHERE account = '513'", "1月借方 账页 0.00"),
        ("UPDATE accounting_subpage SET c02 = 0 WHERE year = 2025", "明细账页 113"),
        ("UPDATE accounting_regionpage SET c01 = 1 WHERE region = '9999' AND account = '501'",
         "9999 2024年汇总 501"),
        ("DELETE FROM accounting_regionpage WHERE region = '99'", "99 2024年汇总"),
        ("UPDATE accounting_period SET vouchers = 9 WHERE period = 202401", "登记凭证 9 张"),
        ("UPDATE accounting_period SET vouchers = 1 WHERE period = 202405", "实际一张也没有"),
        ("UPDATE accounting_period SET head = 'x' WHERE period = 202401", "末号校验值不符"),
        ("UPDATE accounting_account SET category = 'asset' WHERE code = '513'", "类别或余额方向"),
        ("UPDATE accounting_account SET is_leaf = NOT is_leaf WHERE code = '322'", "是否末级"),
        ("UPDATE accounting_account SET name = '现金' WHERE code = '101'", "“库存现金”不符"),
    ],
)  # fmt: skip
def test_what_was_tampered_with_is_found(lived, statement, said):
    forge(statement)
    found = [f"{fault.where}：{fault.message}" for fault in verify().faults]
    assert any(said in line for line in found), found


def test_a_page_that_no_longer_balances_breaks_the_balance_sheet(lived):
    forge("UPDATE accounting_page SET d01 = d01 + 100 WHERE account = '102' AND year = 2024")
    said = " ".join(fault.message for fault in verify().faults)
    assert "借贷合计不相等" in said
    assert "资产不等于负债加所有者权益" in said


def test_a_month_rewritten_with_fresh_hashes_is_still_told_from_what_was_posted(lived):
    forge(f"UPDATE {LN} SET memo = '改写' WHERE id = {FIRST_LINE}")
    with unguarded():
        head = genesis(lived.pk, 202401)
        for voucher, lines in list(posted(lived.pk, 202401, 202401)):
            head = chain(head, text_of(voucher, lines))
            Voucher.objects.filter(pk=voucher.key).update(hash=head)
        Period.objects.of(lived).filter(period=202401).update(head=head)
    said = {fault.message for fault in verify().faults}
    assert said == {"校验值与记账时操作日志所记的不同：该月凭证被重写过"}


def test_a_last_voucher_taken_out_cleanly_is_missed_by_the_operation_log(lived):
    last = Voucher.objects.filter(book=lived, period=202401).order_by("-number").first()
    forge(f"DELETE FROM {LN} WHERE id / 1000 = {last.pk}")
    forge(f"DELETE FROM {V} WHERE id = {last.pk}")
    before = Voucher.objects.filter(book=lived, period=202401).order_by("-number").first()
    Period.objects.of(lived).filter(period=202401).update(vouchers=before.number, head=before.hash)
    said = [fault.message for fault in verify().faults]
    assert "操作日志记有这张凭证，账套中没有" in said
    assert "操作日志记有记账 3 张，实有凭证 2 张" in said


def test_lines_of_no_set_are_counted(lived):
    forge(
        f"INSERT INTO {LN} (id, book_id, account, debit, credit, memo)"
        f" VALUES (7, {lived.pk}, '101', 1, 0, '')"
    )
    assert [f.message for f in verify().faults] == ["表中有 15 行，各账套合计 14 行"]


def test_pages_of_no_set_are_found(lived):
    page = Page.objects.filter(account="101").first() or Page.objects.first()
    page.pk, page.account, page.d01 = None, "999", page.d01 + 1
    page.save()
    assert any("账页 999" in fault.where for fault in verify().faults)


def test_only_the_first_thousand_faults_are_kept_and_all_are_counted():
    proof = Proof()
    for number in range(KEPT_MAX + 5):
        proof.found("x", str(number), "y")
    assert (len(proof.faults), proof.faults_count) == (KEPT_MAX, KEPT_MAX + 5)
