"""Pages of closing: what their people see, what the neighbour does not, how many questions."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sanzi.accounting.models import Period, Voucher
from sanzi.agency.models import Draft
from sanzi.holdings.models import Asset
from sanzi.kernel.money import yuan
from sanzi.orgs.models import Collective, Region
from sanzi.yearend.models import Reopening, YearStep
from tests.world import NOON, QINGSHUI, SHANGTIAN


@pytest.fixture
def get(client):
    def do(person, path, **asked):
        client.force_login(person)
        answer = client.get(path, asked)
        return answer, answer.content.decode()

    return do


@pytest.fixture
def send(client):
    def do(person, path, **told):
        client.force_login(person)
        return client.post(path, told)

    return do


def test_the_month_says_what_stands_in_the_way_and_then_closes(year, get, send, zheng, draft_of):
    draft = draft_of(year, "2024-01-09")
    page = f"/periods/{year.pk}/202401/"
    _, html = get(zheng, page)
    assert "还有 1 笔业务没有记账" in html
    assert "disabled" in html
    assert f"/agency/matters/?region={SHANGTIAN}" in html
    assert send(zheng, f"{page}close/").status_code == 409
    Draft.objects.filter(pk=draft.pk).update(stage="voided")
    assert send(zheng, f"{page}close/").status_code == 302
    _, html = get(zheng, page)
    assert "已结账，郑主管" in html


def test_a_reopening_needs_a_reason_and_stays_on_the_page(
    year, close_through, get, send, zheng, gao
):
    close_through(year, 202402)
    page = f"/periods/{year.pk}/202402/"
    assert "反结账" not in get(zheng, page)[1]
    assert send(gao, f"{page}reopen/", reason="改").status_code == 422
    assert send(gao, f"{page}reopen/", reason="漏记一张票据").status_code == 302
    send(zheng, f"{page}close/")
    for address in (page, f"/periods/{year.pk}/?year=2024"):
        assert "漏记一张票据" in get(zheng, address)[1]
    assert Reopening.objects.count() == 1


def test_the_year_end_is_walked_through_on_its_page(year, close_through, get, send, zheng, wu):
    close_through(year, 202411)
    page = f"/periods/{year.pk}/year/2024/"
    for step in ("stocktake", "accrue", "clear"):
        assert send(wu, f"{page}{step}/", words="已盘点核对，无差错").status_code == 302
    _, html = get(zheng, page)
    assert "将要生成的凭证" in html
    assert "4,900.00" in html
    for step in ("close", "profit"):
        assert send(zheng, f"{page}{step}/").status_code == 302
    told = {
        "from_reserve": "0", "rate": "30", "reserve_account": "311", "members": "1000",
        "heads": "3", "members_account": "113", "other": "0", "decision": "成员大会〔2024〕5号",
        "decided_on": "2024-12-28", "sheets": "2",
    }  # fmt: skip
    assert send(wu, f"{page}plan/", **told).status_code == 302
    _, html = get(zheng, page)
    assert "3 人（股）× 333.33" in html
    assert "0.01" in html
    for step in ("distribute", "roll", "carry"):
        assert send(zheng, f"{page}{step}/").status_code == 302
    assert YearStep.objects.count() == 8
    assert "年终结转已办完" in get(zheng, page)[1]


@pytest.mark.parametrize("who", ["qian", "luo"])
def test_the_neighbour_finds_nothing(year, get, who, request):
    person = request.getfixturevalue(who)
    for tail in ("", "202401/", "year/2024/", "wear/", "correction/", "transition/"):
        assert get(person, f"/periods/{year.pk}/{tail}")[0].status_code == 404, tail
    assert year.name not in get(person, "/periods/")[1]


@pytest.mark.parametrize(
    "tail", ["202401/close/", "202401/reopen/", "202401/lock/", "year/2024/close/", "open-year/"]
)
def test_a_village_s_accountant_changes_nothing(year, send, lin, tail):
    told = {"reason": "漏记一张票据"}
    assert send(lin, f"/periods/{year.pk}/{tail}", **told).status_code == 403


@pytest.mark.parametrize("tail", ["", "202401/", "year/2024/", "wear/", "transition/"])
def test_a_page_asks_few_questions(year, client, zheng, tail):
    client.force_login(zheng)
    client.get(f"/periods/{year.pk}/{tail}")
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/periods/{year.pk}/{tail}")
    assert len(asked) <= 20, "\n".join(q["sql"][:150] for q in asked)


def test_the_console_of_a_town_tells_every_book_in_few_questions(year, client, wu, get, zheng):
    from sanzi.accounting.actions.sets import open_book

    town = Region.objects.get(code=QINGSHUI)
    for n in range(60):
        region = Region.objects.create(
            code=f"{QINGSHUI}{300 + n}", name=f"新{n}村", level="village", parent=town
        )
        owner = Collective.objects.create(region=region, kind="collective", name=f"新{n}村合作社")
        open_book(collective_id=owner.pk, scheme="2023", begins=202601, by=wu, now=NOON)
    get(zheng, "/periods/")
    with CaptureQueriesContext(connection) as asked:
        html = client.get("/periods/").content.decode()
    assert len(asked) <= 20, "\n".join(q["sql"][:150] for q in asked)
    assert "共 61 个账套" in html
    assert "还有 1 个村没有建账套" in html
    assert html.count('name="close"') == 50


def test_many_books_are_closed_at_once_each_with_its_answer(
    year, neighbours_book, put, get, send, zheng, client
):
    put(neighbours_book, "2024-01-05", "借 513 5.00\n贷 102 5.00")
    wanted = [f"{year.pk}:202401", f"{neighbours_book.pk}:202401", "x:1", "999:202401"]
    assert send(zheng, "/periods/close/", close=wanted).status_code == 302
    html = client.get("/periods/").content.decode()
    assert "2024年1月已结账" in html
    assert "102 银行存款 月末 -5.00" in html
    assert Period.objects.get(book=year, period=202401).state == "closed"
    assert Period.objects.get(book=neighbours_book, period=202401).state == "open"


def test_depreciation_goes_to_the_agency_once(year, get, send, wu):
    asset = Asset.objects.create(
        village=SHANGTIAN, number="A1", name="仓库", category="房屋建筑", operation="经营性",
        acquired_on="2024-01-10", original_value=yuan("24000.00"), use_status="自用",
    )  # fmt: skip
    page = f"/periods/{year.pk}/wear/"
    assert "还没有折旧参数" in get(wu, page, period="202403")[1]
    send(wu, f"{page}usual/")
    _, html = get(wu, page, period="202403")
    assert "95.00" in html
    assert send(wu, f"{page}202403/hand-over/").status_code == 302
    draft = Draft.objects.get()
    assert (draft.amount, draft.by_agency, draft.moves_money) == (yuan("95.00"), True, False)
    lines = [(x.account, x.debit, x.credit) for x in draft.lines.order_by("place")]
    assert lines == [("511", yuan("95.00"), yuan(0)), ("152", yuan(0), yuan("95.00"))]
    assert send(wu, f"{page}202403/hand-over/").status_code == 409
    told = {"starts": 202402, "months": 100, "residual": "0", "taken": "0", "account": "513"}
    assert send(wu, f"{page}assets/{asset.pk}/", **told).status_code == 302
    assert "240.00" in get(wu, page, period="202404")[1]


def test_an_earlier_year_is_put_right_by_a_blue_voucher(year, put, get, send, wu, zheng):
    from sanzi.yearend.actions.months import open_next_year

    wrong = put(year, "2024-08-05", "借 513 100.00\n贷 102 100.00")
    open_next_year(book_id=year.pk, by=zheng, now=NOON)
    page = f"/periods/{year.pk}/correction/"
    found, _ = get(wu, page, year=2024, month=8, number=1)
    assert found.url == f"{page}{wrong.pk}/"
    _, html = get(wu, found.url)
    assert "未核对" in html
    expense, bank = wrong.lines
    told = {f"debit-{expense.pk}": "80.00", f"credit-{bank.pk}": "80.00", "dated": "2025-03-02"}
    answer = send(wu, f"{found.url}propose/", **told)
    assert "504 其他收入" in answer.content.decode()
    assert send(wu, f"{found.url}propose/", do="hand", **told).status_code == 302
    draft = Draft.objects.get()
    assert draft.memo == "订正2024年8月5日记-1号凭证"
    assert [(x.account, x.debit, x.credit) for x in draft.lines.order_by("place")] == [
        ("102", yuan("20.00"), yuan(0)),
        ("504", yuan(0), yuan("20.00")),
    ]
    told[f"credit-{bank.pk}"] = "70.00"
    assert send(wu, f"{found.url}propose/", **told).status_code == 422
    assert Voucher.objects.filter(kind="correction").count() == 0
