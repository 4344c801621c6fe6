import io
from datetime import date
from decimal import Decimal
from zipfile import ZipFile

import openpyxl
import pytest

from sanzi.web.paper import PaperColumn, write_paper

from .conftest import IDENTITY

COLUMNS = [PaperColumn("编号"), PaperColumn("金额元", "money"), PaperColumn("日期", "date")]


def paper(rows, columns=COLUMNS, **details):
    file = io.BytesIO()
    write_paper(file, "清水镇合同台账", "单位：元", columns, rows, **details)
    return file


def sheet_of(file):
    return openpyxl.load_workbook(file).worksheets[0]


def xml_of(file):
    return ZipFile(file).read("xl/worksheets/sheet1.xml").decode()


def test_the_form_is_title_unit_heads_rows_sums_and_signatures():
    sheet = sheet_of(
        paper(
            [["A-1", Decimal("12.30"), date(2025, 3, 1)]],
            totals=["合计", Decimal("12.30"), None],
            issued="编报单位：清水镇",
        )
    )
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][0] == "清水镇合同台账"
    assert rows[1] == ("编报单位：清水镇", None, "单位：元")
    assert rows[2] == ("编号", "金额元", "日期")
    assert rows[3][:2] == ("A-1", 12.3)
    assert rows[4] == ("合计", 12.3, None)
    assert rows[6][0].split() == ["单位负责人：", "审核：", "制表：", "日期："]
    assert "A1:C1" in {str(merged) for merged in sheet.merged_cells.ranges}
    assert sheet.freeze_panes == "C4"
    assert sheet["B4"].number_format.startswith("#,##0.00")
    assert sheet["C4"].number_format == "yyyy-mm-dd"
    assert sheet["C4"].value.date() == date(2025, 3, 1)
    assert sheet.page_setup.orientation == "landscape"


@pytest.mark.parametrize(
    "amount", ["0.01", "0.10", "-0.07", "1234567890.12", "9999999999999.99", "0.29", "4.35"]
)
def test_an_amount_reaches_the_file_to_the_fen(amount):
    file = paper([["A", Decimal(amount), None]])
    assert f"<v>{amount}</v>" in xml_of(file)
    assert round(Decimal(str(sheet_of(file)["B4"].value)), 2) == Decimal(amount)


def test_an_amount_beyond_what_a_spreadsheet_can_hold_stays_exact_as_text():
    assert sheet_of(paper([["A", Decimal("10000000000000.01"), None]]))["B4"].value == (
        "10000000000000.01"
    )


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "http://x.example"]
)
def test_text_is_never_a_formula_nor_a_link(text):
    file = paper([[text, None, None]])
    assert "<f>" not in xml_of(file)
    assert "hyperlink" not in xml_of(file)
    cell = sheet_of(file)["A4"]
    assert cell.value == text
    assert cell.number_format == "@"


def test_blank_is_an_empty_cell_and_zero_a_zero():
    sheet = sheet_of(paper([["A", None, None], ["B", Decimal("0.00"), None]]))
    assert sheet["B4"].value is None
    assert sheet["B5"].value == 0


def test_floats_are_refused():
    with pytest.raises(AssertionError):
        paper([["A", 0.1, None]])


def test_grouped_columns_stand_under_one_heading():
    columns = [
        PaperColumn("村"),
        PaperColumn("份数", "integer", group="合同"),
        PaperColumn("整改", "integer", group="合同"),
        PaperColumn("清收", "money", group="债权"),
    ]
    sheet = sheet_of(paper([["上田村", 3, 2, Decimal("1.00")]], columns))
    assert [cell.value for cell in sheet[3]] == ["村", "合同", None, "债权"]
    assert [cell.value for cell in sheet[4]] == [None, "份数", "整改", "清收"]
    assert {"A3:A4", "B3:C3"} <= {str(merged) for merged in sheet.merged_cells.ranges}
    assert [cell.value for cell in sheet[5]] == ["上田村", 3, 2, 1]


def test_one_column_is_a_form_too():
    assert sheet_of(paper([["A"]], COLUMNS[:1]))["A4"].value == "A"


def exported(client, query):
    answer = client.get(f"/contracts/?export=xlsx&{query}")
    assert answer.status_code == 200
    return io.BytesIO(b"".join(answer.streaming_content))


def test_the_export_is_exactly_the_view_on_all_its_pages(client, contracts, chen):
    client.force_login(chen)
    query = "size=1&page=2&category=资源类&sort=-number"
    sheet = sheet_of(exported(client, query + "&cols=number&cols=village_name&cols=total_amount"))
    rows = list(sheet.iter_rows(min_row=3, values_only=True))
    assert rows[:4] == [
        ("序号", "合同编号", "村", "合同总价（元）"),
        (1, "B-1", "下田村", 0.1),
        (2, "A-2", "上田村", 0),
        (3, "A-1", "上田村", 1234567890.12),
    ]
    assert rows[4] == ("合计", "共 3 行", None, 1234567890.22)


def test_the_export_masks_what_the_page_masks_and_holds_no_neighbour(client, contracts, chen):
    client.force_login(chen)
    book = ZipFile(exported(client, ""))
    everything = b"".join(book.read(name) for name in book.namelist())
    assert IDENTITY.encode() not in everything
    assert b"canary-of-liyuan" not in everything
    assert "未收款".encode() in everything


def test_the_file_is_named_for_what_it_is(client, contracts, chen):
    client.force_login(chen)
    assert "xlsx" in client.get("/contracts/?export=xlsx")["Content-Disposition"]


def test_who_may_only_look_may_not_export(client, contracts, places, lin):
    lin.all_posts.update(role="village_head")
    client.force_login(lin)
    assert client.get("/contracts/").status_code == 200
    assert "export=xlsx" not in client.get("/contracts/").content.decode()
    assert client.get("/contracts/?export=xlsx").status_code == 403


def test_too_long_an_export_is_refused_with_the_way_out(client, contracts, chen, monkeypatch):
    monkeypatch.setattr("sanzi.web.registers.EXPORT_MAX", 3)
    client.force_login(chen)
    answer = client.get("/contracts/?export=xlsx")
    assert answer.status_code == 422
    assert "下级地区" in answer.content.decode()
