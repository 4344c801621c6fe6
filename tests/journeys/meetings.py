"""The four sittings and the posting as a village's accountant enters them, in a browser."""

import os
from datetime import timedelta
from pathlib import Path

from django.utils.timezone import localdate
from playwright.sync_api import Page, expect

from sanzi.documents.tests.files import jpeg

PHOTO = {
    "name": "现场.jpg",
    "mimeType": "image/jpeg",
    "buffer": jpeg(),
}


def ago(days: int) -> str:
    return (localdate() - timedelta(days=days)).isoformat()


def fill(page: Page, **values: object) -> None:
    for name, value in values.items():
        page.locator(f"main [name={name}]").fill(str(value))


def shot(page: Page, size: str, name: str) -> None:
    """A picture for whoever asks for one (SANZI_SHOTS names a folder)."""
    if folder := os.environ.get("SANZI_SHOTS"):
        page.screenshot(path=Path(folder) / f"cleanup-{size}-{name}.png", full_page=True)


def hold_the_meetings(page: Page, size: str) -> None:
    """The four sittings in their order; the assembly first lacks its quorum, then reaches it."""
    sit(page, "村党组织提议", 36, 5, 5, 5)
    sit(page, "“两委”会商议", 36, 7, 7, 6)
    sit(page, "党员大会审议", 34, 30, 24, 20)
    sit(page, "会议决议", 15, 300, 199, 199, notified_on=ago(30))
    expect(page.get_by_role("alert")).to_contain_text("实到199人，到会不足三分之二")
    expect(page.get_by_role("alert")).to_contain_text("农村集体经济组织法第二十七条")
    shot(page, size, "refused")
    fill(page, present=210, approved=200, abstained=10)
    attach(page)
    page.get_by_role("button", name="登记会议", exact=True).click()
    expect(page.locator(".answer")).to_contain_text("表决通过")

    page.get_by_role("link", name="登记决议公开").click()
    fill(page, boards="村委会公开栏", from_on=ago(12), to_on=ago(3))
    page.locator("[name=files]").set_input_files(PHOTO)
    page.get_by_role("button", name="登记公开").click()
    expect(page.locator(".answer")).to_contain_text("决议公开中")


def sit(
    page: Page, title: str, days: int, expected: int, present: int, approved: int, **more: object
) -> None:
    page.get_by_role("link", name=f"登记{title}").click()
    fill(
        page, met_on=ago(days), venue="村委会会议室", chair="赵书记", expected=expected,
        present=present, approved=approved, abstained=present - approved, **more,
    )  # fmt: skip
    attach(page)
    page.get_by_role("button", name="登记会议", exact=True).click()


def attach(page: Page) -> None:
    for kind in ("minutes", "signatures", "photo"):
        page.locator(f"[name=paper_{kind}]").set_input_files(PHOTO)
