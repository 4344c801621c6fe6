"""Without JavaScript every page reads and every form works; scripts only make it quick."""

import time

import pytest
from playwright.sync_api import Page, expect

from .town_workbook import MESSY, mend
from .visitor import CLERK, PATIENCE_MS

pytestmark = pytest.mark.journey

REASON = "档案柜中找到备案表，已补登记"


def test_a_workbook_is_brought_in_without_script(own_site, visit, tmp_path):
    clerk = visit(own_site, "desktop", java_script_enabled=False)
    page = clerk.sign_in(CLERK)
    mended = tmp_path / "mended.xlsx"
    mend(MESSY, [("合同台账2022", "K8"), ("合同台账2022", "P22"), ("应收款", "H13")], mended)

    clerk.menu("导入工作簿")
    page.get_by_label("工作簿", exact=True).set_input_files(mended)
    page.get_by_role("button", name="上传并核对").click()
    refresh_until(page, "有 1 处错误，改正后才能写入")
    page.get_by_label("经营户 对应的列").select_option("承包方（必填）")
    page.get_by_role("button", name="按以上对应重新核对").click()
    refresh_until(page, "核对完成，可以写入")
    page.get_by_role("button", name="确认写入台账").click()
    refresh_until(page, "已写入台账")


def test_a_register_is_filtered_sorted_and_paged_without_script(site, visit):
    clerk = visit(site, "desktop", java_script_enabled=False)
    page = clerk.sign_in(CLERK)
    clerk.menu("合同台账")
    narrow(page, "类别", "资产类")
    expect(page.locator(".answer")).to_contain_text("（筛选后）")
    assert set(column(page, "类别")) == {"资产类"}

    sort_by(page, "合同总价（元）", "ascending")
    totals = amounts(page)
    assert totals == sorted(totals)
    sort_by(page, "合同总价（元）", "descending")
    dearest = amounts(page)
    assert dearest == sorted(dearest, reverse=True)

    page.get_by_role("link", name="下一页").click()
    expect(page.locator(".pager")).to_contain_text("第 2 /")
    assert max(amounts(page)) <= min(dearest)
    assert set(column(page, "类别")) == {"资产类"}


def test_a_finding_is_judged_without_script(own_site, visit):
    clerk = visit(own_site, "desktop", java_script_enabled=False)
    page = clerk.sign_in(CLERK)
    clerk.menu("问题清单")
    narrow(page, "问题", "P22 未备案、未归档")
    page.locator("[data-rows] tbody a").first.click()
    finding = page.locator(".finding", has_text="未备案、未归档")
    finding.locator("summary").click()
    finding.get_by_label("理由").fill(REASON)
    finding.get_by_role("button", name="推翻这个问题").click()
    expect(finding).to_contain_text("已推翻")
    expect(finding).to_contain_text(REASON)


def refresh_until(page: Page, words: str) -> None:
    """Follow the link that takes the script's place until the work is done."""
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while not page.get_by_role("heading", name=words).is_visible():
        assert time.monotonic() < deadline, page.locator("main").inner_text()
        page.get_by_role("link", name="刷新看进度").click()
        time.sleep(0.3)


def narrow(page: Page, title: str, choice: str) -> None:
    query = page.locator("#query")
    query.get_by_role("combobox", name=title).select_option(label=choice)
    query.get_by_role("button", name="查询").click()


def sort_by(page: Page, title: str, direction: str) -> None:
    """Click a heading and wait for the page it leads to: the old one is still there for a while."""
    page.locator("thead").get_by_role("link", name=title).click()
    expect(page.locator(f"thead th[aria-sort={direction}]")).to_contain_text(title)


def column(page: Page, title: str) -> list[str]:
    titles = page.locator("[data-rows] thead th").all_inner_texts()
    place = next(i for i, found in enumerate(titles) if found.startswith(title))
    return page.locator(f"[data-rows] tbody td:nth-child({place + 1})").all_inner_texts()


def amounts(page: Page) -> list[int]:
    """The totals of this page in fen; an empty cell is no amount."""
    return [int(t.replace(",", "").replace(".", "")) for t in column(page, "合同总价（元）") if t]
