"""A village's matter raised and answered; a town secretary's morning from the wall to the minutes.

Over a small town of its own: one village, one contract let by word of mouth.
"""

import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import Page, expect

from . import site as demo
from .meetings import fill, shot
from .small_town import ACCOUNTANT, CLERK, CONTRACT, LATE, LEADER
from .visitor import SIZES, Visitor, visiting

pytestmark = pytest.mark.journey


@pytest.fixture
def town(browser, tmp_path: Path):
    """The small town with a task past its limit, served."""
    folder = tmp_path / "town"
    environment = {**os.environ, "SANZI_DATA": str(folder), "SANZI_DEMO": "1"}
    made = [sys.executable, "-m", "tests.journeys.small_town", "late"]
    subprocess.run(made, env=environment, check=True, timeout=300)
    with demo.served(folder) as address:
        yield address


@pytest.mark.parametrize("size", SIZES)
def test_a_village_raises_a_blocker_and_gets_it_back_answered(browser, town, size):
    with visiting(browser, town, size) as village:
        village.sign_in(ACCOUNTANT)
        page = village.go("/dispatch/blockers/new/")
        page.get_by_label("事项", exact=True).fill("鱼塘界址不清")
        page.get_by_label("情况和请求").fill("请国土所复测")
        page.get_by_role("button", name="提出").click()
        expect(page.locator("main h1")).to_contain_text("鱼塘界址不清")
        raised = page.url.removeprefix(town)
        with visiting(browser, town, size) as office:
            office.sign_in(CLERK)
            desk = office.go("/")
            expect(desk.locator("#blockers")).to_contain_text("等本镇答复")
            shot(desk, size, "town-home")
            desk.locator("#blockers").get_by_role("link", name="鱼塘界址不清").click()
            desk.get_by_role("button", name="受理").click()
            desk.get_by_label("答复或说明").fill("周三复测，请村里派人到场")
            desk.get_by_role("button", name="答复").click()
            expect(desk.locator(".page-head .answer")).to_contain_text("已答复")
            assert office.faults == []
        page = village.go("/")
        expect(page.locator("#blockers")).to_contain_text("清水镇已答复")
        shot(page, size, "village-home")
        page.locator("#blockers").get_by_role("link", name="鱼塘界址不清").click()
        assert page.url == town + raised
        expect(page.locator("main")).to_contain_text("周三复测")
        page.get_by_role("button", name="办结").click()
        expect(page.locator(".page-head .answer")).to_contain_text("已办结")
        assert (village.faults, village.strangers) == ([], [])


@pytest.mark.parametrize("size", SIZES)
def test_a_town_secretary_goes_from_the_wall_map_to_the_minutes(town, visit, size):
    """What is late is studied in the office, decided by the secretary, and stands in minutes."""
    secretary, office = visit(town, size), visit(town, size)
    page, desk = secretary.sign_in(LEADER), office.sign_in(CLERK)
    look_at_the_wall(page, size)
    study = begin_a_study_of_what_is_late(secretary, size)
    desk.goto(study)
    write_it_up(desk, size)
    hold_the_meeting(desk)
    page.goto(study)
    decide(page, size)
    open_the_minutes(page, town, size)
    for visitor in (secretary, office):
        assert (visitor.faults, visitor.strangers) == ([], [])


def look_at_the_wall(page: Page, size: str) -> None:
    """The map is on the first page; its heading opens it whole, its tile the village."""
    expect(page.locator(".tiles.wall")).to_contain_text("上田村")
    shot(page, size, "morning-home")
    page.get_by_role("link", name="挂图作战", exact=True).last.click()
    expect(page.locator("main h1")).to_contain_text("挂图作战")
    expect(page.locator(".tiles.wall .tile")).to_have_count(1)


def begin_a_study_of_what_is_late(secretary: Visitor, size: str) -> str:
    """From the first page to the late task and on to a study of it; the study's address."""
    page = secretary.go("/")
    late = page.locator(".card", has_text="时限已过的任务")
    expect(late).to_contain_text("1 项")
    late.get_by_role("link", name=LATE).click()
    expect(page.locator("main h1")).to_contain_text(LATE)
    shot(page, size, "morning-task")
    page.get_by_role("link", name="一事一研判").last.click()
    expect(page.locator("main")).to_contain_text("涉及")
    page.get_by_role("button", name="建立").click()
    expect(page.locator("main h1")).to_contain_text(LATE)
    # What the registers know of the task's contract is there already.
    expect(page.get_by_label("基本事实")).to_have_value(re.compile(CONTRACT))
    return page.url


def write_it_up(page: Page, size: str) -> None:
    # The options are folded until they are filled.
    for _ in range(page.locator("main form details:not([open]) > summary").count()):
        page.locator("main form details:not([open]) > summary").first.click()
    fill(page, title1="三日内上门补签", pros1="快", cons1="须承包方同意")
    fill(page, title2="起诉确认", pros2="有强制力", cons2="费用多")
    shot(page, size, "morning-draft")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("button", name="登记研判会")).to_be_enabled()


def hold_the_meeting(page: Page) -> None:
    fill(page, held_on=localdate().isoformat(), venue="镇政府二楼", chair=LEADER)
    fill(page, participants=f"{LEADER}、{CLERK}、{ACCOUNTANT}")
    page.get_by_role("button", name="登记研判会").click()
    expect(page.locator(".page-head .answer")).to_contain_text("研判")


def decide(page: Page, size: str) -> None:
    page.get_by_label("采用方案").select_option(label="三日内上门补签")
    due = (localdate() + timedelta(days=3)).isoformat()
    fill(page, decision="由村会计三日内上门补签书面合同", responsible=ACCOUNTANT, due_on=due)
    page.get_by_role("button", name="作出决定").click()
    expect(page.locator(".page-head .answer")).to_contain_text(ACCOUNTANT)
    shot(page, size, "morning-decided")


def open_the_minutes(page: Page, town: str, size: str) -> None:
    """The minutes on the screen, as PDF and as Word."""
    page.get_by_role("link", name="会议纪要", exact=True).click()
    expect(page.locator("main")).to_contain_text("由村会计三日内上门补签书面合同")
    shot(page, size, "morning-minutes")
    for name, begins in (("打印（PDF）", b"%PDF"), ("下载 Word", b"PK")):
        href = page.get_by_role("link", name=name).get_attribute("href")
        answer = page.request.get(f"{town}{href}")
        assert answer.status == 200, f"{name} answered {answer.status}"
        assert answer.body().startswith(begins)
