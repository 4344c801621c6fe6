"""No mouse, no touch: keys alone sign in, open a row of a register, come back and filter."""

import pytest
from playwright.sync_api import Page, expect

from .visitor import CLERK

pytestmark = pytest.mark.journey

# What somebody will press before giving up.
TABS_MAX = 40


def test_keys_alone_open_a_contract_and_filter_the_register(site, visit):
    clerk = visit(site, "desktop")
    page = clerk.go("/login/")
    tab_to(page, CLERK)
    page.keyboard.press("Enter")
    expect(page.locator("main h1")).to_have_text("今天")

    tab_to(page, "清合同")
    page.keyboard.press("Enter")
    tab_to(page, "合同台账")
    page.keyboard.press("Enter")
    expect(page.locator("main h1")).to_have_text("合同台账")

    names = page.locator("[data-rows] tbody td:nth-child(4)").all_inner_texts()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(page.locator("[data-rows] tbody tr").nth(1).locator("a")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main h1")).to_have_text(names[1])

    tab_to(page, "合同台账")
    page.keyboard.press("Enter")
    expect(page.locator("main h1")).to_have_text("合同台账")
    whole = page.locator(".answer").inner_text()
    tab_to(page, "合同编号、合同名称、承包方、坐落…")
    page.keyboard.type("张马村荒坡")
    page.keyboard.press("Enter")
    expect(page.locator(".answer")).to_contain_text("（筛选后）")
    assert set(page.locator("[data-rows] tbody td:nth-child(3)").all_inner_texts()) == {"张马村"}

    tab_to(page, "清空")
    page.keyboard.press("Enter")
    expect(page.locator(".answer")).to_have_text(whole)
    assert clerk.faults == []


def test_the_first_key_leads_past_the_menu(site, visit):
    clerk = visit(site, "desktop")
    page = clerk.sign_in(CLERK)
    page.keyboard.press("Tab")
    expect(page.get_by_text("跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def tab_to(page: Page, words: str) -> None:
    """Press Tab until the focus is on what reads like this, as somebody without a mouse does."""
    for _ in range(TABS_MAX):
        page.keyboard.press("Tab")
        if words in page.evaluate(
            "[document.activeElement.innerText, document.activeElement.placeholder].join(' ')"
        ):
            return
    raise AssertionError(f"{TABS_MAX} tabs never reached {words}")
