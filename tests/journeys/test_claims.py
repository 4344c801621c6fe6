"""A claim's way: a letter, an answer by telephone, a plan, a payment; clock and figure move."""

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from .meetings import hold_the_meetings, shot
from .visitor import ACCOUNTANT, CHIEF, CLERK, LEADER, SIZES, Visitor

pytestmark = pytest.mark.journey

VILLAGE = "140521101201"
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
    # The assembly without its quorum is refused on purpose (409).
    faults = [fault for visitor in seen for fault in visitor.faults]
    assert [fault for fault in faults if "409" not in fault] == []
    assert [stranger for visitor in seen for stranger in visitor.strangers] == []


@pytest.mark.parametrize("size", SIZES)
def test_a_letter_is_answered_by_telephone_and_paid_by_plan(person, visit, own_site, size):
    claim = walk(person, lambda: visit(own_site, "phone"))
    write_off(person, claim, size)


def walk(person: Come, villager: Callable[[], Visitor]) -> str:
    """The whole way, and the claim's address.

    `person` signs somebody in, `villager` opens a telephone.
    """
    village = person(ACCOUNTANT)
    claim, token = _write_letters(village)
    _answer(villager(), token)
    _confirm(village)
    before = _clock(village, claim)
    _agree(village)
    assert _clock(village, claim) > before
    chief = person(CHIEF)
    cash = _figure(chief, "receivables.cash")
    _pay(village, claim)
    _complete(chief, "收款")
    assert _figure(chief, "receivables.cash") - cash == Decimal("100.00")
    page = village.go(claim)
    expect(page.locator("#movements")).to_contain_text("100.00")
    _no_write_off(village, claim)
    return claim


def write_off(person: Come, claim: str, size: str) -> None:
    """What is left is written off: the meetings decide, the town approves, the chief posts."""
    village, clerk, leader, chief = (person(n) for n in (ACCOUNTANT, CLERK, LEADER, CHIEF))
    gone = _figure(chief, "receivables.written_off")
    decision = _decide(village, claim, size)
    page = clerk.page
    page.goto(decision)
    page.get_by_role("button", name="核对生效").click()
    expect(page.locator(".answer")).to_contain_text("决议生效")
    proposal, amount = _propose_write_off(village, claim)
    page = leader.page
    page.goto(proposal)
    page.locator("#next").get_by_role("button", name="审批同意").click()
    expect(page.locator("main .answer")).to_contain_text("等主管会计复核入账")
    _complete(chief, "核销")
    assert _figure(chief, "receivables.written_off") - gone == amount
    page = village.go(claim)
    expect(page.locator("main .answer")).to_contain_text("尚欠 0.00 元")
    expect(page.locator("#steps")).to_contain_text("已清结")
    shot(page, size, "written-off")


def _decide(village: Visitor, claim: str, size: str) -> str:
    """From the claim's page to a decision posted; its address."""
    page = village.go(claim)
    page.get_by_text("核销的决议").click()
    page.get_by_role("link", name="提请决议").click()
    page.get_by_label("由哪个会议决定").select_option("成员大会")
    page.get_by_role("button", name="起草议案").click()
    expect(page.locator(".answer")).to_contain_text("已起草")
    decision = page.url
    hold_the_meetings(page, size)
    return decision


def _propose_write_off(village: Visitor, claim: str) -> tuple[str, Decimal]:
    """The accountant proposes to write off what is left; the proposal's address and the amount."""
    page = village.go(claim)
    page.locator("#steps").get_by_role("link", name="核销", exact=True).click()
    amount = Decimal(page.get_by_label("金额（元）").input_value().replace(",", ""))
    page.get_by_label("核销理由").select_option("hopeless")
    page.get_by_label("依据").fill("成员大会决议")
    page.get_by_role("button", name="提出，交审核").click()
    expect(page.locator("main .notice").first).to_contain_text("等")
    return page.url, amount


def _write_letters(village: Visitor) -> tuple[str, str]:
    """One click for the village; the claim's address and the token on the first letter."""
    page = village.go("/receivables/desk/")
    page.get_by_role("link", name="批量下函").click()
    page.get_by_text("全部未清结、未封存的").click()
    page.get_by_label("联系人、电话").fill("村报账员 19900000000")
    page.get_by_role("button", name="制发").click()
    expect(page.locator("main .notice").first).to_contain_text("已制发")
    # The last of the list: nothing else is under way on it.
    page.locator("main ul.plain-list a").last.click()
    expect(page.locator("main h1")).to_contain_text("对账函")
    words = page.locator(".letter-serial").inner_text()
    found = re.search(r"查验码：\s*([A-Z0-9 -]+)", words)
    assert found, words
    claim = page.get_by_role("link", name="所办事项").get_attribute("href")
    assert claim
    return claim, found[1].strip()


def _answer(villager: Visitor, token: str) -> None:
    """The QR leads here: no sign-in, four answers, once."""
    page = villager.go(f"/receivables/reply/{token}/")
    page.get_by_text("部分认可", exact=True).click()
    page.get_by_label("认可的金额").fill("150.00")
    page.get_by_label("理由").fill("去年已经还过一些")
    page.get_by_label("您的姓名").fill("本人")
    width = page.evaluate("document.documentElement.scrollWidth")
    assert page.viewport_size
    assert width <= page.viewport_size["width"]
    page.get_by_role("button", name="提交回函").click()
    expect(page.locator("main")).to_contain_text("已收到您的回函：部分认可，150.00 元")
    page = villager.go(f"/receivables/reply/{token}/")
    expect(page.get_by_role("button", name="提交回函")).to_have_count(0)
    assert (villager.faults, villager.strangers) == ([], [])


def _confirm(village: Visitor) -> None:
    page = village.go("/receivables/replies/?stage=received")
    page.locator("[data-rows] tbody tr", has_text="150.00").get_by_role("link").first.click()
    expect(page.locator("main .answer")).to_contain_text("认可 150.00 元")
    page.get_by_role("button", name="确认回函").click()
    expect(page.locator("#next")).to_contain_text("已确认")


def _agree(village: Visitor) -> None:
    page = village.page
    page.get_by_role("link", name="签订分期协议").click()
    page.get_by_label("分几期").fill("3")
    page.get_by_role("button", name="签订分期协议").click()
    expect(page.locator("main .notice").first).to_contain_text("时效重新计算")
    expect(page.locator("main")).to_contain_text("分期计划")


def _clock(village: Visitor, claim: str) -> str:
    """The last day of the limitation clock as the collector's form says it; the page stays."""
    here = village.page.url
    page = village.go(f"{claim}letter/")
    found = re.search(r"时效到 (\d{4}-\d\d-\d\d)", page.locator("main .answer").inner_text())
    village.page.goto(here)
    return found[1] if found else ""


def _figure(chief: Visitor, id: str) -> Decimal:
    """A figure of the village, in yuan, as the figures page gives it to machines."""
    answer = chief.page.request.get(f"{chief.site}/figures/?region={VILLAGE}&format=json&unit=yuan")
    assert answer.ok, answer.status
    for one in answer.json()["figures"]:
        if one["metric"] == id:
            return Decimal(str(one["value"]).replace(",", ""))
    raise AssertionError("no such figure")


def _pay(village: Visitor, claim: str) -> None:
    page = village.go(f"{claim}propose/cash/")
    page.get_by_label("金额（元）").fill("100.00")
    page.get_by_role("button", name="提出，交审核").click()
    expect(page.locator("main .notice").first).to_contain_text("等主管会计复核入账")
    # Whoever proposed it finds the button of the second hand nowhere.
    expect(page.get_by_role("button", name="复核入账")).to_have_count(0)


def _complete(chief: Visitor, what: str) -> None:
    page = chief.go("/receivables/proposals/confirming/")
    for box in page.get_by_role("checkbox").all():
        box.uncheck()
    row = page.locator("main tbody tr").filter(has_text=what).last
    row.get_by_role("checkbox").check()
    page.get_by_role("button", name="复核入账").click()
    expect(page.locator("main .notice").first).to_contain_text("已复核入账 1 张清收单")


def _no_write_off(village: Visitor, claim: str) -> None:
    """Refused until the resolution is complete, and the grey button says so."""
    page: Page = village.go(claim)
    button = page.get_by_role("button", name="核销", exact=True)
    expect(button).to_be_disabled()
    expect(page.locator("#why-write_off")).to_contain_text("还没有“核销债权”的决议")
