"""A loaded site, a browser, and a place for what the journeys measured."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests import fonts

from . import site as demo
from .visitor import Visitor, visiting

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# As root and without a network: nothing but the site's own requests.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--lang=zh-CN",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)
MEASURED = pytest.StashKey[list[str]]()


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        why = "no Chromium on PATH (Debian: apt install chromium)"
        # On the build server a journey not made is a journey failed.
        pytest.fail(why) if os.environ.get("CI") == "true" else pytest.skip(why)
    type_of_the_wheel = fonts.write(tmp_path_factory.mktemp("fonts"))
    environment = {
        **os.environ,
        "FONTCONFIG_FILE": str(type_of_the_wheel),
        "LANGUAGE": "zh_CN",  # What the browser itself says: 选择文件, not Choose File.
    }
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=path, args=FLAGS, env=environment)
        yield started
        started.close()


@pytest.fixture(scope="session")
def loaded(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with both demo places, never served itself; made only for a browser there."""
    folder = tmp_path_factory.mktemp("loaded") / "data"
    demo.load(folder)
    return folder


@pytest.fixture(scope="session")
def site(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site that everybody reads and nobody changes."""
    with demo.served_copy(loaded, tmp_path_factory.mktemp("site") / "data") as address:
        yield address


@pytest.fixture
def own_site(loaded: Path, tmp_path: Path) -> Iterator[str]:
    """A site of the test's own, to import into."""
    with demo.served_copy(loaded, tmp_path / "data") as address:
        yield address


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """Open a window on a site: visit(site, "phone"); closed at the end of the test."""
    with ExitStack() as windows:
        yield lambda *given, **more: windows.enter_context(visiting(browser, *given, **more))


@pytest.fixture
def measured(request: pytest.FixtureRequest) -> list[str]:
    """Lines printed at the end of the run."""
    return request.config.stash.setdefault(MEASURED, [])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if lines := terminalreporter.config.stash.get(MEASURED, []):
        terminalreporter.section("measured by the journeys")
        terminalreporter.write_line("\n".join(lines))
