"""The books' day: a slip of paper becomes a voucher and a figure; a month closes; anyone reads."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from sanzi.cli.demo_photo import photo

from .visitor import (
    ACCOUNTANT,
    AGENT,
    CASHIER,
    CHIEF,
    SIZES,
    SUPERVISOR,
    Visitor,
)

pytestmark = pytest.mark.journey

VILLAGE = "140521101201"
Come = Callable[[str], Visitor]
MEMO, DAY, AMOUNT = "修东沟水渠的工钱", "2026-11-20", "1,880.50"


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
def test_a_slip_of_paper_becomes_a_voucher_and_a_figure(person, visit, own_site, size, tmp_path):
    teller = visit(own_site, "phone")
    teller.sign_in(ACCOUNTANT)
    _tell(teller, tmp_path)
    assert (teller.faults, teller.strangers) == ([], [])

    _take(person, SUPERVISOR, "民主理财", "民主理财同意")
    page = _take(person, AGENT, "审核", "审核通过")
    page.locator("#next").get_by_role("link", name="制单").click()
    _prepare(page)
    _take(person, CHIEF, "复核", "复核通过")
    _take(person, CASHIER, "出纳签章", "出纳签章")
    chief = person(CHIEF)
    _post(chief)
    _follow_the_figure(chief)


def _tell(teller: Visitor, folder: Path) -> None:
    slip = folder / "单据.png"
    slip.write_bytes(photo())
    page = teller.go("/agency/notes/new/")
    page.get_by_text("花了钱", exact=True).click()
    page.get_by_label("多少钱？").fill(AMOUNT)
    page.get_by_label("因为什么事？").fill(MEMO)
    page.get_by_label("跟谁？").fill("张二孩")
    page.get_by_label("哪一天？").fill(DAY)
    page.get_by_label("拍一下单据").set_input_files(slip)
    page.get_by_role("button", name="交上去").click()
    expect(page.locator("main .notice").first).to_contain_text("已交，等监事会看")
    # What was photographed is shown as it is.
    shown = page.locator("main img").first
    expect(shown).to_be_visible()
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0


def _take(person: Come, name: str, duty: str, button: str) -> Page:
    """From one's own list to the matter, and the step."""
    page = person(name).go("/agency/todo/")
    row = page.locator("[data-rows] tbody tr", has_text=MEMO)
    row.get_by_role("link", name=duty).click()
    expect(page.locator("main")).to_contain_text(AMOUNT)
    page.locator("#next").get_by_role("button", name=button, exact=True).click()
    done = page.locator("main .stages li", has_text=duty)
    expect(done).to_contain_text(f"已完成 · {name}")
    return page


def _prepare(page: Page) -> None:
    """The voucher by keyboard: the agency's grid, filled from what the village told."""
    first = page.get_by_label("第 1 行科目")
    expect(first).to_be_visible()
    expect(page.get_by_label("第 1 行借方")).to_have_value(re.compile(r"1,?880\.50"))
    first.click()
    page.keyboard.type("51402")
    page.keyboard.press("Enter")
    page.get_by_label("第 2 行科目").click()
    page.keyboard.type("10201")
    page.keyboard.press("Enter")
    expect(page.locator("[data-balance]")).to_have_text("借贷平衡")
    page.keyboard.press("F6")
    expect(page.locator("main")).to_contain_text("待复核")


def _post(chief: Visitor) -> None:
    page = chief.go("/agency/posting/")
    page.locator("tbody tr", has_text=MEMO).get_by_role("checkbox").check()
    page.get_by_role("button", name=re.compile("记账")).first.click()
    expect(page.locator("#notice, main .notice").first).to_contain_text("记账")


def _follow_the_figure(chief: Visitor) -> None:
    """Balance sheet → the lines of a cell → the voucher."""
    page = chief.go("/books/1/statements/balance/?first=2026-11&last=2026-11")
    row = page.locator("main tbody tr", has_text="货币资金")
    shown = row.locator("td.figure").nth(1)
    figure = shown.inner_text()
    shown.get_by_role("link").click()
    expect(page.locator("main .answer")).to_contain_text(figure)
    page.get_by_role("link", name="末页").click()
    page.locator("main tbody tr", has_text=MEMO).get_by_role("link").first.click()
    expect(page.locator("main h1")).to_contain_text("记账凭证")
    for words in (MEMO, AMOUNT, AGENT, CASHIER, CHIEF):
        expect(page.locator("main")).to_contain_text(words)


@pytest.mark.parametrize("size", SIZES)
def test_a_month_is_closed_from_the_console(person, size):
    page = person(CHIEF).go("/periods/")
    stuck = page.locator("main tbody tr", has_text="中村村")
    expect(stuck).to_contain_text("还有 1 笔业务没有记账")
    expect(stuck.get_by_role("checkbox")).to_have_count(0)
    ready = page.locator("main tbody tr", has_text="张马村")
    ready.get_by_role("link", name="2026年10月").click()
    expect(page.locator("main")).to_contain_text("试算平衡")
    # The bank is looked at after the page is there, account by account.
    expect(page.locator("main tbody tr", has_text="银行对账")).to_contain_text("未导入对账单")
    page.get_by_role("button", name="结账", exact=True).click()
    expect(page.locator("main")).to_contain_text("已结账")
    page = person(CHIEF).go("/periods/")
    for village in ("南河村", "下峪村"):
        page.locator("main tbody tr", has_text=village).get_by_role("checkbox").check()
    page.get_by_role("button", name="勾选的账套结账").click()
    told = page.locator("#notice, .notice")
    expect(told.filter(has_text="南河村").first).to_contain_text("2026年10月已结账")
    expect(told.filter(has_text="下峪村").first).to_contain_text("2026年9月已结账")


@pytest.mark.parametrize("size", SIZES)
def test_anybody_reads_what_is_public_and_asks(own_site, visit, size):
    villager = visit(own_site, size)
    page = villager.go(f"/disclosure/public/{VILLAGE}/")
    expect(page.get_by_text("大家问过的")).to_be_visible()
    page.get_by_role("link", name=re.compile("2026年第3季度")).click()
    expect(page.locator("main")).to_contain_text("民主理财已审核")
    expect(page.locator("main")).to_contain_text("44 项中公开")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    page.get_by_role("link", name="我要提问").click()
    page.get_by_role("textbox").first.fill("十月的租金是哪一家交的？")
    page.get_by_role("button", name="提交问题").click()
    expect(page.locator("main")).to_contain_text("还没有答复")
    assert (villager.faults, villager.strangers) == ([], [])
