"""The commands as a person types them, each in a process of its own where that matters."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sanzi.cli.main import main
from tests.sheets import LEASE, write_workbook
from tests.world import SHANGTIAN


@pytest.fixture
def book(tmp_path):
    def make(**changes):
        row = {**LEASE, "number": "HT-1", "village": SHANGTIAN, **changes}
        return str(write_workbook(tmp_path / "town.xlsx", 合同=[row]))

    return make


def test_a_clean_workbook_answers_zero_and_one_with_errors_one(book, capsys):
    assert main(["check", book(), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["ok"] is True

    assert main(["check", book(ends_on="2022-02-30")]) == 1
    assert "第 2 行“终止日期”" in capsys.readouterr().out


@pytest.mark.parametrize("content", [None, b"", b"a,b\n", b"PK\x03\x04cut off"])
def test_what_is_no_workbook_answers_two_in_words(content, tmp_path, capsys):
    path = tmp_path / "x.xlsx"
    if content is not None:
        path.write_bytes(content)

    assert main(["check", str(path), "--json"]) == 2
    said = capsys.readouterr()
    assert "sanzi：" in said.err
    if content is not None:
        assert json.loads(said.out)["problems"][0]["severity"] == "error"


def test_as_of_decides_what_has_expired(book, capsys):
    for day, expected in (("2034-12-31", 0), ("2035-01-01", 1)):
        main(["check", book(), "--as-of", day, "--json"])
        assert len(json.loads(capsys.readouterr().out)["findings"]) == expected


def test_the_marked_workbook_opens_and_says_where(book, tmp_path):
    import openpyxl

    marked = tmp_path / "marked.xlsx"
    main(["check", book(ends_on="2022-02-30"), "--annotate", str(marked)])

    page = openpyxl.load_workbook(marked)["合同"]
    assert [cell.coordinate for row in page for cell in row if cell.comment]


def test_the_blank_workbook_is_recognised_whole_and_has_no_rows(tmp_path, capsys):
    blank = tmp_path / "blank.xlsx"
    assert main(["template", "-o", str(blank)]) == 0
    capsys.readouterr()

    assert main(["check", str(blank), "--json"]) == 0
    sheets = json.loads(capsys.readouterr().out)["sheets"]
    assert len(sheets) == 11
    assert {(sheet["rows"], len(sheet["unmatched_columns"])) for sheet in sheets} == {(0, 0)}


@pytest.mark.parametrize("verb", ["template", "check"])
def test_commands_without_registers_never_load_django(verb, book, tmp_path):
    arguments = {"template": ["-o", str(tmp_path / "t.xlsx")], "check": [book()]}[verb]
    code = (
        "import sys; from sanzi.cli.main import main; main(sys.argv[1:]);"
        "sys.exit('django' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code, verb, *arguments], capture_output=True)
    assert ran.returncode == 0, ran.stderr


def run(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "-m", "sanzi.cli.main", *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SANZI_DATABASE_URL", "mysql://x"),
        ("SANZI_DATABASE_URL", "postgresql://host:port/x"),
        ("SANZI_DATA", " "),
        ("SANZI_DATA", "/dev/null/x"),
        ("SANZI_HTTPS", "yes"),
    ],
)
def test_a_wrong_variable_is_named_loudly(variable, value):
    ran = run("report", "--region", "14", **{variable: value})
    assert ran.returncode == 2
    assert f"环境变量 {variable} 有误" in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.slow
def test_a_fresh_folder_imports_reports_and_verifies(book, tmp_path: Path):
    data = str(tmp_path / "data")
    fresh = {"SANZI_DATA": data}
    if "SANZI_DATABASE_URL" in os.environ:
        pytest.skip("a fresh embedded database is the point")
    done = json.loads(run("import", book(), "--json", **fresh).stdout)
    assert done["ok"] is True
    assert done["counts"]["contracts"] == {"new": 1, "changed": 0, "unchanged": 0}

    report = json.loads(run("report", "--region", SHANGTIAN[:9], "--json", **fresh).stdout)
    assert report["villages"][0]["figures"]["contracts.total"] == 1
    assert run("report", "--region", "88", **fresh).returncode == 2

    paper = tmp_path / "report.xlsx"
    assert run("report", "--region", "99", "-o", str(paper), **fresh).returncode == 0
    assert paper.stat().st_size > 1000
    assert json.loads(run("verify", "--json", **fresh).stdout) == {"ok": True, "faults": []}
