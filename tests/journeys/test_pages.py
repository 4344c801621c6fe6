"""Every page at both sizes: quiet, light, Chinese, inside its frame, barred to nobody; shown."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import axe_playwright_python as axe
import pytest
from playwright.sync_api import Browser

from .pages import EVERY, MAIN
from .picture import in_256_colours
from .test_main_job import expect_verdict, hand_in
from .town_workbook import MESSY
from .visitor import CLERK, SIZES, Visitor, visiting

pytestmark = pytest.mark.journey

WEIGHT_MAX = 150_000
ROW_MAX = 90
TALLEST_ROW = """Math.max(0, ...Array.from(
    document.querySelectorAll("[data-rows] tbody tr"), (row) => row.offsetHeight))"""
PICTURE_MAX, PICTURES_MAX = 200_000, 3_000_000
# Names of files, programs and keys; everything else on a page is Chinese.
LATIN = frozenset({"Chrome", "Ctrl", "Excel", "messy", "xlsx", "zhongcun"})
CHECKSUM = re.compile(r"\b[0-9a-f]{64}\b")
# A violation somebody cannot get past, rather than one that is merely unhandy.
GRAVE = ("serious", "critical")


@pytest.fixture(scope="session")
def uploaded(browser: Browser, site: str) -> str:
    """The site with a messy workbook handed in and checked, nothing written."""
    with visiting(browser, site, "desktop") as clerk:
        clerk.sign_in(CLERK)
        hand_in(clerk, MESSY)
        expect_verdict(clerk.page, "改正后才能写入")
    return site


@pytest.fixture(scope="session")
def passes(browser: Browser, site: str) -> dict[str, object]:
    """Signed-in cookies by person, so that each page is still a first visit."""
    found: dict[str, object] = {"": None}
    for name in sorted({place.who for place in EVERY if place.who}):
        with visiting(browser, site, "desktop") as visitor:
            visitor.sign_in(name)
            found[name] = visitor.page.context.storage_state()
    return found


@pytest.fixture(scope="module")
def opened(request, browser, uploaded, passes) -> Iterator[Visitor]:
    """A window on the page in question, nothing cached; opened once for all that is asked of it."""
    place, size = request.param
    with visiting(browser, uploaded, size, storage_state=passes[place.who]) as visitor:
        visitor.place = place
        visitor.weight = []
        visitor.page.on("requestfinished", lambda done: visitor.weight.append(weight(done)))
        place.open(visitor)
        yield visitor


def weight(request) -> int:
    """Compressed bytes of an answer, its headers included."""
    sizes = request.sizes()
    return sizes["responseBodySize"] + sizes["responseHeadersSize"]


def at_both_sizes(places):
    pairs = [(place, size) for place in places for size in SIZES]
    names = [f"{place}-{size}" for place, size in pairs]
    return pytest.mark.parametrize("opened", pairs, ids=names, indirect=True)


@at_both_sizes(EVERY)
def test_a_page_is_quiet_light_chinese_and_inside_its_frame(opened, measured):
    assert opened.faults == []
    assert opened.strangers == []
    page, width = opened.page, SIZES[opened.size]["viewport"]["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width, "scrolls sideways"
    assert page.evaluate(TALLEST_ROW) <= ROW_MAX, "a row that nobody can read"
    if opened.place in MAIN:
        words = CHECKSUM.sub("", page.locator("body").inner_text())
        latin = set(re.findall(r"[A-Za-z_]{4,}", words))
        assert latin - LATIN == set()
    if not opened.place.through_first_row:
        total = sum(opened.weight)
        measured.append(f"first visit {opened.place.name:14} {opened.size:8} {total:7,} bytes")
        assert total < WEIGHT_MAX


@at_both_sizes(EVERY)
def test_nothing_bars_somebody_who_sees_or_points_badly(opened):
    script = Path(axe.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
    opened.page.evaluate(script)
    found = opened.page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    grave = {
        one["id"]: [node["target"] for node in one["nodes"][:3]]
        for one in found
        if one["impact"] in GRAVE
    }
    assert grave == {}


@at_both_sizes(MAIN)
def test_its_picture_is_taken(opened, pictures):
    # Last: the picture is drawn anew on a page of its own.
    whole = opened.page.screenshot(animations="disabled", caret="hide")
    opened.page.goto("about:blank")
    picture = in_256_colours(opened.page, whole)
    (pictures / f"{opened.place.name}-{opened.size}.png").write_bytes(picture)
    assert len(picture) < PICTURE_MAX


def test_the_pictures_together_are_light(pictures):
    assert sum(path.stat().st_size for path in pictures.glob("*.png")) < PICTURES_MAX


@pytest.fixture(scope="session")
def pictures(tmp_path_factory) -> Path:
    """Where pictures go: `make screenshots` names a folder, else they are thrown away."""
    named = os.environ.get("SANZI_SCREENSHOTS")
    folder = Path(named) if named else tmp_path_factory.mktemp("screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
