"""`sanzi net`: a file in, circles out, without a database."""

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest

from sanzi.cli.main import main

SCHEMA = json.loads(Path("docs/schema/net.schema.json").read_text(encoding="utf-8"))
RING = "debtor,creditor,amount\n甲,乙,3000\n乙,丙,5000.50\n丙,甲,3000\n丙,甲,1.00\n"


@pytest.fixture
def net(tmp_path, capsys):
    def run(text: str, *options: str, encoding: str = "utf-8"):
        file = tmp_path / "debts.csv"
        file.write_bytes(text.encode(encoding))
        code = main(["net", str(file), *options])
        return code, capsys.readouterr().out

    return run


def told(out: str) -> dict:
    document = json.loads(out)
    jsonschema.validate(document, SCHEMA)
    return document


def test_a_ring_is_found_and_told_in_words(net):
    code, out = net(RING)
    assert code == 0
    assert "可冲转 9,000.00 元" in out
    assert "3 方各少欠 3,000.00 元：丙 → 甲 → 乙 → 丙" in out
    assert "已证明" in out


def test_the_document_keeps_its_schema_and_its_sums(net):
    code, out = net(RING, "--json")
    document = told(out)
    assert code == 0
    assert document["optimal"]
    assert document["cancelled"] == document["certificate"]["bound"] == "9000.00"
    circles = sum(Decimal(c["amount"]) * len(c["members"]) for c in document["circles"])
    residual = sum(Decimal(debt["amount"]) for debt in document["residual"])
    assert circles == Decimal(document["cancelled"])
    assert residual == Decimal(document["total"]) - circles
    # Two debts between the same two stay apart.
    assert {(debt["debtor"], debt["amount"]) for debt in document["residual"]} == {
        ("乙", "2000.50"),
        ("丙", "1.00"),
    }


def test_a_limit_on_length_is_kept_and_its_loss_stated(net):
    code, out = net(RING, "--json", "--max-length", "2")
    document = told(out)
    assert code == 0
    assert document["cancelled"] == "0.00"
    assert document["certificate"]["unrestricted"] == "9000.00"
    assert document["circles"] == []


TWO = "debtor,creditor,amount\n甲,乙,10\n乙,甲,10\n丙,丁,9\n丁,戊,9\n戊,丙,9\n甲,丙,4\n"


def test_a_limit_on_who_signs_is_kept_and_its_loss_stated(net):
    document = told(net(TWO, "--json", "--max-signers", "3")[1])
    assert (document["cancelled"], document["certificate"]["unrestricted"]) == ("27.00", "47.00")
    assert document["agreements"] == {
        "way": "circle", "papers": 1, "signatures": 3, "signers": 3,
    }  # fmt: skip
    assert not document["optimal"]
    assert "不限时最多 47.00 元" in net(TWO, "--max-signers", "3")[1]


def test_one_paper_for_all_who_hang_together_is_signed_once_by_each(net):
    chain = "debtor,creditor,amount\n甲,乙,5\n乙,甲,5\n乙,丙,3\n丙,乙,3\n"
    apart, together = (
        told(net(chain, "--json", *more)[1])["agreements"]
        for more in ((), ("--fewest-signatures",))
    )
    assert (apart["papers"], apart["signatures"]) == (2, 4)
    assert (together["papers"], together["signatures"]) == (1, 3)


def test_only_those_who_agree_take_part_and_the_others_debts_stay(net, tmp_path):
    names = tmp_path / "names.txt"
    names.write_text("丙\n丁\n戊\n", encoding="utf-8")
    document = told(net(TWO, "--json", "--only", str(names))[1])
    assert (document["cancelled"], document["total"]) == ("27.00", "51.00")
    assert len(document["residual"]) == 3
    names.write_text("无名\n", encoding="utf-8")
    assert net(TWO, "--only", str(names))[0] == 2


def test_within_a_county_no_circle_crosses_its_border(net):
    head = "debtor,creditor,amount,debtor_county,creditor_county\n"
    near = "甲,乙,5,东县,东县\n乙,甲,5,东县,东县\n"
    far = "丙,丁,7,东县,西县\n丁,丙,7,西县,东县\n"
    assert told(net(head + near + far, "--json")[1])["cancelled"] == "24.00"
    document = told(net(head + near + far, "--json", "--within-county")[1])
    assert (document["cancelled"], document["total"]) == ("10.00", "24.00")
    assert net(TWO, "--within-county")[0] == 2


def test_a_fund_says_what_it_clears_and_whom_it_pays(net):
    chain = "debtor,creditor,amount\n甲,乙,1.00\n乙,丙,0.60\n丙,丁,0.60\n"
    document = told(net(chain, "--json", "--relief", "0.61")[1])
    assert document["relief"]["cleared"] == "1.81"
    assert document["relief"]["paid_to"] == [{"debtor": "甲", "amount": "0.61"}]
    assert document["relief"]["curve"][0] == {"times": 3, "fund": "0.60", "cleared": "1.80"}
    assert "最多再清 1.81 元" in net(chain, "--relief", "0.61")[1]
    for wrong in ("0", "-1", "1.005", "x"):
        assert net(chain, f"--relief={wrong}")[0] == 2


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("甲,甲,1", "不能欠自己"),
        ("甲,乙,0", "金额为零"),
        ("甲,乙,-1", "为负"),
        ("甲,乙,1.005", "超过两位小数"),
        (",乙,3", "都要填写"),
        ("甲,乙,", "没有填写金额"),
        ("甲,乙,三千", "不是数字"),
        ("甲,乙,NaN", "不是数字"),
        ("甲,乙,1000000000000.01", "一万亿"),
    ],
)
def test_a_bad_row_is_refused_with_its_number(net, row, message):
    text = RING + row + "\n"
    code, out = net(text)
    assert code == 1
    assert "第 6 行" in out
    assert message in out
    code, out = net(text, "--json")
    assert code == 1
    assert told(out)["problems"][0]["row"] == 6


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_files_from_any_office_computer_are_read(net, encoding):
    assert told(net(RING, "--json", encoding=encoding)[1])["parties"] == 3


@pytest.mark.parametrize(
    ("prefer", "rows", "left"),
    [
        ("age", "甲,乙,5,900,\n甲,乙,5,30,\n", "30"),
        ("limitation", "甲,乙,5,1200,\n甲,乙,5,1000,\n", "1200"),
        ("villagers", "甲,乙,5,1,企业\n甲,乙,5,1,村民\n", "企业"),
    ],
)
def test_who_goes_first_among_equal_plans(net, prefer, rows, left, tmp_path):
    text = "debtor,creditor,amount,age,class\n乙,甲,5,,\n" + rows
    swapped = [text, "\n".join([*text.split("\n")[:2], *reversed(rows.split("\n")[:2])])]
    for one in swapped:
        from sanzi.netting.engine.clearing import clear
        from sanzi.netting.engine.reading import read_debts

        file = tmp_path / "who.csv"
        file.write_text(one, encoding="utf-8")
        debts = read_debts(file)
        cancelled = clear(debts.network(prefer)).cancelled
        stays = int(next(at for at, fen in enumerate(cancelled) if not fen))
        assert left in (str(debts.age[stays]), debts.kind[stays])


def test_no_header_no_file_and_no_length_are_refusals(net, capsys):
    assert net("甲,乙,3\n")[0] == 2
    assert main(["net", "/nowhere/debts.csv"]) == 2
    with pytest.raises(SystemExit) as stopped:
        main(["net", "debts.csv", "--max-length", "1"])
    assert stopped.value.code == 2
    assert "2 到 100" in capsys.readouterr().err


def test_nothing_of_the_site_is_loaded_for_netting_nor_netting_for_anything_else(tmp_path):
    file = tmp_path / "debts.csv"
    file.write_text(RING, encoding="utf-8")
    program = (
        "import sys; from sanzi.cli.main import main; code = main(sys.argv[1:]);"
        "heavy = [m for m in ('django', 'numpy', 'numba', 'ortools', 'scipy') if m in sys.modules];"
        "print(code, *heavy, file=sys.stderr)"
    )

    def loaded(*arguments: str) -> list[str]:
        command = [sys.executable, "-c", program, *arguments]
        return subprocess.run(command, capture_output=True, text=True).stderr.split()

    assert "django" not in loaded("net", str(file))
    assert loaded("template", "-o", str(tmp_path / "blank.xlsx")) == ["0"]
