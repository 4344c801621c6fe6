import ast
import json
from io import BytesIO
from pathlib import Path

import pytest
from django.apps import apps
from django.db import transaction
from openpyxl import load_workbook

from sanzi.administration.words import FACTS, THINGS, UNTOLD, line
from sanzi.config import settings
from sanzi.journal.models import Entry
from sanzi.journal.recorder import Trace, record, record_many
from tests.world import NOON, SHANGTIAN


@pytest.fixture
def log(chen, xi):
    record(
        "contracts.contract:7",
        "findings.confirm",
        by=chen,
        at=NOON,
        village=SHANGTIAN,
        label="确认问题",
        public={"reason": "租期过长"},
        private={"debtor": "不可公开的名字"},
    )
    record("access.person:1", "people.add", by=xi, at=NOON, label="=HYPERLINK(1)")


def text(answer):
    return answer.content.decode()


def test_the_log_says_who_did_what_and_keeps_the_private_part_to_itself(log, enter, ji):
    page = text(enter(ji).get("/log/"))
    assert "确认问题" in page
    assert "理由：租期过长" in page
    assert "农经站经办人" in page
    assert "不可公开的名字" not in page


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 2),
        ("q=租期", 1),
        ("q=people", 1),
        ("actor=chen", 1),
        ("actor=席", 1),
        ("since=2026-03-02&until=2026-03-02", 2),
        ("until=2026-03-01", 0),
        ("since=2026-03-03", 0),
        ("since=nonsense", 2),
        ("before=2", 1),
        ("before=x", 2),
    ],
)
def test_the_log_is_searched_by_words_actor_and_days(log, enter, ji, query, count):
    page = text(enter(ji).get(f"/log/?{query}"))
    assert page.count("<tr>") - 1 == max(count, 1)
    assert ("没有符合条件的记录" in page) is (count == 0)


def test_long_logs_are_read_fifty_at_a_time(enter, ji):
    with transaction.atomic():
        record_many([Trace(f"a.b:{n}", "x") for n in range(120)], by=ji, at=NOON)
    browser = enter(ji)
    page = text(browser.get("/log/?actor=ji"))
    assert "a.b 119<" in page
    assert "a.b 69<" not in page
    assert "?actor=ji&amp;before=71" in page
    assert "a.b 69<" in text(browser.get("/log/?actor=ji&before=71"))


def test_the_log_leaves_as_a_workbook_of_plain_text(log, enter, ji):
    answer = enter(ji).get("/log/?export=xlsx")
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert "确认问题" in cells
    assert "=HYPERLINK(1)" in cells
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize("name", ["lin", "chen", "fang", "jian", "xi", "an"])
def test_only_the_audit_administrator_reads_the_log(enter, people, name):
    assert enter(people[name]).get("/log/").status_code == 403


def test_there_is_no_way_to_change_the_log(log, enter, ji):
    for method in ("post", "put", "patch", "delete"):
        assert getattr(enter(ji), method)("/log/").status_code == 405


def _facts_written() -> dict[str, str]:
    """Every name of a fact that the source writes into the journal, and where."""
    found = {}
    for path in Path(settings.__file__).parents[1].rglob("*.py"):
        if "tests" in path.parts:
            continue
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ("record", "Trace"):
                for given in call.keywords:
                    if given.arg == "public" and isinstance(given.value, ast.Dict):
                        found |= {k.value: path.name for k in given.value.keys if k}
    return found


def test_the_log_speaks_chinese_of_every_fact_and_every_thing():
    written = _facts_written()
    assert len(written) > 60, "the source was read"
    assert {
        name: at for name, at in written.items() if name not in FACTS and name not in UNTOLD
    } == {}
    things = [m._meta.label_lower for m in apps.get_models() if hasattr(m.objects, "claim")]
    assert [name for name in things if name not in THINGS] == []


def test_a_workbook_s_counts_are_told_by_register(log):
    counts = {"contracts": {"new": 3, "changed": 0}}
    entry = Entry(public=json.dumps({"label": "写入", "counts": counts}))
    assert line(entry).told == "行数：合同 新增 3，修改 0"


def test_a_system_user_is_called_by_its_name_alone():
    assert line(Entry(actor="system_import", role="system_import", public="{}")).account == ""
    assert line(Entry(actor="chen", role="town_clerk", public="{}")).account == "chen"
