"""An office's own layout: wrong tags named by their cell, right ones filled with a sheet."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from openpyxl import Workbook, load_workbook

from sanzi.dispatch.actions.arrangements import arrange
from sanzi.dispatch.actions.layouts import put_in_force, take_out_of_force
from sanzi.dispatch.layout_file import check
from sanzi.dispatch.models import Arrangement
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid
from tests.world import NOON, QINGSHUI

from .test_sheets import freeze


def book(*rows: list, merge: str = "") -> bytes:
    made = Workbook()
    sheet = made.active
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def good() -> bytes:
    return book(
        ["{{标题}}（截至 {{截止日}}）", None, None],
        ["序号", "村名", "锁定债权", "两倍"],
        ["{{村.序号}}", "{{村.名称}}（{{村.红黄旗}}）", "{{村.锁定债权}}", "=C3*2"],
        ["合计", None, "{{合计.锁定债权}}", None],
        ["制表：{{生成人}}"],
        merge="A5:C5",
    )


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["{{村.清收类计}}"]], "A1 格的标签 {{村.清收类计}} 不认识"),
        ([["", "{{村.锁定债券}}"]], "是不是“锁定债权”"),
        ([["{{镇长.名称}}"]], "点前面应写“村”或“合计”"),
        ([["{{村.名称}"]], "A1 格的花括号不成对"),
        ([["{{村.名称}}"], ["{{村.名次}}"]], "第 1、2 行都有按村重复的标签"),
        ([["没有标签"]], "版式里没有标签"),
        ([["=SUM({{村.名称}})"]], "公式里不能写标签"),
    ],
)
def test_what_is_wrong_is_said_by_cell_and_tag(rows, said):
    assert said in "；".join(check(book(*rows), "biweekly"))


def test_a_row_merged_with_its_neighbour_cannot_repeat():
    faults = check(book(["{{村.名称}}"], ["x"], merge="A1:A2"), "biweekly")
    assert "合并" in faults[0]


def test_what_is_no_workbook_is_refused():
    assert check(b"hello", "daily") != []


def test_a_right_layout_has_no_fault():
    assert check(good(), "biweekly") == []


def test_a_sheet_is_filled_into_the_office_s_own_layout(client, cleanup, chen, gao):
    put_in_force(kind="biweekly", content=good(), name="本镇.xlsx", by=gao, now=NOON)
    made = freeze(chen)
    client.force_login(chen)
    assert "Excel 版式" in client.get(f"/dispatch/sheets/{made.pk}/").content.decode()
    answer = client.get(f"/dispatch/sheets/{made.pk}/?format=own&unit=元")
    sheet = load_workbook(BytesIO(answer.content)).active
    rows = [[c.value for c in row] for row in sheet.iter_rows()]
    assert rows[0][0] == "清水镇“清化收”双周调度表（截至 2022-12-31）"
    assert rows[2] == [1, "上田村（红旗）", 400, "=C3*2"]
    assert rows[3] == [2, "下田村（黄旗）", 100, "=C4*2"]
    assert rows[4][:3] == ["合计", None, 500]
    assert rows[5][0] == "制表：陈经办"
    assert [str(m) for m in sheet.merged_cells.ranges] == ["A6:C6"]
    wan = client.get(f"/dispatch/sheets/{made.pk}/?format=own&unit=万元")
    assert Decimal(str(load_workbook(BytesIO(wan.content)).active["C3"].value)) == Decimal("0.04")


def test_a_name_that_looks_like_a_formula_stays_a_text(cleanup, chen, gao, places, client):
    places["999901001201"].name = "=1+1村"
    places["999901001201"].save()
    put_in_force(kind="biweekly", content=good(), name="本镇.xlsx", by=gao, now=NOON)
    made = freeze(chen)
    client.force_login(chen)
    answer = client.get(f"/dispatch/sheets/{made.pk}/?format=own")
    cell = load_workbook(BytesIO(answer.content)).active["B3"]
    assert cell.data_type == "s"
    assert str(cell.value).startswith("=1+1村")


def word(*paragraphs: str) -> bytes:
    made = docx.Document()
    for one in paragraphs:
        made.add_paragraph(one)
    table = made.add_table(rows=3, cols=2)
    table.rows[0].cells[0].text = "{%tr for 行 in 各村 %}"
    table.rows[1].cells[0].text = "{{ 行.名称 }}"
    table.rows[1].cells[1].text = "{{ 行.锁定债权 }}"
    table.rows[2].cells[0].text = "{%tr endfor %}"
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def test_a_sheet_is_filled_into_a_word_layout_too(client, cleanup, chen, gao):
    content = word("{{ 编号 }} {{ 标题 }}，合计 {{ 合计锁定债权 }}")
    put_in_force(kind="biweekly", content=content, name="本镇.docx", by=gao, now=NOON)
    made = freeze(chen)
    client.force_login(chen)
    answer = client.get(f"/dispatch/sheets/{made.pk}/?format=word&unit=元")
    filled = docx.Document(BytesIO(answer.content))
    assert "合计 500.00" in filled.paragraphs[0].text
    cells = [[c.text for c in row.cells] for row in filled.tables[0].rows]
    assert ["上田村", "400.00"] in cells
    assert ["下田村", "100.00"] in cells


def test_a_wrong_word_tag_is_named(gao):
    with pytest.raises(Invalid, match="没有“锁定债券”"):
        put_in_force(
            kind="biweekly",
            content=word("{{ 编号 }} {{ 锁定债券 }}"),
            name="a.docx",
            by=gao,
            now=NOON,
        )


def test_taken_out_of_force_it_is_ours_again(client, cleanup, chen, gao):
    put_in_force(kind="biweekly", content=good(), name="本镇.xlsx", by=gao, now=NOON)
    take_out_of_force(kind="biweekly", file="xlsx", by=gao, now=NOON)
    with pytest.raises(Blocked):
        take_out_of_force(kind="biweekly", file="xlsx", by=gao, now=NOON)
    made = freeze(chen)
    client.force_login(chen)
    assert client.get(f"/dispatch/sheets/{made.pk}/?format=own").status_code == 404


def test_the_page_names_each_cell_s_metric_and_says_what_is_wrong(client, gao, chen):
    client.force_login(gao)
    html = client.get("/dispatch/layouts/biweekly/").content.decode()
    assert "{{村.锁定债权}}" in html
    assert ">锁定债权<" in html
    wrong = SimpleUploadedFile("a.xlsx", book(["{{村.清收类计}}"]))
    answer = client.post("/dispatch/layouts/biweekly/", {"file": wrong})
    assert answer.status_code == 422
    assert "A1 格的标签" in answer.content.decode()
    sample = client.get("/dispatch/layouts/biweekly/blank/").content
    assert check(sample, "biweekly") == []
    right = SimpleUploadedFile("a.xlsx", sample)
    assert client.post("/dispatch/layouts/biweekly/", {"file": right}).status_code == 302
    client.force_login(chen)
    assert client.get("/dispatch/layouts/biweekly/").status_code == 403


def test_layouts_are_only_added(gao, places):
    put_in_force(kind="daily", content=book(["{{标题}}"]), name="a.xlsx", by=gao, now=NOON)
    for change in ("UPDATE dispatch_layout SET version = 9", "DELETE FROM dispatch_layout"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


GIVEN = {
    "daily_at": "17:30", "biweekly_first_on": "2026-01-05", "biweekly_every": "7",
    "biweekly_at": "12:00", "reds": "1", "yellows": "0", "ties": "none", "town_days": "2",
    "county_days": "5", "city_days": "10", "revision": "0",
}  # fmt: skip


def test_a_town_arranges_for_itself_and_its_next_sheet_says_so(client, cleanup, gao, chen, visit):
    before = freeze(chen, on=date(2022, 12, 17))
    client.force_login(gao)
    assert client.post("/dispatch/arrangement/", GIVEN).status_code == 302
    assert Arrangement.objects.get().region == QINGSHUI
    made = freeze(chen)
    assert "前1名红旗，后0名黄旗" in visit(chen, f"/dispatch/sheets/{made.pk}/")
    assert "前3名红旗" in visit(chen, f"/dispatch/sheets/{before.pk}/")
    assert "前1名红旗" in visit(chen, "/dispatch/")


def test_two_who_arrange_at_once_do_not_overwrite_each_other(client, gao, lin):
    client.force_login(gao)
    client.post("/dispatch/arrangement/", GIVEN)
    assert client.post("/dispatch/arrangement/", GIVEN).status_code == 409
    assert client.post("/dispatch/arrangement/", GIVEN | {"reds": "x"}).status_code == 422
    with pytest.raises(Forbidden):
        arrange(revision=0, given={}, by=lin, now=NOON)
