"""The agency's day in a real browser: a voucher by keys alone, by plain form, and from a phone."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from . import site as demo
from .visitor import ACCOUNTANT

pytestmark = pytest.mark.journey

AGENCY = "代理会计"  # The post on the sign-in page, whoever holds it.
SECONDS_MAX = 40
# A practised hand: 300 keys a minute.
PAUSE_MS = 200


@pytest.fixture(scope="module")
def books(loaded: Path, tmp_path_factory: pytest.TempPathFactory):
    """A site with an account set, and the address of its grid."""
    folder = tmp_path_factory.mktemp("books") / "data"
    shutil.copytree(loaded, folder)
    environment = os.environ | {"SANZI_DATA": str(folder), "SANZI_DEMO": "1"}
    made = subprocess.run(
        [sys.executable, "-m", "tests.journeys.town_books"],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    with demo.served(folder) as address:
        yield address, f"/agency/books/{made.stdout.split()[-1]}/enter/"


class Keys:
    """A keyboard whose strokes are counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def type(self, text: str) -> None:
        self.page.keyboard.type(text, delay=PAUSE_MS)
        self.count += len(text)

    def spell(self, words: str, pinyin: str) -> None:
        """Chinese by an input method: its letters and a space to choose."""
        for _ in pinyin + " ":
            self.page.wait_for_timeout(PAUSE_MS)
        self.page.keyboard.insert_text(words)
        self.count += len(pinyin) + 1

    def press(self, *names: str) -> None:
        for name in names:
            self.page.keyboard.press(name, delay=PAUSE_MS)
            self.count += 1


def cells(page: Page, name: str) -> list[str]:
    return [field.input_value() for field in page.locator(f"tbody [name={name}]").all()]


def test_five_lines_by_keyboard_alone(books, visit, measured):
    site, grid = books
    wu = visit(site, "desktop")
    wu.sign_in(AGENCY)
    page = wu.go(grid)
    expect(page.get_by_label("附件张数")).to_be_focused()
    keys, began = Keys(page), time.monotonic()
    keys.type("3")
    keys.press("Enter")
    keys.spell("付春季修渠费用", "fcjxqfy")
    keys.press("Enter")
    keys.type("514")
    keys.press("Enter", "Enter")  # Analysed by project; none here.
    keys.type("1200")
    keys.press("Enter", "Enter")  # The summary repeats from above.
    keys.type("glfy")
    keys.press("Enter")
    keys.type("300.5")
    keys.press("Enter", "Enter")
    keys.type("jyzc")
    keys.press("Enter")
    keys.type("80")
    keys.press("Enter", "Enter")
    keys.type("101")
    keys.press("Enter", "Enter")
    keys.type("80")
    keys.press("Enter", "Enter")
    keys.type("yhck")
    keys.press("Enter", "Enter")
    keys.type("=")
    expect(page.locator("[data-balance]")).to_have_text("借贷平衡")
    assert cells(page, "memo")[:5] == ["付春季修渠费用"] * 5
    assert cells(page, "account")[:5] == [
        "514 公益支出",
        "513 管理费用",
        "511 经营支出",
        "101 库存现金",
        "102 银行存款",
    ]
    assert cells(page, "debit")[:3] == ["1,200.00", "300.50", "80.00"]
    assert cells(page, "credit")[3:5] == ["80.00", "1,500.50"]
    keys.press("F6")
    expect(page.locator("#notice")).to_contain_text("已制单，待复核：付春季修渠费用，1,580.50 元")
    seconds = time.monotonic() - began
    measured.append(f"voucher of five lines: {keys.count} keys, {seconds:.1f} s by keyboard alone")
    assert seconds <= SECONDS_MAX
    assert wu.faults == []
    assert wu.strangers == []


def test_keys_of_the_grid(books, visit):
    site, grid = books
    wu = visit(site, "desktop")
    wu.sign_in(AGENCY)
    page = wu.go(grid)
    first = page.get_by_label("第 1 行摘要")
    first.click()
    page.keyboard.type("x")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("第 2 行摘要")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(first).to_be_focused()
    page.keyboard.press("Control+d")
    expect(page.locator("tbody tr[data-row]")).to_have_count(7)
    page.keyboard.press("Control+i")
    expect(page.locator("tbody tr[data-row]")).to_have_count(8)
    # At the end of the last row a new one begins.
    page.get_by_label("第 8 行贷方").click()
    page.keyboard.press("Enter")
    expect(page.get_by_label("第 9 行摘要")).to_be_focused()
    # The list under an account, and whom it is owed by.
    page.get_by_label("第 1 行科目").click()
    page.keyboard.press("F2")
    expect(page.locator(".choices")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".choices")).to_be_hidden()
    page.keyboard.type("应收")
    page.keyboard.press("Enter")
    expect(page.get_by_label("第 1 行辅助")).to_be_focused()
    page.keyboard.type("zmm")
    expect(page.locator(".choices")).to_contain_text("赵某某")
    page.keyboard.press("Enter")
    expect(page.get_by_label("第 1 行辅助")).to_have_value("赵某某")
    page.keyboard.type("-20")
    expect(page.get_by_label("第 1 行借方")).to_have_class("red")
    page.keyboard.press(" ")
    expect(page.get_by_label("第 1 行贷方")).to_have_value("-20.00")
    assert wu.faults == []


PASTE = """(text) => {
    const carried = new DataTransfer();
    carried.setData("text/plain", text);
    document.activeElement.dispatchEvent(new ClipboardEvent(
        "paste", {clipboardData: carried, bubbles: true, cancelable: true}));
}"""


def test_rows_are_pasted_from_a_spreadsheet(books, visit):
    site, grid = books
    wu = visit(site, "desktop")
    wu.sign_in(AGENCY)
    page = wu.go(grid)
    page.get_by_label("第 1 行摘要").click()
    lines = [f"付第 {n} 组工钱\t511\t\t{n},000.00\t0.00" for n in range(1, 10)]
    rows = [
        "摘要\t科目\t辅助\t借方\t贷方",
        *lines,
        "\t102\t\t\t45,000.00",
        "合计\t\t\t45000\t45000",
    ]
    page.evaluate(PASTE, "\r\n".join(rows))
    expect(page.locator("[data-balance]")).to_have_text("借贷平衡")
    assert cells(page, "debit")[8] == "9,000.00"
    page.get_by_label("附件张数").fill("9")
    page.keyboard.press("Control+s")
    expect(page.locator("#notice")).to_contain_text("45,000.00 元")
    assert wu.faults == []


def test_what_is_wrong_is_told_in_place_and_put_right_there(books, visit):
    site, grid = books
    wu = visit(site, "desktop")
    wu.sign_in(AGENCY)
    page = wu.go(grid)
    page.get_by_label("附件张数").fill("1")
    fill(page, 1, "付电费", "514", "80", "")
    fill(page, 2, "", "999", "", "80")
    page.get_by_role("button", name="保存并新增").click()
    expect(page.locator("#told-2")).to_have_text("第 2 行科目 999 在本账套中不存在，请核对编码")
    expect(page.get_by_label("第 1 行摘要")).to_have_value("付电费")
    page.get_by_label("第 2 行科目").fill("102")
    page.keyboard.press("F6")
    expect(page.locator("#notice")).to_contain_text("已制单，待复核：付电费")


def fill(page: Page, row: int, memo: str, account: str, debit: str, credit: str) -> None:
    for column, value in (("摘要", memo), ("科目", account), ("借方", debit), ("贷方", credit)):
        page.get_by_label(f"第 {row} 行{column}").fill(value)


def test_without_script_the_grid_is_a_plain_form(books, visit):
    site, grid = books
    wu = visit(site, "desktop", java_script_enabled=False)
    wu.sign_in(AGENCY)
    page = wu.go(grid)
    page.get_by_label("附件张数").fill("1")
    fill(page, 1, "付电费", "公益支", "80", "")
    page.get_by_role("button", name="加行").click()
    expect(page.locator("tbody tr[data-row]")).to_have_count(13)
    fill(page, 13, "", "yhck", "", "=")
    page.get_by_role("button", name="保存并新增").click()
    expect(page.locator("#notice")).to_contain_text("已制单，待复核：付电费，80.00 元")


@pytest.mark.parametrize("script", [True, False])
def test_a_village_tells_on_a_phone_and_follows_it(books, visit, tmp_path, script):
    site, _ = books
    photo = tmp_path / "单据.jpg"
    photo.write_bytes(b"\xff\xd8\xff\xe0" + str(script).encode() * 50)
    zhang = visit(site, "phone", java_script_enabled=script)
    zhang.sign_in(ACCOUNTANT)
    page = zhang.go("/agency/notes/new/")
    small = page.locator("main button:visible, main .ways label, main input[type=text]")
    heights = [box["height"] for one in small.all() if (box := one.bounding_box())]
    assert heights
    assert min(heights) >= 56
    page.get_by_text("花了钱", exact=True).click()
    page.get_by_label("多少钱？").fill("300")
    page.get_by_label("因为什么事？").fill("修水渠工钱")
    page.get_by_label("跟谁？").fill("王某")
    page.get_by_label("拍一下单据").set_input_files(photo)
    page.get_by_role("button", name="交上去").click()
    expect(page.locator("main .notice").first).to_contain_text("已交，等监事会看")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390 if script else True
    assert zhang.faults == []
