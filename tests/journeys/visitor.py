"""Somebody in front of the site: signs in by post, walks the menu, notes what went wrong."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect

CLERK, ACCOUNTANT, CITY_LEADER = "李谷雨", "张小满", "周寒露"
SYSTEM_ADMIN, AUDIT_ADMIN = "郑小寒", "冯冬至"
LEADER = "王立夏"
SUPERVISOR, AGENT, CASHIER, CHIEF = "刘惊蛰", "陈清明", "胡处暑", "杨芒种"

SIZES: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1366, "height": 768}},
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
}
PATIENCE_MS = 60_000
# A busy machine answers late; that is no failure of the page.
expect.set_options(timeout=20_000)
# A violation of the content security policy becomes a word in the console, like any other fault.
TELL_VIOLATIONS = """addEventListener("securitypolicyviolation", (event) =>
    console.error("CSP " + event.violatedDirective + " " + event.blockedURI))"""


@dataclass
class Visitor:
    """One browser window at one of the two sizes."""

    page: Page
    site: str
    size: str
    faults: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Note every error of a script and every request that leaves the site's own host."""
        self.page.add_init_script(TELL_VIOLATIONS)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("request", self._see)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"{self.page.url}: {message.text}")

    def _see(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme != "data" and f"{parts.scheme}://{parts.netloc}" != self.site:
            self.strangers.append(request.url)

    def go(self, path: str) -> Page:
        answer = self.page.goto(self.site + path)
        assert answer is not None
        assert answer.status == 200, f"{path} answered {answer.status}"
        return self.page

    def sign_in(self, name: str) -> Page:
        """Take one of the demo's posts from the sign-in page."""
        self.go("/login/")
        self.page.get_by_role("button", name=name).click()
        self.page.wait_for_url(f"{self.site}/")
        return self.page

    def menu(self, entry: str) -> None:
        """Follow an entry of the menu, unfolding its group; on a phone all is behind one word."""
        if self.size == "phone":
            self.page.locator(".pocket > summary").click()
        box = self.page.locator(".pocket" if self.size == "phone" else ".side")
        line = box.get_by_role("link", name=entry, exact=True, include_hidden=True)
        if not line.is_visible():
            line.locator("xpath=ancestor::details[1]/summary").click()
        line.click()

    def heading(self) -> str:
        return self.page.locator("main h1").inner_text()


@contextmanager
def visiting(browser: Browser, site: str, size: str, **more: Any) -> Iterator[Visitor]:
    """A fresh window: no cookie, nothing cached."""
    context = browser.new_context(
        locale="zh-CN", timezone_id="Asia/Shanghai", **SIZES[size], **more
    )
    context.set_default_timeout(PATIENCE_MS)
    visitor = Visitor(context.new_page(), site, size)
    visitor.watch()
    try:
        yield visitor
    finally:
        context.close()
