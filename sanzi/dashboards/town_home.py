"""A town's work as tiles: each says how far it is and leads to where it is done."""

from django.urls import reverse
from django.utils.http import urlencode

from sanzi.web import formats

from .homes import CASH, Area
from .village_home import Tile, warned_tile

# Title, the rate it shows, the page it leads to.
WORK = (
    ("清合同", "contracts.regularised_rate", "cleanup:cases-desk"),
    ("清收", "receivables.recovery_rate", "receivables:desk"),
    ("化债", "debts.resolution_rate", "debts:plan"),
)


def tiles(area: Area) -> list[Tile]:
    """The three kinds of work with their rates, and the warnings; one query of the latter."""
    region = "?" + urlencode({"region": area.region.code})
    work = [
        Tile(title, reverse(page) + region, _said(area, rate), _hint(area, rate))
        for title, rate, page in WORK
    ]
    return [*work, warned_tile(area.warned, area.region.code)]


def _said(area: Area, rate: str) -> str:
    value = area.figure(rate).value
    return formats.figure(value, "率") if value is not None else "—"


def _hint(area: Area, rate: str) -> str:
    if rate != "receivables.recovery_rate":
        return area.figure(rate).label
    return f"清收率；其中现金 {_said(area, CASH)}"
