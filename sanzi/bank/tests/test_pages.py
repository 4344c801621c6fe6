"""The bank's pages as a cashier, an accountant and a neighbour meet them."""

import io
from decimal import Decimal

import openpyxl
import pytest

from sanzi.bank import proposing
from sanzi.bank.flows import piece_of_line
from sanzi.bank.models import BankAccount, BankLine, Match, Statement

from .conftest import OURS
from .files import JANUARY, THEIRS, csv_bytes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def booked(account, put, book, bring):
    put(book, "2024-01-03", "借 102 5000.00\n贷 501 5000.00", memo="收赵小满鱼塘承包费")
    put(book, "2024-01-09", "借 513 320.50\n贷 102 320.50", memo="付办公用品")
    bring(account, JANUARY)
    return account


def upload(client, account, content, name="一月明细.csv"):
    file = io.BytesIO(content)
    file.name = name
    return client.post(f"/bank/{account.pk}/statements/", {"file": file}, follow=True)


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_a_cashier_hands_in_reads_and_imports(client, account, chu):
    client.force_login(chu)
    html = upload(client, account, csv_bytes(JANUARY)).content.decode()
    assert "核对无误，可以导入" in html
    assert "逐笔余额相符" in html
    statement = Statement.objects.get()
    address = f"/bank/statements/{statement.pk}/import/"
    for wrong in ("x", "2999-01-31"):
        assert client.post(address, {"to_on": wrong}).status_code == 422
    html = client.post(address, {"to_on": "2024-01-31"}, follow=True).content.decode()
    assert "2024-01-03 至 2024-01-31" in html
    assert "成功 5 行，已有 0 行" in html
    html = upload(client, account, csv_bytes(JANUARY)).content.decode()
    assert "没有新的流水" in html
    assert client.post(f"/bank/statements/{statement.pk}/import/").status_code == 409


def test_a_fault_is_read_by_row_and_nothing_can_be_imported(client, account, chu):
    client.force_login(chu)
    rows = [list(row) for row in JANUARY]
    rows[1][4] = "14679.51"
    html = upload(client, account, csv_bytes(rows)).content.decode()
    assert "第 3 行余额对不上" in html
    assert "有错误时一行也不会导入" in html
    statement = Statement.objects.get()
    assert client.post(f"/bank/statements/{statement.pk}/import/").status_code == 409
    assert not BankLine.objects.exists()


def test_columns_are_corrected_by_choosing(client, account, chu):
    client.force_login(chu)
    content = csv_bytes(JANUARY).replace("余额".encode(), "账上还有".encode(), 1)
    html = upload(client, account, content).content.decode()
    assert "缺少列：余额" in html
    statement = Statement.objects.get()
    html = client.post(
        f"/bank/statements/{statement.pk}/columns/",
        {"column-4": "balance", "date_format": ""}, follow=True,
    ).content.decode()  # fmt: skip
    assert "核对无误，可以导入" in html
    bad = client.post(f"/bank/statements/{statement.pk}/columns/", {"column-4": "nonsense"})
    assert bad.status_code == 422


@pytest.mark.parametrize(
    ("content", "status"),
    [(b"", 422), (b"%PDF-1.4", 415), (b"PK\x03\x04", 400), (b"a" * 10_000_001, 413)],
)
def test_what_is_no_statement_is_refused(client, account, chu, content, status):
    client.force_login(chu)
    assert upload(client, account, content).status_code == status
    assert not Statement.objects.exists()


def test_an_accountant_confirms_what_is_certain(client, booked, wu):
    client.force_login(wu)
    html = page(client, f"/bank/{booked.pk}/matching/")
    assert "确认全部 2 组无疑问的" in html
    html = client.post(
        f"/bank/{booked.pk}/matching/confirm/", {"all": "1"}, follow=True
    ).content.decode()
    assert "已勾对 2 组" in html
    assert Match.objects.count() == 2


def test_an_accountant_chooses_by_hand_and_takes_it_back(client, booked, wu):
    client.force_login(wu)
    line = BankLine.objects.get(amount=Decimal("5000.00"))
    html = page(client, f"/bank/lines/{line.pk}/")
    assert "收赵小满鱼塘承包费" in html
    key = html.split('name="key" value="')[1].split('"')[0]
    html = client.post(f"/bank/lines/{line.pk}/match/", {"key": key}, follow=True).content.decode()
    assert "已与下列勾对" in html
    match = Match.objects.get()
    assert client.post(f"/bank/matches/{match.pk}/undo/", {"because": ""}).status_code == 422
    client.post(f"/bank/matches/{match.pk}/undo/", {"because": "选错了"})
    line.refresh_from_db()
    assert not line.is_matched
    assert client.post(f"/bank/lines/{line.pk}/match/", {"key": "x1"}).status_code == 422
    assert client.post(f"/bank/lines/{line.pk}/match/").status_code == 422


def test_the_form_on_page_paper_and_as_a_workbook_says_the_same(client, booked, wu):
    client.force_login(wu)
    address = f"/bank/{booked.pk}/reconciliation/?month=2024-01"
    html = page(client, address)
    assert "这张表还不能作数" in html
    paper = page(client, f"{address}&format=print")
    for word in ("加：企业已收，银行未收", "减：银行已付，企业未付", "调节后余额", "主管会计"):
        assert word in paper
    answer = client.get(f"{address}&format=xlsx")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    cells = [list(row) for row in book.active.iter_rows(min_row=5, values_only=True)]
    assert cells[0][:4] == [None, "银行对账单余额", None, 13811.8]
    adjusted = next(row for row in cells if row[1] == "调节后余额")
    assert f"{Decimal(str(adjusted[3])):,.2f}" in paper
    assert "**** 9999" in paper
    early = client.get(f"/bank/{booked.pk}/reconciliation/?month=2023-12")
    assert early.status_code == 422
    for asked in ("month=2024-13", "month=x", "format=pdf"):
        assert client.get(f"/bank/{booked.pk}/reconciliation/?{asked}").status_code == 400


def test_every_page_of_an_account_shows_and_none_shows_a_number(client, booked, book, chu):
    client.force_login(chu)
    line, statement = BankLine.objects.first(), Statement.objects.first()
    addresses = [
        "/bank/", "/bank/lines/", f"/bank/lines/?account={booked.pk}", "/bank/lines/?age=90",
        "/bank/lines/?flow=in&month=2024-01", f"/bank/{booked.pk}/", f"/bank/lines/{line.pk}/",
        f"/bank/statements/{statement.pk}/", f"/bank/{booked.pk}/matching/",
        f"/bank/{booked.pk}/reconciliation/", f"/bank/{booked.pk}/unmatched/",
        f"/bank/{booked.pk}/unmatched/?side=book", f"/bank/books/{book.pk}/cash/?month=2024-01",
    ]  # fmt: skip
    for address in addresses:
        html = page(client, address)
        assert THEIRS not in html, address
        assert OURS not in html, address
    assert page(client, f"/bank/lines/?q={THEIRS}").count("<td") > 5


@pytest.mark.parametrize("username", ["qian", "luo"])
def test_a_neighbour_finds_nothing(client, booked, book, people, username):
    client.force_login(people[username])
    line, statement = BankLine.objects.first(), Statement.objects.first()
    for address in (
        f"/bank/{booked.pk}/", f"/bank/lines/{line.pk}/", f"/bank/statements/{statement.pk}/",
        f"/bank/{booked.pk}/matching/", f"/bank/{booked.pk}/reconciliation/",
        f"/bank/{booked.pk}/unmatched/", f"/bank/books/{book.pk}/cash/",
    ):  # fmt: skip
        assert client.get(address).status_code == 404, address
    assert "基本户" not in page(client, "/bank/")


def test_an_account_is_registered_amended_and_given_an_opening_item(client, book, holding, wu):
    client.force_login(wu)
    assert "上田村" in page(client, "/bank/books/")
    html = page(client, f"/bank/books/{book.pk}/new/")
    assert "**** 9999" in html
    assert OURS not in html
    leaf = html.split(">102 银行存款")[0].rsplit('value="', 1)[1].split('"')[0]
    given = {"account": leaf, "holding": holding.pk, "name": "", "bank": "示例农商银行",
             "opened_on": "2024-01-01", "opening": "10000", "cash_limit": ""}  # fmt: skip
    bad = client.post(f"/bank/books/{book.pk}/new/", {**given, "opening": "1.234"})
    assert bad.status_code == 422
    client.post(f"/bank/books/{book.pk}/new/", given)
    account = BankAccount.objects.get()
    assert (account.name, account.opening) == ("银行存款", Decimal("10000.00"))
    client.post(f"/bank/{account.pk}/amend/", {**given, "name": "基本户", "opening": "9000"})
    account.refresh_from_db()
    assert (account.name, account.opening, account.is_active) == (
        "基本户",
        Decimal("9000.00"),
        True,
    )
    item = {"knower": "book", "dated": "2023-12-30", "amount": "-50", "memo": "支票"}
    client.post(f"/bank/{account.pk}/items/", item)
    assert "支票" in page(client, f"/bank/{account.pk}/")
    late = client.post(f"/bank/{account.pk}/items/", {**item, "dated": "2024-01-01"})
    assert late.status_code == 422
    client.post(f"/bank/items/{account.opening_items.get().pk}/remove/")
    assert not account.opening_items.exists()


def test_cash_below_zero_and_above_its_limit_is_told(client, book, register, put, wu):
    box = register(book, "101", name="现金", bank="", opening=Decimal(0), cash_limit=Decimal(1000))
    put(book, "2024-01-04", "借 513 50.00\n贷 101 50.00", memo="垫付邮费")
    put(book, "2024-01-08", "借 101 2000.00\n贷 501 2000.00", memo="收摊位费")
    put(book, "2024-01-15", "借 102 1500.00\n贷 101 1500.00", memo="存入银行")
    client.force_login(wu)
    html = page(client, f"/bank/books/{book.pk}/cash/?month=2024-01")
    assert "2024-01-04 日终现金为负 -50.00 元" in html
    assert "2024-01-08 起现金超过限额 1,000.00 元" in html
    assert "晚 6 天" in html
    assert client.get(f"/bank/{box.pk}/reconciliation/").status_code == 409
    assert "现金日记账" in page(client, f"/bank/{box.pk}/")


def test_no_page_asks_more_than_twenty_questions(
    client, booked, book, wu, django_assert_max_num_queries
):
    client.force_login(wu)
    line, statement = BankLine.objects.first(), Statement.objects.first()
    for address in (
        "/bank/", "/bank/lines/", "/bank/books/", f"/bank/{booked.pk}/",
        f"/bank/lines/{line.pk}/", f"/bank/statements/{statement.pk}/",
        f"/bank/{booked.pk}/matching/", f"/bank/{booked.pk}/reconciliation/",
        f"/bank/{booked.pk}/unmatched/", f"/bank/books/{book.pk}/cash/?month=2024-01",
        f"/bank/books/{book.pk}/new/",
    ):  # fmt: skip
        with django_assert_max_num_queries(20):
            page(client, address)


def test_a_flow_in_no_book_can_be_handed_to_whoever_writes_it_up(booked, monkeypatch):
    piece = piece_of_line(BankLine.objects.get(amount=Decimal("-0.50")))
    monkeypatch.setattr(proposing, "url_of", lambda name, **of: None)
    assert proposing.voucher_wish(booked, piece) == ""
    monkeypatch.undo()
    wish = proposing.voucher_wish(booked, piece)
    assert wish.startswith(f"/agency/books/{booked.book_id}/enter/?money=102&amount=-0.50&memo=")
    assert wish.endswith("&dated=2024-01-15")
