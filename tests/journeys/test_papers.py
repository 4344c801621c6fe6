"""Papers as a printer lays them: inside their sheet, the heading of a table on every page."""

import pytest

from .visitor import CHIEF, CITY_LEADER, CLERK

pytestmark = pytest.mark.journey

# What lies between the margins of A4, at 96 pixels an inch: upright 186 mm, across 273 mm.
UPRIGHT, ACROSS = 703, 1031
OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
HEADING = "getComputedStyle(document.querySelector('main thead')).display"


@pytest.mark.parametrize(
    ("who", "path", "width"),
    [
        (CHIEF, "/books/1/statements/balance/?format=print", UPRIGHT),
        (CHIEF, "/books/1/trial/?format=print", ACROSS),
        (CLERK, "/registers/contracts/?print=1", ACROSS),
        (CITY_LEADER, "/dispatch/?format=print", ACROSS),
    ],
)
def test_a_paper_fits_its_sheet_and_repeats_its_heading(visit, site, who, path, width):
    visitor = visit(site, "desktop")
    visitor.sign_in(who)
    page = visitor.go(path)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": width, "height": 700})
    assert page.evaluate(OVER) == 0
    assert page.evaluate(HEADING) == "table-header-group"


def test_a_paper_form_is_offered_instead_of_the_screen(visit, site):
    """Where a page has its own paper, the browser's print of the screen is not beside it."""
    visitor = visit(site, "desktop")
    visitor.sign_in(CLERK)
    page = visitor.go("/dispatch/")
    assert page.locator(".actions").get_by_role("link", name="打印").is_visible()
    assert page.locator("[data-print]").is_hidden()
    assert visitor.go("/figures/").locator("[data-print]").is_visible()
