"""What the pages show, to whom, and that page, print and xlsx say the same."""

import io
import re
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from sanzi.budgets import tables
from sanzi.budgets.actions import decisions, drafts
from sanzi.budgets.models import Budget, Stage
from sanzi.yearend.models import Distribution
from tests.world import NOON

from .conftest import MEETING, typed

D = Decimal


def at(name, *args, **query):
    return reverse(f"budgets:{name}", args=args, query=query)


@pytest.fixture
def get(client):
    def fetch(person, url, status=200):
        client.force_login(person)
        answer = client.get(url)
        assert answer.status_code == status, answer.content.decode()[:2000]
        return answer

    return fetch


def html(answer):
    return answer.content.decode()


def cells(page):
    """The texts of a page's table, row by row, tags taken away."""
    body = page[page.index("<tbody>") : page.index("</tbody>")]
    rows = re.findall(r"<tr>(.*?)</tr>", body, re.S)
    return [
        [
            re.sub(r"<[^>]+>", "", cell).strip()
            for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.S)
        ]
        for row in rows
    ]


def sheet(content):
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def content(answer):
    return b"".join(answer.streaming_content)


@pytest.fixture
def spent(approved, years, put):
    """A year with a line overspent, one of zero, one unplanned, and income."""
    approved("501 20000\n513 1000 block\n514 0\n511 3000")
    put(years, "2026-01-05", "借 102 15000.00\n贷 501 15000.00")
    put(years, "2026-02-05", "借 513 1250.50\n贷 102 1250.50")
    put(years, "2026-03-05", "借 515 80.00\n贷 102 80.00")
    return years


def test_the_execution_shows_ratio_left_and_flags(spent, lin, get):
    page = html(get(lin, at("execution", spent.pk, 2026)))
    rows = {row[2]: row for row in cells(page)}
    assert rows["501"][5:9] == ["20,000.00", "15,000.00", "75.00%", "5,000.00"]
    assert rows["513"][5:] == ["1,000.00", "1,250.50", "125.05%", "-250.50", "禁止", "超预算"]
    assert rows["514"][5:9] == ["0.00", "0.00", "—", "0.00"]
    assert rows["515"][5:] == ["0.00", "80.00", "—", "-80.00", "", "预算外"]
    assert "1 项超预算" in page
    assert "上田村" in page
    assert "上田村股份经济合作社" in page


def test_every_figure_opens_the_lines_it_is_made_of(spent, lin, get):
    page = html(get(lin, at("execution", spent.pk, 2026, month="6")))
    ledger = reverse("accounting:ledger", args=(spent.pk,))
    links = re.findall(rf'href="({ledger}[^"]+)">([^<]+)<', page)
    assert [figure for _, figure in links] == ["15,000.00", "1,250.50", "80.00"]
    url = links[1][0].replace("&amp;", "&")
    assert url == f"{ledger}?account=513&first=2026-01&last=2026-06"
    assert "1,250.50" in html(get(lin, url))


def test_the_month_decides_how_far_execution_is_counted(spent, lin, get):
    page = html(get(lin, at("execution", spent.pk, 2026, month="1")))
    assert {row[2]: row for row in cells(page)}["513"][6] == "0.00"
    get(lin, at("execution", spent.pk, 2026, month="13"), 400)
    get(lin, at("execution", spent.pk, 2026, month="9" * 5000), 400)


def test_the_months_add_up_to_the_year(spent, lin, get):
    page = html(get(lin, at("execution", spent.pk, 2026, view="months", month="12")))
    row = {row[2]: row for row in cells(page)}["513"]
    assert row[6] == "1,250.50"
    assert row[-1] == "1,250.50"


@pytest.mark.parametrize(
    ("name", "query"),
    [("execution", {}), ("execution", {"view": "months"}), ("final", {})],
)
def test_the_xlsx_is_the_page_and_so_is_the_print(spent, lin, get, name, query):
    page = cells(html(get(lin, at(name, spent.pk, 2026, **query))))
    printed = cells(html(get(lin, at(name, spent.pk, 2026, format="print", **query))))
    answer = get(lin, at(name, spent.pk, 2026, format="xlsx", **query))
    assert printed == page
    rows = sheet(content(answer))
    start = next(i for i, row in enumerate(rows) if "序号" in row) + 1
    assert [_as_text(row, rows[start - 1]) for row in rows[start : start + len(page)]] == page


def _as_text(row, heads):
    return [_cell(value, head) for value, head in zip(row, heads, strict=True)]


def _cell(value, head):
    if isinstance(value, str):
        return value
    exact = D(str(value))
    if head == "序号":
        return str(int(exact))
    return f"{exact * 100:,.2f}%" if head == "执行率" else f"{exact:,.2f}"


def test_final_accounts_put_versions_and_years_side_by_side(
    approved, years, put, wu, gao, lin, get
):
    put(years, "2025-06-01", "借 513 700.00\n贷 102 700.00")
    put(years, "2025-06-02", "借 515 30.00\n贷 102 30.00")
    old = approved("513 1000\n514 400")
    new = drafts.adjust(budget_id=old.pk, reason="防汛支出增加", by=wu, now=NOON)
    drafts.fill(budget_id=new.pk, revision=new.revision, rows=typed("513 1500"), by=wu, now=NOON)
    decisions.approve(budget_id=new.pk, by=gao, now=NOON, **MEETING)
    put(years, "2026-06-01", "借 513 1200.00\n贷 102 1200.00")
    put(years, "2026-12-31", "借 321 1200.00\n贷 513 1200.00", kind="closing")
    rows = {row[2]: row[5:] for row in cells(html(get(lin, at("final", years.pk, 2026))))}
    assert rows["513"] == ["1,000.00", "1,500.00", "1,200.00", "80.00%", "700.00", "500.00", ""]
    assert rows["514"][:4] == ["400.00", "0.00", "0.00", "—"]
    assert rows["515"][2:6] == ["0.00", "—", "30.00", "-30.00"]
    compared = {row[2]: row[5:] for row in cells(html(get(lin, at("compare", new.pk))))}
    assert compared["513"] == ["1,000.00", "1,500.00", "500.00", "调增"]
    assert compared["514"] == ["400.00", "", "-400.00", "取消"]


def test_a_neighbour_finds_nothing_anywhere(approved, years, qian, get, client):
    budget = approved("513 1000")
    for url in (
        at("book", years.pk),
        at("budget", budget.pk),
        at("compare", budget.pk),
        at("execution", years.pk, 2026),
        at("final", years.pk, 2026),
        at("package", years.pk, 2026),
        at("left", years.pk, account="513", amount="1", format="json"),
    ):
        get(qian, url, 404)
    assert "上田村股份经济合作社" not in html(get(qian, at("budgets")))
    assert "上田村股份经济合作社" not in html(get(qian, at("books")))


def test_the_list_shows_budgets_of_my_region(approved, wu, get):
    budget = approved("513 1000")
    page = html(get(wu, at("budgets", stage="approved", in_year="2026")))
    assert at("budget", budget.pk) in page
    assert "1,000.00" in page
    get(wu, at("budgets", stage="nonsense"), 400)


def test_the_grid_keeps_what_was_typed_and_says_what_is_wrong(drafted, wu, client):
    budget = drafted("513 1000")
    client.force_login(wu)
    posted = {
        "revision": budget.revision, "rows": 2, "do": "save",
        "account-0": "513", "amount-0": "一千", "control-0": "warn", "note-0": "保留这句话",
        "account-1": "", "control-1": "warn",
    }  # fmt: skip
    answer = client.post(at("edit", budget.pk), posted)
    assert answer.status_code == 422
    page = html(answer)
    assert "保留这句话" in page
    assert "第 1 行的预算数不是金额" in page
    more = client.post(at("edit", budget.pk), {**posted, "do": "more"})
    assert html(more).count('name="account-') == 11
    good = client.post(at("edit", budget.pk), {**posted, "amount-0": "1,234.50"})
    assert good.status_code == 302
    assert budget.lines.get().amount == D("1234.50")


def test_hostile_numbers_in_the_grid_are_no_accident(drafted, wu, client):
    budget = drafted("513 1000")
    client.force_login(wu)
    answer = client.post(at("edit", budget.pk), {"revision": "9" * 5000, "rows": "9" * 5000})
    assert answer.status_code == 409


def test_drafting_and_deciding_by_the_pages(years, wu, gao, client):
    client.force_login(wu)
    made = client.post(at("draft", years.pk), {"year": "2026"})
    budget = Budget.objects.get()
    assert made.url == at("edit", budget.pk)
    posted = {"revision": budget.revision, "rows": 1, "account-0": "513", "amount-0": "9",
              "control-0": "block"}  # fmt: skip
    client.post(at("edit", budget.pk), posted)
    assert client.post(at("approve", budget.pk), MEETING).status_code == 403
    client.force_login(gao)
    wrong = client.post(at("approve", budget.pk), {**MEETING, "number": ""})
    assert wrong.status_code == 422
    scan = io.BytesIO(b"%PDF-1.4\n%%EOF\n")
    scan.name = "会议记录.pdf"
    done = client.post(at("approve", budget.pk), {**MEETING, "papers": [scan]})
    assert done.status_code == 302, html(done)
    budget.refresh_from_db()
    assert budget.stage == Stage.APPROVED
    page = html(client.get(at("budget", budget.pk)))
    assert "会议记录.pdf" in page
    assert "上田社决〔2026〕1号" in page


def test_what_is_left_is_told_to_programs_and_to_people(spent, lin, get):
    url = at("left", spent.pk, account="511 经营支出", amount="3000.01", on="2026-06-01")
    answer = get(lin, f"{url}&format=json").json()
    assert answer["left"] == "3000.00"
    assert answer["is_short"]
    assert answer["needs_report"]
    assert not answer["blocks"]
    assert "示例标准" in answer["words"]
    assert "3,000.00" in html(get(lin, url))
    hard = get(lin, at("left", spent.pk, account="513", amount="1", format="json", on="2026-06-01"))
    assert hard.json()["blocks"]
    get(lin, at("left", spent.pk, account="513", amount="x", format="json"), 422)
    get(lin, at("left", spent.pk, account="513", amount="1", project="没有"), 422)


def test_the_package_holds_everything_and_names_what_is_missing(spent, lin, get):
    url = at("package", spent.pk, 2026, meeting="2027-03-20", opens="2027-03-10", format="zip")
    archive = zipfile.ZipFile(io.BytesIO(content(get(lin, url))))
    names = archive.namelist()
    assert names == [
        "1-2026 年度财务决算表.xlsx",
        "2-资产负债表.xlsx",
        "3-收益及收益分配表.xlsx",
        "5-公开通知.txt",
        "目录.txt",
    ]
    notice = archive.read("5-公开通知.txt").decode("utf-8-sig")
    assert "最迟公开日为2027年3月10日" in notice
    assert "上田村股份经济合作社全体成员" in notice
    assert "3. 收益及收益分配表。" in notice, "what is not packed is not announced"
    listed = archive.read("目录.txt").decode("utf-8-sig")
    assert "收益分配方案（还没有拟定" in listed
    balance = sheet(archive.read("2-资产负债表.xlsx"))
    assert any("货币资金" in str(cell) for row in balance for cell in row)


def test_the_distribution_plan_is_packed_once_there_is_one(spent, lin, wu, get):
    Distribution.objects.create(
        village=spent.village, book=spent, year=2026, reserve=D("300.00"), members=D("100.00"),
        heads=3, per_head=D("33.33"), remainder=D("0.01"), reserve_account="311",
        members_account="113", decision="成员大会", decided_on=date(2027, 3, 1), prepared_by=wu,
        prepared_at=NOON,
    )  # fmt: skip
    url = at("package", spent.pk, 2026, meeting="2027-03-20", format="zip")
    archive = zipfile.ZipFile(io.BytesIO(content(get(lin, url))))
    rows = sheet(archive.read("4-收益分配方案.xlsx"))
    assert ["向成员分配", 100] in rows
    assert ["　按 3 人（股），每人（股）", 33.33] in rows
    assert "尚未由另一人确认" in archive.read("目录.txt").decode("utf-8-sig")


@pytest.mark.parametrize(("opens", "is_late"), [("2027-03-10", False), ("2027-03-11", True)])
def test_the_papers_open_ten_days_before_the_meeting_or_the_page_says_no(
    spent, lin, get, opens, is_late
):
    page = html(get(lin, at("package", spent.pk, 2026, meeting="2027-03-20", opens=opens)))
    assert ("已晚于最迟公开日 2027-03-10" in page) == is_late
    assert ("请把会议定在 2027-03-21" in page) == is_late


def test_a_package_without_a_meeting_is_not_made(spent, lin, get):
    assert "请先填写会议日期" in html(get(lin, at("package", spent.pk, 2026, format="zip"), 422))


def test_who_only_looks_may_not_take_away(spent, min, get):
    get(min, at("final", spent.pk, 2026))
    get(min, at("final", spent.pk, 2026, format="xlsx"), 403)


def test_the_rule_page_marks_the_example_until_somebody_decides(gao, lin, get, client):
    assert "示例标准" in html(get(lin, at("rules")))
    client.force_login(gao)
    posted = {"from_on": "2026-01-01", "report_above": "5,000", "unplanned": "block",
              "basis": "清水镇财务管理办法"}  # fmt: skip
    assert client.post(at("set-rule"), posted).status_code == 302
    page = html(get(lin, at("rules")))
    assert "5,000.00" in page
    assert "示例标准" not in page
    client.force_login(lin)
    assert client.post(at("set-rule"), posted).status_code == 403


def test_pages_stay_within_their_queries(
    spent, lin, wu, gao, client, django_assert_max_num_queries
):
    budget = Budget.objects.get(stage="approved")
    for person, url in (
        (lin, at("budgets")),
        (lin, at("book", spent.pk)),
        (gao, at("budget", budget.pk)),
        (lin, at("execution", spent.pk, 2026)),
        (lin, at("final", spent.pk, 2026)),
        (lin, at("package", spent.pk, 2026, meeting="2027-03-20")),
        (lin, at("left", spent.pk, account="513", amount="1")),
        (wu, at("edit", budget.pk)),
    ):
        client.force_login(person)
        with django_assert_max_num_queries(20):
            assert client.get(url).status_code == 200


def test_a_year_before_the_books_is_not_there(spent, lin, get):
    get(lin, at("final", spent.pk, 2023), 404)
    get(lin, at("execution", spent.pk, 2030), 404)


def test_every_word_of_a_table_has_a_way_to_be_written():
    assert tables.written(tables.LINE[0], 3) == "3"
    assert tables.written(tables.PaperColumn("日期", "date"), date(2026, 1, 2)) == "2026-01-02"
