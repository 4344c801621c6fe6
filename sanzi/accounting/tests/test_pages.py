"""Pages of the books: what their people see, what a neighbour does not, and what it costs."""

import re
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sanzi.accounting.models import Account, Book, Dimension, Voucher
from sanzi.kernel.money import yuan
from tests.world import NOON, QINGSHUI, XIATIAN

ADDRESSES = [
    ("book", (), ""),
    ("opening", (), ""),
    ("accounts", (), ""),
    ("dimensions", (), ""),
    ("statement", ("balance",), ""),
    ("statement", ("income",), ""),
    ("trial", (), ""),
    ("flows", (), ""),
    ("general", (), ""),
    ("ledger", (), ""),
    ("ledger", (), "account=102"),
    ("daybook", (), "account=102"),
    ("dues", (), ""),
    ("vouchers", (), ""),
    ("print-vouchers", (), ""),
]
REGIONAL = [
    ("region-statement", ("balance",), ""),
    ("region-statement", ("income",), ""),
    ("region-trial", (), ""),
    ("region-parts", (), "what=balance&row=cash"),
    ("region-parts", (), "what=income&row=to_reserve"),
    ("region-parts", (), "what=trial&row=102"),
]


def address(book: Book, name: str, args=(), query: str = "") -> str:
    return reverse(f"accounting:{name}", args=[book.pk, *args]) + (f"?{query}" if query else "")


def read(response) -> str:
    assert response.status_code == 200, response.content.decode()[:500]
    return response.content.decode()


@pytest.fixture
def as_(client):
    def enter(person):
        client.force_login(person)
        return client

    return enter


@pytest.fixture
def kept(book, put, wu) -> Book:
    """A book with three months in it, a counterparty among them."""
    from sanzi.accounting.actions.sets import add_dimension

    named = {
        "王": add_dimension(book_id=book.pk, kind="counterparty", name="王老五", by=wu, now=NOON).pk
    }
    put(book, "2024-01-05", "借 102 1000.00\n贷 301 1000.00", memo="收到投入资本")
    put(book, "2024-02-05", "借 113 300.00 王\n贷 501 300.00", named=named, memo="应收地租")
    put(book, "2024-03-05", "借 102 120.00\n贷 113 120.00 王", named=named, memo="收回地租")
    put(book, "2024-03-06", "借 513 -5.00\n贷 102 -5.00", memo="退回办公费")
    return book


@pytest.mark.parametrize(("name", "args", "query"), ADDRESSES)
def test_everybody_of_the_village_reads_its_books_and_the_next_village_does_not(
    as_, kept, lin, qian, name, args, query
):
    url = address(kept, name, args, query)
    assert "上田村" in read(as_(lin).get(url))
    assert as_(qian).get(url).status_code == 404


@pytest.mark.parametrize(("name", "args", "query"), ADDRESSES)
def test_no_page_asks_more_than_twenty_queries(
    as_, kept, wu, django_assert_max_num_queries, name, args, query
):
    client = as_(wu)
    with django_assert_max_num_queries(20):
        client.get(address(kept, name, args, query))


@pytest.mark.parametrize(("name", "args", "query"), ADDRESSES)
def test_no_page_costs_more_with_more_vouchers(as_, kept, put, wu, name, args, query):
    client, url = as_(wu), address(kept, name, args, query)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(url)
    for day in range(1, 9):
        put(kept, f"2024-03-{day:02}", "借 512 1.00\n贷 102 1.00")
    with CaptureQueriesContext(connection) as more:
        client.get(url)
    assert len(more) <= len(few) + 1


@pytest.mark.parametrize(("name", "args", "query"), REGIONAL)
def test_a_region_is_read_from_above_and_by_nobody_else(
    as_, kept, chen, luo, django_assert_max_num_queries, name, args, query
):
    url = reverse(f"accounting:{name}", args=args) + f"?first=2024-01&last=2024-03&{query}"
    client = as_(chen)
    with django_assert_max_num_queries(20):
        assert "清水镇" in read(client.get(url))
    assert as_(luo).get(f"{url}&region={QINGSHUI}").status_code == 404


def test_the_sets_behind_a_figure_add_up_to_it(as_, kept, neighbours_book, put, chen):
    put(neighbours_book, "2024-03-03", "借 101 40.00\n贷 301 40.00")
    query = "?first=2024-03&last=2024-03"
    whole = read(as_(chen).get(reverse("accounting:region-statement", args=["balance"]) + query))
    parts = read(
        as_(chen).get(reverse("accounting:region-parts") + f"{query}&what=balance&row=cash")
    )
    assert "1,165.00" in whole
    assert "1,125.00" in parts
    assert "40.00" in parts


def test_administrators_see_no_books(as_, kept, xi):
    assert as_(xi).get(address(kept, "trial")).status_code == 403
    assert as_(xi).get(reverse("accounting:books")).status_code == 403


def test_the_register_of_sets_tells_how_far_each_has_come(as_, kept, neighbours_book, lin, chen):
    page = read(as_(lin).get(reverse("accounting:books")))
    assert "上田村股份经济合作社" in page
    assert "2024-03" in page
    assert "下田村股份经济合作社" not in page
    assert "下田村股份经济合作社" in read(as_(chen).get(reverse("accounting:books")))


def test_a_sheet_shows_its_figures_and_that_they_agree(as_, kept, lin):
    page = read(as_(lin).get(address(kept, "statement", ("balance",), "last=2024-03")))
    assert "1,305.00" in page
    assert "本年未结转收益" in page
    assert "相符" in page
    assert "不符" not in page


def test_a_sheet_that_fails_says_by_how_much(as_, kept, lin):
    from sanzi.accounting.models import Page

    # A page moved behind the gate's back.
    Page.objects.filter(book=kept, account="102").update(d01=yuan("1007.00"))
    page = read(as_(lin).get(address(kept, "statement", ("balance",), "last=2024-03")))
    assert "不符" in page
    assert "差 7.00 元" in page


def test_what_nobody_checked_is_said_discreetly(as_, kept, lin):
    assert "尚未与财政部" in read(as_(lin).get(address(kept, "statement", ("balance",))))


@pytest.mark.parametrize(("name", "args", "query"), ADDRESSES)
def test_no_link_is_blank(as_, kept, wu, name, args, query):
    assert not re.search(r"<a [^>]*></a>", read(as_(wu).get(address(kept, name, args, query))))


def test_a_ledger_runs_and_totals_its_months(as_, kept, lin):
    page = read(as_(lin).get(address(kept, "ledger", (), "account=102")))
    assert page.count("本月合计") == 2
    assert "退回办公费" in page
    assert "-5.00" in page
    body = [row for row in _cells(page) if row[-1]]
    assert [row[-1] for row in body if row[0]] == ["1,000.00", "1,120.00", "1,125.00"]
    assert [row[3] for row in body if not row[0]] == ["期初余额", *["本月合计", "本年累计"] * 2]


def test_a_ledger_of_a_counterparty_shows_only_its_lines(as_, kept, lin):
    key = Dimension.objects.get(name="王老五").pk
    page = read(as_(lin).get(address(kept, "ledger", (), f"dimension={key}")))
    assert "应收地租" in page
    assert "收到投入资本" not in page
    assert "180.00" in page


def test_pages_of_a_ledger_join_without_a_gap(as_, kept, put, lin):
    for at in range(70):
        put(kept, "2024-03-07", f"借 512 {at + 1}.00\n贷 102 {at + 1}.00")
    one = read(as_(lin).get(address(kept, "ledger", (), "account=102&first=2024-01")))
    two = read(as_(lin).get(address(kept, "ledger", (), "account=102&first=2024-01&page=2")))
    assert "第 1 / 2 页" in one
    assert "期初余额" not in two.split("<tbody>")[1]
    # 73 lines of account 102: 1125.00 less 1 + 2 + ... + 70.
    assert "1,360.00" in two
    assert "本月合计" in two


def test_a_day_book_names_the_other_side(as_, kept, lin):
    page = read(as_(lin).get(address(kept, "daybook", (), "account=102")))
    assert "银行存款日记账" in page
    assert "301 资本" in page


def test_counterparties_by_what_they_owe(as_, kept, lin):
    page = read(as_(lin).get(address(kept, "dues", (), "account=113")))
    assert "王老五" in page
    assert "180.00" in page


@pytest.mark.parametrize(
    "query",
    ["last=2024-13", "last=abc", "first=2024-03&last=2024-01", "last=2099-01&first=2099-01"],
)
def test_months_that_make_no_sense_are_refused(as_, kept, lin, query):
    assert as_(lin).get(address(kept, "trial", (), query)).status_code == 400


@pytest.mark.parametrize("query", ["account=10x", "format=pdf", "level=7"])
def test_what_the_page_does_not_offer_is_refused(as_, kept, lin, query):
    assert as_(lin).get(address(kept, "trial", (), query)).status_code == 400


def _cells(page: str) -> list[list[str]]:
    body = page.split("<thead>")[1].split("</table>")[0]
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", body, re.DOTALL)
    return [
        [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)]
        for row in rows
        if "<td" in row
    ]


def _sheet(response) -> list[list[str]]:
    book = openpyxl.load_workbook(BytesIO(b"".join(response.streaming_content)))
    rows = []
    for row in book.active.iter_rows(values_only=True):
        rows.append([_text(value) for value in row])
    return rows


def _text(value) -> str:
    if value is None:
        return ""
    if isinstance(value, float) or (isinstance(value, int) and value > 99):
        return f"{Decimal(str(value)):,.2f}"
    return value.date().isoformat() if hasattr(value, "date") else str(value).strip()


@pytest.mark.parametrize(
    ("name", "args", "query"),
    [a for a in ADDRESSES if a[0] in ("statement", "trial", "flows", "general", "dues")]
    + [("ledger", (), "account=102")],
)
def test_the_workbook_says_what_the_page_says(as_, kept, lin, name, args, query):
    months = "first=2024-01&last=2024-03"
    url = address(kept, name, args, f"{query}&{months}".strip("&"))
    page = [_same(row) for row in _cells(read(as_(lin).get(url)))]
    paper = [_same(row) for row in _cells(read(as_(lin).get(f"{url}&format=print")))]
    sheet = [_same(row) for row in _sheet(as_(lin).get(f"{url}&format=xlsx"))]
    assert page == paper
    assert page
    assert [row for row in page if row not in sheet] == []


def _same(row: list[str]) -> list[str]:
    """Cells as both write them: 0 and 0.00 and 1,000.00 are what a spreadsheet calls a number."""
    return [re.sub(r"\.00$", "", cell.replace(",", "").replace("　", "")) for cell in row]


def test_the_paper_carries_title_unit_and_signatures(as_, kept, lin):
    page = read(as_(lin).get(address(kept, "statement", ("balance",), "format=print")))
    for words in (
        "资产负债表",
        "编制单位：上田村 上田村股份经济合作社",
        "单位：元",
        "单位负责人",
        "制表",
    ):
        assert words in page


def test_an_overseer_may_read_but_not_carry_away(as_, kept, min):
    url = address(kept, "trial")
    assert "format=xlsx" not in read(as_(min).get(url))
    assert as_(min).get(f"{url}?format=xlsx").status_code == 403


def test_a_voucher_is_its_paper_form(as_, kept, lin, qian):
    voucher = Voucher.objects.get(memo="应收地租")
    page = read(as_(lin).get(address(kept, "voucher", (voucher.pk,))))
    for words in (
        "记账凭证 记-1",
        ">113</a> 内部往来",
        "王老五",
        "叁佰元整",
        "吴代理",
        "郑主管",
        voucher.hash,
    ):
        assert words in page
    assert as_(qian).get(address(kept, "voucher", (voucher.pk,))).status_code == 404
    paper = read(as_(lin).get(address(kept, "voucher", (voucher.pk,), "format=print")))
    assert "制单：吴代理" in paper


def test_a_voucher_of_another_book_is_not_found_here(as_, kept, neighbours_book, put, chen):
    theirs = put(neighbours_book, "2024-03-03", "借 101 40.00\n贷 301 40.00")
    assert as_(chen).get(address(kept, "voucher", (theirs.pk,))).status_code == 404


@pytest.mark.parametrize(("lines", "sheets"), [(6, 1), (7, 2), (13, 3)])
def test_a_long_voucher_goes_on_on_the_next_sheet(as_, kept, put, lin, lines, sheets):
    text = "\n".join([*["借 512 1.00"] * (lines - 1), f"贷 102 {lines - 1}.00"])
    voucher = put(kept, "2024-03-09", text)
    page = read(as_(lin).get(address(kept, "voucher", (voucher.pk,), "format=print")))
    assert page.count('class="voucher"') == sheets
    assert page.count("转下页") == sheets - 1


def test_a_month_is_printed_two_to_a_page(as_, kept, lin):
    page = read(as_(lin).get(address(kept, "print-vouchers", (), "month=2024-03")))
    assert page.count('class="voucher"') == 2


def test_the_voucher_register_is_narrowed_by_month(as_, kept, lin):
    page = read(as_(lin).get(address(kept, "vouchers", (), "month=202403")))
    assert "收回地租" in page
    assert "应收地租" not in page
    assert as_(lin).get(address(kept, "vouchers", (), "month=209901")).status_code == 400
    assert as_(lin).get(address(kept, "vouchers", (), "export=xlsx")).status_code == 200


def test_a_sub_account_is_added_and_taken_out_of_use(as_, kept, wu):
    above = Account.objects.get(book=kept, code="512")
    url = address(kept, "add-account", (above.pk,))
    assert as_(wu).post(url, {"code": "51201", "name": "印花税"}).status_code == 302
    made = Account.objects.get(book=kept, code="51201")
    assert "印花税" in read(as_(wu).get(address(kept, "account", (above.pk,))))
    refused = as_(wu).post(url, {"code": "51399", "name": "错"})
    assert (refused.status_code, "两位数字" in refused.content.decode()) == (422, True)
    assert (
        as_(wu).post(address(kept, "switch-account", (made.pk,)), {"active": "0"}).status_code
        == 302
    )
    made.refresh_from_db()
    assert not made.is_active


@pytest.mark.parametrize(("person", "status"), [("lin", 403), ("qian", 403), ("wu", 302)])
def test_only_the_agency_changes_accounts(as_, kept, request, person, status):
    above = Account.objects.get(book=kept, code="512")
    client = as_(request.getfixturevalue(person))
    given = {"code": "51201", "name": "印花税"}
    assert client.post(address(kept, "add-account", (above.pk,)), given).status_code == status


def test_a_counterparty_and_its_item_are_added(as_, kept, wu):
    url = address(kept, "new-dimension")
    assert as_(wu).post(url, {"kind": "counterparty", "name": "李四"}).status_code == 302
    given = {"kind": "item", "name": "2024地租", "owner": "李四", "due_on": "2024-12-31"}
    assert as_(wu).post(url, given).status_code == 302
    assert Dimension.objects.get(name="2024地租").parent.name == "李四"
    refused = as_(wu).post(url, {**given, "name": "x", "owner": "没有的人"})
    assert (refused.status_code, "没有往来单位" in refused.content.decode()) == (422, True)


def test_a_set_is_opened_from_a_page(as_, committee, wu, lin):
    url = reverse("accounting:new-book")
    given = {"collective": committee.pk, "scheme": "2023", "begins": "2024-01"}
    assert as_(lin).get(url).status_code == 403
    assert as_(wu).post(url, given).status_code == 302
    assert Book.objects.get().begins == 202401
    again = as_(wu).post(url, given)
    assert (again.status_code, "不能重复建立" in again.content.decode()) == (409, True)
    assert as_(wu).post(url, {**given, "begins": "2024-13"}).status_code == 422


def _opening(rows: list[tuple[str, str, str, str]], totals: tuple[str, str, str]) -> dict:
    columns = dict(
        zip(("account", "whom", "debit", "credit"), zip(*rows, strict=True), strict=True)
    )
    return {**columns, **dict(zip(("assets", "liabilities", "equity"), totals, strict=True))}


RIGHT = [
    ("102", "", "1,000.00", ""),
    ("211", "", "", "400"),
    ("301", "", "", "600.00"),
    ("", "", "", ""),
]


def test_opening_balances_are_typed_and_locked(as_, book, wu):
    url = address(book, "enter-opening")
    assert as_(wu).post(url, _opening(RIGHT, ("1000", "400", "600"))).status_code == 302
    book.refresh_from_db()
    assert book.opened_at is not None
    sheet = read(as_(wu).get(address(book, "statement", ("balance",), "last=2024-01")))
    assert sheet.count("1,000.00") >= 4
    assert "已锁定" in read(as_(wu).get(address(book, "opening")))


@pytest.mark.parametrize(
    ("rows", "totals", "words"),
    [
        (RIGHT, ("999.99", "400", "600"), "差 0.01"),
        (RIGHT, ("", "400", "600"), "请填写原资产负债表的资产合计"),
        ([("102", "", "1000", ""), ("301", "", "", "999.99")], ("1000", "0", "999.99"), "借贷不平"),
        (
            [("999", "", "1", ""), ("301", "", "", "1")],
            ("1", "0", "1"),
            "第 1 行：没有这个末级科目",
        ),
        ([("102", "", "1", "1"), ("301", "", "", "1")], ("1", "0", "1"), "第 1 行：借方、贷方"),
        ([("102", "", "x", ""), ("301", "", "", "1")], ("1", "0", "1"), "第 1 行：不是金额"),
        ([("113", "张三", "1", ""), ("301", "", "", "1")], ("1", "0", "1"), "没有往来单位“张三”"),
        ([("", "", "", "")], ("1", "0", "1"), "还没有填任何余额"),
    ],
)
def test_opening_balances_that_do_not_prove_right_come_back_as_typed(
    as_, book, wu, rows, totals, words
):
    refused = as_(wu).post(address(book, "enter-opening"), _opening(rows, totals))
    assert refused.status_code == 422
    page = refused.content.decode()
    assert words in page
    assert f'value="{rows[0][2]}"' in page
    assert not Voucher.objects.exists()


def test_the_neighbour_can_enter_nothing(as_, book, qian, neighbours_book, wu):
    assert as_(qian).post(address(book, "enter-opening"), {}).status_code == 403
    assert neighbours_book.village == XIATIAN
