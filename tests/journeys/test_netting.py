"""Circles of debt: a proposal, a refusal, computed again, settled in all books, taken back."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from sanzi.documents.tests.files import jpeg

from .visitor import ACCOUNTANT, CHIEF, CLERK, SIZES, Visitor

pytestmark = pytest.mark.journey

TITLE = "三角债冲转（第一批）"
Come = Callable[[str], Visitor]


@pytest.fixture
def person(own_site, visit, size):
    """Someone of the demonstration at the window of this size."""
    seen: list[Visitor] = []

    def come(name: str) -> Visitor:
        visitor = visit(own_site, size)
        visitor.sign_in(name)
        seen.append(visitor)
        return visitor

    yield come
    assert [fault for visitor in seen for fault in visitor.faults] == []
    assert [stranger for visitor in seen for stranger in visitor.strangers] == []


@pytest.mark.parametrize("size", SIZES)
def test_a_refusal_is_computed_at_once_and_a_settlement_goes_back_whole(
    person, visit, own_site, size
):
    walk(person, lambda: visit(own_site, "phone"))


@pytest.mark.parametrize("size", SIZES)
def test_a_debt_between_two_villagers_is_told_by_one_and_confirmed_by_the_other(
    person, visit, own_site, size
):
    declare(person, lambda: visit(own_site, "phone"))


def walk(person: Come, villager: Callable[[], Visitor]) -> None:
    """The whole way; `person` signs somebody in, `villager` opens a telephone."""
    clerk = person(CLERK)
    page = _open(clerk)
    expect(page.locator("main .answer")).to_contain_text("可冲转 53,516.50 元")
    expect(page.locator("main figure svg")).to_have_count(2)
    _fits(page)
    before = page.url
    _refuse(page)
    expect(page.locator("main .answer")).to_contain_text("可冲转 45,370.00 元")
    expect(page.locator("main")).to_contain_text("退出后少冲转 8,146.50 元")
    _answer_by_link(page, villager())
    chief = person(CHIEF)
    page = chief.go(before.removeprefix(chief.site))
    grey = page.get_by_role("button", name="确认冲转并记账")
    expect(grey).to_be_disabled()
    expect(page.locator("#next")).to_contain_text("还没有同意")
    _village_agrees(person(ACCOUNTANT))
    _others_agree(clerk, before)
    page.reload()
    page.get_by_role("button", name="确认冲转并记账").click()
    expect(page.locator("main")).to_contain_text("冲转入账")
    expect(page.get_by_role("link", name="冲转汇总表")).to_be_visible()
    _fits(page)
    page = clerk.page
    page.reload()
    page.get_by_text("申请冲回…").click()
    page.get_by_label("原因").fill("金额有误，冲回重做")
    page.get_by_role("button", name="申请冲回").click()
    page = chief.page
    page.reload()
    page.get_by_role("button", name="确认冲回").click()
    expect(page.locator("main")).to_contain_text("已冲回")
    expect(page.locator("main")).to_contain_text("红字")


def _open(clerk: Visitor) -> Page:
    clerk.menu("三角债冲转")
    page = clerk.page
    page.locator("[data-rows] tbody tr", has_text=TITLE).get_by_role("link").first.click()
    page.wait_for_url(re.compile(r"/netting/\d+/"))
    return page


def _refuse(page: Page) -> None:
    """One villager brings the slip back with a no."""
    row = page.locator("tr", has_text="贾天林").filter(has=page.get_by_text("登记答复"))
    row.get_by_role("link", name="登记答复").click()
    page.get_by_text("不同意", exact=True).click()
    page.get_by_label("您的姓名").fill("贾天林")
    page.get_by_role("button", name="登记").click()
    page.wait_for_url(re.compile(r"/netting/\d+/"))


def _answer_by_link(page: Page, phone: Visitor) -> None:
    """Another reads the QR on hers and agrees."""
    here = page.url
    row = page.locator("tr", has_text="郑国梅").filter(has=page.get_by_text("登记答复"))
    row.get_by_role("link", name="通知").click()
    token = _token(page)
    there = phone.go(f"/netting/answer/{token}/")
    expect(there.locator("main")).to_contain_text("净额不变")
    there.get_by_text("同意", exact=True).click()
    there.get_by_label("您的姓名").fill("郑国梅")
    _fits(there)
    there.get_by_role("button", name="提交答复").click()
    expect(there.locator("main")).to_contain_text("已收到您的答复：同意")
    assert (phone.faults, phone.strangers) == ([], [])
    page.goto(here)


def _token(page: Page) -> str:
    found = re.search(r"查验码：\s*([A-Z0-9 -]+)", page.locator(".letter-serial").inner_text())
    assert found
    return found[1].strip()


def _village_agrees(village: Visitor) -> None:
    """The refusal changed the village's part, so its accountant is asked anew and answers here."""
    village.menu("冲转征求同意")
    page = village.page
    # The village itself stands in the list, and its villagers do too, under their own names.
    named = page.get_by_text("中村村", exact=True)
    own = page.locator("[data-rows] tbody tr").filter(has=named)
    own.get_by_role("link").first.click()
    expect(page.locator("#next")).to_contain_text("由您代表中村村答复")
    _fits(page)
    page.get_by_role("button", name="同意", exact=True).click()
    expect(page.locator("main .answer")).to_contain_text("已答复：同意")


def _others_agree(clerk: Visitor, proposal: str) -> None:
    """The signed papers of all the others, one by one, each with its scan."""
    page = clerk.page
    page.goto(proposal)
    while page.get_by_role("link", name="登记答复").count():
        page.get_by_role("link", name="登记答复").first.click()
        page.get_by_text("同意", exact=True).click()
        page.get_by_label("您的姓名").fill("当事方签名")
        scan = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}
        page.locator("input[type=file]").set_input_files(scan)  # type: ignore[arg-type]
        page.get_by_role("button", name="登记").click()
        page.wait_for_url(proposal)
    expect(page.locator("main")).to_contain_text("各方同意，待确认冲转")


def declare(person: Come, villager: Callable[[], Visitor]) -> None:
    """From the form of the village's accountant to the word of the other side."""
    village = person(ACCOUNTANT)
    village.menu("民间欠款")
    page = village.page
    page.get_by_role("link", name="登记民间欠款").click()
    page.get_by_label("欠款方姓名").fill("示例施工队")
    page.get_by_label("欠款方类型").select_option("企业")
    page.get_by_label("被欠方姓名").fill("示例村民")
    page.get_by_label("被欠方类型").select_option("农户")
    page.get_by_text("被欠方", exact=True).click()
    page.get_by_label("欠款金额").fill("1,250.00")
    page.get_by_label("形成日期").fill("2025-06-01")
    page.get_by_label("事由").fill("修路人工费")
    page.get_by_label("凭据", exact=True).fill("欠条")
    _fits(page)
    page.get_by_role("button", name="登记").click()
    expect(page.locator("main .notice").first).to_contain_text("请把确认书交给示例施工队")
    here = page.url
    page.get_by_role("link", name="欠款确认书").click()
    phone = villager()
    there = phone.go(f"/netting/debt/{_token(page)}/")
    expect(there.locator("main")).to_contain_text("1,250.00 元")
    there.get_by_text("确认属实", exact=True).click()
    there.get_by_label("您的姓名").fill("施工队经办人")
    _fits(there)
    there.get_by_role("button", name="提交答复").click()
    expect(there.locator("main")).to_contain_text("已收到您的确认")
    page.goto(here)
    expect(page.locator("#next")).to_contain_text("可以参加冲转")
    _fits(page)


def _fits(page: Page) -> None:
    """Nothing is wider than the window."""
    size = page.viewport_size
    assert size
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
