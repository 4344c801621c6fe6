"""A bank's file: columns, signs, running balance, and what is said of each fault."""

import pytest
import xlsxwriter

from sanzi.kernel.refusals import NotAWorkbook

from .files import FEBRUARY, HEADER, JANUARY, THEIRS, amounts, csv_bytes, messages, read, read_file
from .files import xlsx as workbook

SIGNED = ["5000.00", "-320.50", "-879.50", "-0.50", "12.30"]


def changed(place, column, value):
    rows = [list(row) for row in JANUARY]
    rows[place][column] = value
    return rows


def test_a_sound_statement_has_no_fault_and_our_signs():
    reading = read(JANUARY)
    assert reading.faults == []
    assert amounts(reading) == SIGNED
    assert (str(reading.running.opening), str(reading.running.closing)) == ("10000.00", "13811.80")


@pytest.mark.parametrize(
    ("balance", "sound"), [("13800.00", True), ("13800.01", False), ("13799.99", False)]
)
def test_one_fen_off_in_the_running_balance_is_named_with_its_row(balance, sound):
    reading = read(changed(2, 4, balance))
    assert (reading.errors == []) is sound
    if not sound:
        assert "第 4 行余额对不上" in messages(reading)
        assert "应为 13,800.00" in messages(reading)
        assert "0.01 元" in messages(reading)


def test_a_file_that_runs_backwards_is_turned_round():
    reading = read(list(reversed(JANUARY)))
    assert reading.running.is_descending
    assert amounts(reading) == SIGNED


def test_a_fault_in_a_file_that_runs_backwards_names_its_own_row():
    reading = read(list(reversed(changed(4, 4, "13811.81"))))
    assert "第 2 行余额对不上" in messages(reading)


def test_the_bank_s_debit_is_our_expense():
    header = ["记账日期", "摘要", "借方发生额", "贷方发生额", "余额"]
    rows = [[d, s, out, into, balance] for d, s, into, out, balance, *_ in JANUARY]
    reading = read(rows, header)
    assert reading.is_mirrored
    assert amounts(reading) == SIGNED


def test_a_bank_that_prints_from_our_side_is_found_out_by_the_balance():
    header = ["记账日期", "摘要", "借方发生额", "贷方发生额", "余额"]
    rows = [[d, s, into, out, balance] for d, s, into, out, balance, *_ in JANUARY]
    reading = read(rows, header)
    assert not reading.is_mirrored
    assert amounts(reading) == SIGNED


@pytest.mark.parametrize(
    ("out", "into"), [("借", "贷"), ("支出", "收入"), ("D", "C"), ("往账", "来账")]
)
def test_one_column_of_amounts_with_a_word_beside_it(out, into):
    header = ["交易日期", "借贷标志", "交易金额", "余额"]
    rows = [[d, into if i else out, i or o, balance] for d, _, i, o, balance, *_ in JANUARY]
    assert amounts(read(rows, header)) == SIGNED


def test_one_column_of_signed_amounts():
    header = ["交易日期", "交易金额", "余额"]
    rows = [[d, i or f"-{o}", balance] for d, _, i, o, balance, *_ in JANUARY]
    assert amounts(read(rows, header)) == SIGNED


def test_signed_amounts_are_not_turned_twice_by_their_word():
    header = ["交易日期", "收支", "交易金额", "余额"]
    rows = [
        [d, "收入" if i else "支出", i or f"-{o}", balance] for d, _, i, o, balance, *_ in JANUARY
    ]
    assert amounts(read(rows, header)) == SIGNED


@pytest.mark.parametrize("label", ["借方发生额（支出）", "支取金额", "转出(元)"])
def test_what_brackets_say_of_a_column_counts(label):
    header = [*HEADER[:3], label, *HEADER[4:]]
    assert amounts(read(JANUARY, header)) == SIGNED


def test_a_header_nobody_knows_is_told_and_can_be_chosen():
    header = [*HEADER[:4], "账上还有", *HEADER[5:]]
    assert "缺少列：余额" in messages(read(JANUARY, header))
    assert amounts(read(JANUARY, header, columns={"账上还有": "balance"})) == SIGNED


@pytest.mark.parametrize(
    ("written", "date_format"),
    [("20240103", ""), ("2024年1月3日", ""), ("2024-01-03 09:30:11", ""), ("01/03/2024", "mdy"),
     ("3/1/2024", "dmy")],
)  # fmt: skip
def test_dates_as_banks_write_them(written, date_format):
    reading = read(changed(0, 0, written), date_format=date_format)
    assert str(reading.rows[0].dated) == "2024-01-03"
    assert reading.errors == []


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        (0, "2024-02-30", "第 2 行“交易日期”“2024-02-30”没有这一天"),
        (0, "", "有金额但没有日期"),
        (2, "5000.001", "最多两位小数"),
        (2, "五千", "不是数"),
        (3, "1.00", "收入和支出都填了金额"),
        (4, "", "没有余额"),
    ],
)
def test_what_is_wrong_is_said_by_row(column, value, said):
    reading = read(changed(0, column, value))
    assert said in messages(reading)
    assert "第 2 行" in messages(reading)


def test_totals_headings_of_later_pages_and_remarks_are_passed_over():
    rows = [["期初余额", "", "", "", "10000.00", "", "", ""], *JANUARY[:3], HEADER, *JANUARY[3:],
            ["合计", "", "5012.30", "1200.50", "", "", "", ""], ["打印人：某某"]]  # fmt: skip
    reading = read(rows)
    assert reading.faults == []
    assert amounts(reading) == SIGNED


def test_a_balance_brought_forward_must_lead_to_the_first_row():
    rows = [["", "承前页", "", "", "9999.99", "", "", ""], *JANUARY]
    assert "文件写期初 9,999.99，差 0.01 元" in messages(read(rows))


def test_long_numbers_among_the_words_keep_their_last_four_only():
    row = read(changed(0, 1, f"转入{THEIRS}")).rows[0]
    assert row.summary == "转入**** 2345"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_in_either_encoding(tmp_path, encoding):
    file = tmp_path / "a.csv"
    armoured = [[*row[:6], f'="{row[6]}"' if row[6] else "", f"\t{row[7]}"] for row in JANUARY]
    file.write_bytes(csv_bytes(armoured, encoding=encoding))
    reading = read_file(file)
    assert amounts(reading) == SIGNED
    assert reading.rows[0].counterparty_account == THEIRS
    assert reading.rows[0].serial == "A001"


def test_a_workbook_with_lines_above_its_header_names_its_own_account(tmp_path):
    above = [["账户明细查询"], ["账号：9999990000000099999", "户名", "上田村股份经济合作社"], []]
    reading = read_file(workbook(tmp_path / "a.xlsx", JANUARY, above=above))
    assert amounts(reading) == SIGNED
    assert reading.own_accounts == {"9999990000000099999"}
    assert reading.rows[0].row == 5


def test_a_formula_error_and_a_merged_amount_are_faults(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate([HEADER, *JANUARY]):
            sheet.write_row(at, 0, row)
        sheet.write_formula("C2", "=1/0", None, "#DIV/0!")
        sheet.merge_range("E3:E4", "14679.50")
    said = messages(read_file(path))
    assert "公式错误值" in said
    assert "E3:E4 是合并单元格" in said


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty-file"),
        (b"%PDF-1.7\n", "not-a-table"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "web-page"),
        (b"PK\x03\x04 cut off", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "damaged"),
        (b"one word", "not-a-table"),
        (b"a,b\x00c", "not-a-table"),
        (b"a" * 10_000_001, "too-large"),
    ],
)
def test_what_is_no_statement_is_refused_with_what_to_do(tmp_path, content, code):
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(NotAWorkbook) as refused:
        read_file(path)
    assert refused.value.code == code


def test_february_reads_by_itself():
    assert str(read(FEBRUARY).running.opening) == "13811.80"
