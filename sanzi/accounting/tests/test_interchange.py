"""Files of vouchers: what is read of them, every fault by its line, and what is written."""

import csv
import io
import json
import shutil
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import transaction
from jsonschema import Draft202012Validator

from sanzi.accounting.actions.sets import add_account, add_dimension
from sanzi.accounting.interchange.accounts import Held, sort_accounts
from sanzi.accounting.interchange.choosing import only_set
from sanzi.accounting.interchange.reading import read_vouchers
from sanzi.accounting.interchange.trial import trial_balance
from sanzi.accounting.interchange.writing import WRITERS
from sanzi.accounting.periods import open_year
from sanzi.kernel.refusals import Invalid, Missing
from tests.world import NOON, QINGSHUI, SHANGTIAN

HEADER = "date,voucher,summary,account,debit,credit,counterparty"
SCHEMAS = Path(__file__).parents[3] / "docs" / "schema"


def file(*rows: str) -> bytes:
    return "\n".join((HEADER, *rows)).encode()


def told(*rows: str) -> list[str]:
    return [problem.message for problem in read_vouchers(file(*rows)).problems]


def test_rows_of_one_month_and_label_are_one_voucher():
    reading = read_vouchers(
        file(
            "2024-01-05,记-1,收租金,102,100.00,,",
            "2024-01-05,记-2,办公,513,30,,",
            "2024-01-05,记-1,收租金,501,,100.00,",
            "2024-02-05,记-1,办公,513,1.5,,",
            "2024-01-05,记-2,办公,101,,30,",
            "2024-02-05,记-1,办公,101,,1.5,",
        )
    )
    assert reading.problems == []
    assert [(v.period, v.label, len(v.lines)) for v in reading.vouchers] == [
        (202401, "记-1", 2),
        (202401, "记-2", 2),
        (202402, "记-1", 2),
    ]


def test_the_first_line_may_be_chinese_as_the_page_shows_it():
    rows = ("日期,凭证号,摘要,科目,借方,贷方,往来单位或个人",
            "2024-01-05,记-1,收租金,102,1.00,,", "2024-01-05,记-1,收租金,501,,1.00,")  # fmt: skip
    reading = read_vouchers("\n".join(rows).encode())
    assert (reading.problems, len(reading.vouchers)) == ([], 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_files_come_in_the_encodings_other_software_writes(encoding):
    rows = (HEADER, "2024-01-05,记-1,收租金,102,1.00,,王㐂", "2024-01-05,记-1,收租金,501,,1.00,")
    (voucher,) = read_vouchers("\r\n".join(rows).encode(encoding)).vouchers
    assert (voucher.memo, voucher.lines[0].counterparty) == ("收租金", "王㐂")


@pytest.mark.parametrize(
    ("cell", "code", "name"),
    [
        ("102", "102", ""),
        ("10201", "10201", ""),
        ("102-01", "10201", ""),
        ("102.01.03", "1020103", ""),
        ("10201 农商行", "10201", "农商行"),
        ("  10201　农商行 ", "10201", "农商行"),
    ],
)
def test_accounts_are_three_digits_and_two_for_each_level_below(cell, code, name):
    reading = read_vouchers(file(f"2024-01-05,1,摘要,{cell},1,,", "2024-01-05,1,摘要,501,,1,"))
    line = reading.vouchers[0].lines[0]
    assert (line.account, line.name) == (code, name)


@pytest.mark.parametrize("cell", ["1021", "10-2", "102-1", "银行存款", "102010203040", "１", ""])
def test_other_account_numbers_are_refused(cell):
    (message, *_) = told(f"2024-01-05,1,摘要,{cell},1,,", "2024-01-05,1,摘要,501,,1,")
    assert message.startswith("第 2 行：")
    assert "科目" in message


@pytest.mark.parametrize(
    ("debit", "credit", "said"),
    [
        ("1.005", "", "超过两位小数"),
        ("1e3", "", "不是金额"),
        ("1_000", "", "不是金额"),
        ("NaN", "", "不是金额"),
        ("12,34", "", "不是金额"),
        ("99999999999999", "", "超过 9,999,999,999,999.99"),
        ("1", "1", "都填了金额"),
        ("", "", "没有金额"),
        ("0.00", "", "没有金额"),
    ],
)
def test_amounts_are_exact_or_refused(debit, credit, said):
    row = f'2024-01-05,1,摘要,102,"{debit}","{credit}",'
    (message, *_) = told(row, "2024-01-05,1,摘要,501,,1,")
    assert message.startswith("第 2 行：")
    assert said in message


@pytest.mark.parametrize(
    ("cell", "fen"),
    [("-0.05", -5), ("1234.5", 123450), ('"1,234.56"', 123456), ("１２", 1200), ("3.100", 310)],
)
def test_amounts_are_read_to_the_fen(cell, fen):
    reading = read_vouchers(
        file(f"2024-01-05,1,摘要,102,{cell},,", f"2024-01-05,1,摘要,501,,{cell},")
    )
    assert [(line.debit, line.credit) for line in reading.vouchers[0].lines] == [(fen, 0), (0, fen)]


def test_an_unbalanced_voucher_is_named_with_its_lines_and_the_difference():
    rows = ("2024-01-05,记-12,收,102,100.00,,", "2024-01-05,记-12,收,501,,99.99,")
    assert told(*rows) == ["第 2–3 行凭证 记-12借贷不平：借方 100.00，贷方 99.99，差 0.01 元"]


def test_one_line_is_no_voucher():
    assert told("2024-01-05,记-12,收,102,100.00,,") == [
        "第 2 行凭证 记-12只有 1 行分录，至少要一借一贷两行"
    ]


def test_a_voucher_has_one_day():
    (message,) = told("2024-01-05,记-1,收,102,1,,", "2024-01-06,记-1,收,501,,1,")
    assert message.startswith("第 3 行：日期 2024-01-06 与同一凭证 记-1 第 2 行的 2024-01-05 不同")


def test_every_fault_of_a_file_is_told_at_once():
    assert len(told("2024-13-05,1,,102,x,,", "2024-01-05,,收,10,1,2,", "2024-01-05,2,收")) == 6


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "第一行应依次为"),
        (b"date,voucher,summary,account,debit,credit", "第一行应依次为"),
        (HEADER.encode(), "没有凭证"),
        (HEADER.encode() + b"\n\xff\xff\xff", "第 2 行起既不是 UTF-8"),
        (HEADER.encode() + b'\n2024-01-05,1,"open,102,1,,', "第 2 行起不是合规的 CSV"),
        (HEADER.encode() + b"\n2024-01-05,1,a\x00b,102,1,,", "控制字符"),
    ],
)
def test_what_is_no_voucher_file_is_said(content, said):
    assert any(said in problem.message for problem in read_vouchers(content).problems)


def test_the_line_is_that_of_the_file_where_cells_hold_line_breaks():
    rows = ('2024-01-05,1,"两\n行",102,1,,', "2024-01-05,1,收,501,,x,")
    assert told(*rows) == ["第 4 行：“x”不是金额，请填数字，如 1234.56"]


HELD = {
    "102": Held("银行存款", True, True, has_lines=True),
    "113": Held("内部往来", True, True),
    "153": Held("在建工程", True, True),
    "322": Held("收益分配", False, True),
    "32202": Held("未分配收益", True, True),
    "501": Held("经营收入", False, True),
    "50101": Held("出租收入", True, False),
}


@pytest.mark.parametrize(
    ("code", "name", "said"),
    [
        ("109", "", "不在"),
        ("153", "固定资产清理", "在建工程"),
        ("15301", "固定资产清理-房屋", "含义不同"),
        ("102", "现金", "银行存款"),
        ("322", "", "下级科目"),
        ("10201", "", "已有发生额"),
        ("1020101", "", "已有发生额"),
        ("50101", "出租收入", "停用"),
        ("32202", "各项分配", "未分配收益"),
    ],
)
def test_an_account_that_means_something_else_is_refused(code, name, said):
    assert said in sort_accounts([(code, name)], "2023", HELD).against[code, name]


def test_sub_accounts_are_named_as_the_file_names_them():
    written = [("15301", "在建工程-水渠"), ("1530201", "泵房"), ("11301", ""), ("32202", "")]
    judged = sort_accounts(written, "2023", HELD)
    assert judged.against == {}
    assert judged.new == {"15301": "水渠", "15302": "15302", "1530201": "泵房", "11301": "11301"}


def test_the_same_number_is_another_account_under_the_other_scheme():
    held = {"153": Held("固定资产清理", True, True)}
    assert sort_accounts([("153", "固定资产清理")], "2004", held).against == {}
    assert sort_accounts([("153", "在建工程")], "2004", held).against != {}


def test_an_account_above_another_takes_no_line_of_the_same_file():
    judged = sort_accounts([("153", ""), ("15301", "")], "2023", HELD)
    assert "下级科目" in judged.against["153", ""]


# Written out: what other programs make of a set.


@pytest.fixture
def lived(book, put, wu):
    """Shangtian's set with an opening, a sub-ledger, a red letter and awkward words."""
    add_account(book_id=book.pk, parent="501", code="50101", name="出租“A”\\收入", by=wu, now=NOON)
    who = add_dimension(book_id=book.pk, kind="counterparty", name="王五", by=wu, now=NOON).pk
    put(book, "2024-01-01", "借 102 1000.00\n贷 301 1000.00", kind="opening")
    put(book, "2024-01-05", "借 113 300.00 王\n贷 50101 300.00", named={"王": who}, memo="=A1;x:y")
    put(book, "2024-02-10", "借 513 40.00\n贷 102 40.00", memo='说明 "引号" \\ 反斜杠')
    put(book, "2024-02-11", "借 513 -40.00\n贷 102 -40.00")
    with transaction.atomic():
        open_year(book, 2025)
    put(book, "2025-01-03", "借 102 12.34\n贷 50101 12.34")
    return book


def ours(book, day, wu):
    found = trial_balance(book.village, day, by=wu)
    return {row.code: row.closing for row in found.rows if row.closing}


def written(book, form):
    out = io.StringIO()
    WRITERS[form].write(book, out)
    return out.getvalue()


def test_beancount_takes_a_set_without_an_error_and_agrees(lived, wu):
    from beancount import loader
    from beancount.core import realization

    entries, errors, _ = loader.load_string(written(lived, "beancount"))
    assert errors == []
    root = realization.realize(entries)
    theirs = {}
    for account in realization.iter_children(root):
        for position in account.balance:
            if position.units.number:
                theirs[account.account.split(":")[-1]] = position.units.number
    assert theirs == ours(lived, date(2025, 12, 31), wu)


@pytest.mark.skipif(shutil.which("hledger") is None, reason="hledger is not on this machine")
def test_hledger_takes_a_set_without_an_error_and_agrees(lived, wu, tmp_path):
    path = tmp_path / "set.hledger"
    path.write_text(written(lived, "hledger"), encoding="utf-8")
    run = ["hledger", "-f", str(path)]
    subprocess.run([*run, "check", "--strict"], check=True)
    csv_out = subprocess.run(
        [*run, "balance", "--flat", "--no-total", "-O", "csv"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    theirs = {
        row["account"].split(":")[-1]: Decimal(row["balance"].removesuffix(" CNY"))
        for row in csv.DictReader(io.StringIO(csv_out))
    }
    assert theirs == ours(lived, date(2025, 12, 31), wu)


def test_words_a_spreadsheet_would_run_get_an_apostrophe_and_lose_it_again(lived):
    text = written(lived, "csv")
    assert ",'=A1;x:y," in text
    assert {"=A1;x:y"} <= {v.memo for v in read_vouchers(text.encode()).vouchers}


@pytest.mark.parametrize(
    ("day", "bank"),
    [
        ("2023-12-31", None),
        ("2024-01-01", "1000.00"),
        ("2024-02-09", "1000.00"),
        ("2024-02-10", "960.00"),
        ("2024-02-11", "1000.00"),
        ("2025-01-02", "1000.00"),
        ("2025-01-03", "1012.34"),
        ("2026-06-30", "1012.34"),
    ],
)
@pytest.mark.parametrize("region", [SHANGTIAN, QINGSHUI])
def test_a_balance_is_exact_to_the_day(lived, wu, day, bank, region):
    document = trial_balance(region, date.fromisoformat(day), by=wu).document()
    closing = {row["code"]: row["closing"] for row in document["accounts"]}
    assert closing.get("102") == bank
    assert not closing or sum(map(Decimal, closing.values())) == 0
    schema = json.loads((SCHEMAS / "books-balance.schema.json").read_text())
    Draft202012Validator(schema).validate(document)


def test_movements_are_those_of_the_year_to_the_day(lived, wu):
    found = trial_balance(SHANGTIAN, date(2024, 2, 10), by=wu)
    (bank,) = [row for row in found.rows if row.code == "102"]
    assert [f"{n:.2f}" for n in (bank.opening, bank.debit, bank.credit)] == [
        "1000.00", "0.00", "40.00",
    ]  # fmt: skip


def test_a_village_answers_by_sets_or_added_up(lived, committee_book, put, wu):
    put(committee_book, "2024-01-05", "借 102 7.00\n贷 503 7.00")
    with pytest.raises(Invalid, match="2 个账套"):
        only_set(wu, SHANGTIAN)
    both = trial_balance(SHANGTIAN, date(2024, 1, 31), by=wu)
    one = trial_balance(SHANGTIAN, date(2024, 1, 31), by=wu, name="上田村村民委员会")
    assert {r.code: f"{r.closing:.2f}" for r in both.rows}["102"] == "1007.00"
    assert {r.code: f"{r.closing:.2f}" for r in one.rows} == {"102": "7.00", "503": "-7.00"}


def test_the_next_village_has_no_set_to_export(lived, qian):
    with pytest.raises(Missing):
        only_set(qian, SHANGTIAN)


def test_reading_and_judging_files_need_no_framework():
    code = (
        "import sys, sanzi.accounting.interchange.reading, sanzi.accounting.interchange.accounts,"
        "sanzi.accounting.interchange.months; sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
