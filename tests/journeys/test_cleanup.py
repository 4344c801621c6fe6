"""One irregular contract to its end: finding, case, meetings, revision, 销号, the wall map."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from . import site as demo
from .meetings import PHOTO, ago, fill, hold_the_meetings, shot
from .small_town import ACCOUNTANT, CLERK, CONTRACT, LEADER
from .visitor import SIZES, Visitor

pytestmark = pytest.mark.journey


@pytest.fixture
def small_site(browser, tmp_path) -> Iterator[str]:
    """A site of one village and one contract, loaded in a process of its own."""
    folder = tmp_path / "data"
    folder.mkdir()
    environment = {**os.environ, "SANZI_DATA": str(folder), "SANZI_DEMO": "1"}
    program = [sys.executable, "-m", "tests.journeys.small_town"]
    subprocess.run(program, env=environment, check=True, timeout=demo.LOADING_SECONDS)
    with demo.served(folder) as address:
        yield address


@pytest.mark.parametrize("size", SIZES)
def test_an_oral_contract_is_put_right_and_the_wall_map_shows_it(small_site, visit, size):
    people = {name: visit(small_site, size) for name in (ACCOUNTANT, CLERK, LEADER)}
    village, clerk, leader = (people[name].sign_in(name) for name in people)
    expect_rate(people[CLERK], "0.0%")

    case, decision = open_and_plan(people[ACCOUNTANT], size)
    hold_the_meetings(village, size)
    clerk.goto(decision)
    clerk.get_by_role("button", name="核对生效").click()
    expect(clerk.locator(".answer")).to_contain_text("决议生效")
    shot(clerk, size, "resolution")

    take(clerk, case, "审核通过", "待实施")
    village.goto(case)
    village.get_by_role("link", name="登记实施").click()
    fill(village, on=ago(1), number="备-001", filed_on=ago(0), body="清水镇农经站")
    village.locator("[name=term_yearly_amount]").fill("15000")
    for kind in ("text", "filed"):
        village.locator(f"[name=paper_{kind}]").set_input_files(PHOTO)
    shot(village, size, "work")
    village.get_by_role("button", name="登记签订补充协议").click()
    expect(village.locator(".answer")).to_contain_text("待验收")
    take(clerk, case, "验收通过", "待销号")
    expect(clerk.get_by_role("row", name="年应交元")).to_contain_text("15000.00")
    take(leader, case, "销号", "已销号")
    shot(leader, size, "struck")

    expect_rate(people[CLERK], "100.0%")
    shot(clerk, size, "wall")
    for visitor in people.values():
        assert visitor.strangers == []
        assert [fault for fault in visitor.faults if "409" not in fault] == []


def expect_rate(clerk: Visitor, rate: str) -> None:
    clerk.go("/wall/?by=contracts.regularised_rate")
    expect(clerk.page.locator("main")).to_contain_text(rate)


def open_and_plan(accountant: Visitor, size: str) -> tuple[str, str]:
    """From the finding to a motion; the addresses of the case and of the resolution."""
    page = accountant.go("/registers/contracts/")
    page.locator("main tbody a").first.click()
    expect(page.locator(".finding").first).to_contain_text("口头合同")
    check_on_the_spot(page, size)
    page.get_by_role("button", name="立案").click()
    expect(page.locator("main h1")).to_contain_text(CONTRACT)
    case = page.url
    page.get_by_role("link", name="确定方案").click()
    page.get_by_label("处置方式").select_option("W1")
    fill(page, responsible="赵主任", known_on=ago(40))
    page.get_by_role("button", name="确定方案").click()
    shot(page, size, "case")
    page.get_by_role("link", name="提请决议").click()
    page.get_by_label("由哪个会议决定").select_option("成员大会")
    page.get_by_role("button", name="起草议案").click()
    expect(page.locator(".answer")).to_contain_text("已起草")
    return case, page.url


def check_on_the_spot(page: Page, size: str) -> None:
    """查合同文本 with a photo; the paper's area is another than the register's. Back again."""
    contract = page.url
    page.goto(f"{contract}check/")
    text = page.locator("section", has=page.get_by_role("heading", name="查合同文本"))
    text.locator("[name=text_area_mu]").fill("8")
    text.locator("[name=photos]").set_input_files(PHOTO)
    text.get_by_role("button", name="存“查合同文本”").click()
    expect(page.locator(".answer")).to_contain_text("1 处不一致")
    shot(page, size, "check")
    page.goto(contract)


def take(page: Page, case: str, button: str, then: str) -> None:
    page.goto(case)
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator(".answer")).to_contain_text(then)
