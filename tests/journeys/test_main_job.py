"""The main job: a town's messy workbook in, and every figure back down to its contract."""

import pytest
from playwright.sync_api import Page, expect

from .town_workbook import MESSY, mend
from .visitor import CLERK, PATIENCE_MS, SIZES, Visitor

pytestmark = pytest.mark.journey

REASON = "已到村核对，合同确为口头约定"


@pytest.mark.parametrize("size", SIZES)
def test_a_clerk_brings_in_a_workbook_and_follows_a_figure_to_its_contract(
    own_site, visit, size, tmp_path
):
    clerk = visit(own_site, size, accept_downloads=True)
    page = clerk.sign_in(CLERK)
    assert clerk.heading() == "今天"
    expect(page.locator(".answer")).to_contain_text("本镇应收 3,818.13 万元，已清收 2,863.60 万元")

    hand_in(clerk, MESSY)
    expect_verdict(page, "有 2 处错误，改正后才能写入")
    expect(page.get_by_text("缺必填列：承包方")).to_be_visible()
    expect(page.get_by_role("button", name="确认写入台账")).to_be_disabled()

    page.get_by_label("经营户 对应的列").select_option("承包方（必填）")
    page.get_by_role("button", name="按以上对应重新核对").click()
    expect_verdict(page, "有 3 处错误，改正后才能写入")
    read = problems(page)
    assert [cell for _, cell, _ in read] == ["K8", "P22", "H13"]
    assert "身份证号少一位（应为18位，现17位）" in read[0][2]
    assert "“2022-02-30”没有这一天" in read[1][2]
    assert "金额最多两位小数" in read[2][2]

    with page.expect_download() as handed_back:
        page.get_by_role("link", name="下载标注好的工作簿").click()
    marked, mended = tmp_path / "marked.xlsx", tmp_path / "中村镇台账（已改）.xlsx"
    handed_back.value.save_as(marked)
    assert mend(marked, [(sheet, cell) for sheet, cell, _ in read], mended)[1:] == [
        "2022-02-30",
        "16,900.005",
    ]

    # The office's own word for the contractor is known from now on.
    hand_in(clerk, mended)
    expect_verdict(page, "核对完成，可以写入")
    page.get_by_role("button", name="确认写入台账").click()
    expect_verdict(page, "已写入台账")
    assert written(page) == {"合同": ["22", "0", "0"], "债权": ["16", "0", "0"]}

    page.get_by_role("link", name="看认定的问题").click()
    page.get_by_role("searchbox", name="查找", exact=True).fill("补-09")
    page.get_by_role("button", name="查询").click()
    oral = page.locator("[data-rows] tbody tr", has_text="口头合同").filter(has_text="上阁村")
    oral.get_by_role("link").click()
    expect(page.locator("main h1")).to_have_text("上阁村旧校舍合同")
    finding = page.locator(".finding", has_text="口头合同，无书面文本")
    expect(finding).to_contain_text("未认定")
    # Agreed in 2015: the law of that year.
    expect(finding).to_contain_text("依据：合同法第二百一十五条")
    finding.locator("summary").click()
    finding.get_by_label("理由").fill(REASON)
    finding.get_by_role("button", name="确认这个问题").click()
    expect(finding).to_contain_text("已确认")
    expect(finding).to_contain_text(REASON)
    expect(page.locator(".timeline")).to_contain_text("李谷雨")

    clerk.menu("调度表")
    expect(page.locator("main h1")).to_have_text("双周调度表")
    row = page.locator("[data-rows] tbody tr", has_text="上阁村")
    assert row.locator("td").nth(2).inner_text() == "31"
    irregular = row.locator("td").nth(3)
    shown = irregular.inner_text()
    irregular.get_by_role("link").click()
    expect(page.locator("main h1")).to_have_text("不规范合同")
    expect(page.locator(".answer")).to_contain_text(f"{shown} 份，由下列 {shown} 行构成")
    page.locator("[data-rows] tbody").get_by_role("link", name="补-09").click()
    expect(page.locator("main h1")).to_have_text("上阁村旧校舍合同")
    expect(page.locator(".finding", has_text="口头合同")).to_contain_text("已确认")
    assert (clerk.faults, clerk.strangers) == ([], [])


def hand_in(clerk: Visitor, workbook) -> None:
    clerk.menu("导入工作簿")
    clerk.page.get_by_label("工作簿", exact=True).set_input_files(workbook)
    clerk.page.get_by_role("button", name="上传并核对").click()


def expect_verdict(page: Page, words: str) -> None:
    """The check runs in a process of its own; the page looks again every second."""
    expect(page.get_by_role("heading", name=words)).to_be_visible(timeout=PATIENCE_MS)


def problems(page: Page) -> list[tuple[str, str, str]]:
    """What is wrong, as (sheet, cell, words), the errors only."""
    page.locator("#problems").get_by_role("link", name="错误").click()
    rows = page.locator("#problems tbody tr")
    found = [rows.nth(i).locator("td").all_inner_texts() for i in range(rows.count())]
    return [(sheet, cell, words) for _, sheet, cell, words in found]


def written(page: Page) -> dict[str, list[str]]:
    """New, changed and unchanged rows by register."""
    rows = page.locator("#state .card").first.locator("tbody tr")
    lines = [rows.nth(i).locator("td").all_inner_texts() for i in range(rows.count())]
    return {title: counts for title, *counts in lines}
