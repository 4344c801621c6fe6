"""A judge scores on a phone: opens the list, reads what was handed in, is refused too many points,
gives others; the organiser sees how many marks there are and not one of them."""

import re

import pytest
from playwright.sync_api import Page, expect

from .visitor import CLERK, Visitor

pytestmark = pytest.mark.journey

JUDGE, ACCOUNT = "王立夏", "zc-lingdao"
VILLAGE, TOWN = "中村村", "/contests/new/"


def test_a_judge_scores_on_a_phone(own_site, visit):
    clerk = visit(own_site, "desktop")
    page = clerk.sign_in(CLERK)
    path = hold(clerk, page)

    judge = visit(own_site, "phone")
    phone = judge.sign_in(JUDGE)
    judge.go(path)
    phone.get_by_role("link", name="我要打分").click()
    expect(phone.locator(".answer")).to_contain_text("已打 0 家")
    phone.locator(".tiles").get_by_role("link", name=re.compile(VILLAGE)).click()
    expect(phone.get_by_text("家底清楚，目标二十万元")).to_be_visible()
    give(phone, "22.5", "20", "30", "99")
    expect(phone.locator("main input:invalid")).to_have_value("99")
    give(phone, "22.5", "20", "25", "16")
    expect(phone.locator(".answer")).to_contain_text("已打 1 家")
    expect(phone.locator(".tiles")).to_contain_text("83.5")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390

    clerk.go(path)
    expect(page.locator("td", has_text="4 / 4")).to_be_visible()
    expect(page.get_by_text("83.5")).to_have_count(0)
    assert judge.faults == []
    assert judge.strangers == []


def hold(clerk: Visitor, page: Page) -> str:
    """The town's contest, one village's paper taken down, one judge named; the path of its round.

    The others hand nothing in: a judge marks those alone who did.
    """
    clerk.go(TOWN)
    page.get_by_label("名称").fill("手机打分演练")
    page.get_by_label("类型").select_option("contest")
    page.get_by_role("button", name="建立", exact=True).click()
    page.get_by_role("link", name="年初比规划").click()
    page.get_by_role("button", name=re.compile("列入辖区内全部")).click()
    page.get_by_label("评委账号").fill(ACCOUNT)
    page.get_by_role("button", name="指定评委").click()
    page.get_by_role("button", name="开始申报与评分").click()
    expect(page.locator(".answer")).to_contain_text("申报与评分")
    path = page.evaluate("location.pathname")
    page.locator("table").get_by_role("link", name=VILLAGE, exact=True).click()
    page.get_by_text("代录纸质材料…").click()
    page.get_by_label("申报材料").fill("家底清楚，目标二十万元")
    page.get_by_role("button", name="录入并提交").click()
    expect(page.get_by_text("代录 ").first).to_be_visible()
    return str(path)


def give(phone: Page, *points: str) -> None:
    for field, value in zip(
        phone.locator("main form input[inputmode=decimal]").all(), points, strict=True
    ):
        field.fill(value)
    phone.get_by_role("button", name="提交分数").click()
