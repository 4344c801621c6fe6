"""What the first page of each post shows: one sentence, then what there is to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localdate

from sanzi.access.models import Person
from sanzi.dispatch.form import RANKED
from sanzi.dispatch.levels import LEVEL_WORDS, LEVELS
from sanzi.dispatch.live import Cell, Row, Sheet
from sanzi.kernel.regions import level as level_of
from sanzi.metrics import regions
from sanzi.metrics.catalogue import Figure, figure, metric
from sanzi.metrics.parts import stored
from sanzi.orgs.models import Region
from sanzi.warnings import queries as warned
from sanzi.warnings.registers import TONES
from sanzi.web import formats
from sanzi.web.asked import WAN, YUAN

from . import boxes, links
from .months import month_ends

# The sentence every post reads first (design: the answer in one line).
ANSWER = ("receivables.locked", "receivables.recovered", "receivables.recovery_rate")
# Beside the headline rate stands the part of it that is money.
CASH = "receivables.cash_rate"
EXCEPTIONS = 20

_ENDINGS = ("街道", "社区", "村", "镇", "乡", "县", "区", "旗", "市", "省")


def ours(region: Region, is_own: bool) -> str:
    """本村, 本镇, 本街道 … for the post's own region; another one goes by its name."""
    if not is_own:
        return region.name
    return "本" + next((word for word in _ENDINGS if region.name.endswith(word)), "地")


class Trend(NamedTuple):
    """A rate of today with its month ends."""

    box: boxes.Box
    points: list[tuple[date, Decimal]]


class Standing(NamedTuple):
    """One region of the ranking."""

    rank: int
    row: Row
    rates: list[Cell]


class Lamp(NamedTuple):
    """How many warnings of one colour are on the list, and where they stand."""

    word: str
    tone: str
    many: int
    url: str


class Oddity(NamedTuple):
    """A village somebody should ask about, and why."""

    name: str
    url: str
    why: str
    tone: str


@dataclass(frozen=True)
class Area:
    """A region as its leaders see it, as of a day."""

    person: Person
    region: Region
    as_of: date

    @cached_property
    def _days(self) -> list[date]:
        return month_ends(self.as_of)

    @cached_property
    def _history(self) -> list[regions.Totals]:
        return regions.history_of(self.region.code, self._days, stored((*ANSWER, *RANKED, CASH)))

    @property
    def unit(self) -> str:
        return YUAN if self.region.level == "village" else WAN

    @cached_property
    def answer(self) -> list[boxes.Box]:
        """Owed, recovered, and the rate of the two."""
        return [self._box(self.figure(id)) for id in ANSWER]

    def figure(self, id: str) -> Figure:
        return figure(metric(id), self._history[-1])

    def _box(self, found: Figure) -> boxes.Box:
        return boxes.box(found, self.region.code, self.as_of, self.unit)

    @property
    def trends(self) -> list[Trend]:
        """The three rates, each through the last month ends; days without a rate are left out."""
        return [Trend(self._box(self.figure(id)), self._points(id)) for id in RANKED]

    def _points(self, id: str) -> list[tuple[date, Decimal]]:
        values = (figure(metric(id), totals).value for totals in self._history)
        found = zip(self._days, values, strict=True)
        return [(on, value) for on, value in found if isinstance(value, Decimal)]

    @cached_property
    def warned(self) -> warned.Counted:
        """How many warnings are on the list here; one query."""
        return warned.counted(self.person, self.region.code, localdate())

    @property
    def lamps(self) -> list[Lamp]:
        """Them by colour, the gravest first."""
        asked = {"region": self.region.code, "state": "listed"}
        url = reverse("warnings:events")
        return [
            Lamp(level.word, TONES[level], many,
                 f"{url}?{urlencode({**asked, 'of_colour': str(int(level))})}")
            for level, many in self.warned.colours
        ]  # fmt: skip

    @cached_property
    def sheet(self) -> Sheet:
        level = LEVELS[self.region.level][0]
        spots = [spot for spot in self._spots if level_of(spot.code) == level]
        return Sheet(self.region.code, level, self.as_of, self.unit, spots)

    @cached_property
    def _spots(self) -> list[regions.Spot]:
        """What lies right below, and the villages; one query for both."""
        level = LEVELS[self.region.level][0]
        return regions.regions_in(self.region.code, *{level, "village"})

    @property
    def level_word(self) -> str:
        return LEVEL_WORDS[self.sheet.level]

    @property
    def heads(self) -> list[str]:
        return [metric(id).label for id in RANKED]

    @property
    def ranking(self) -> list[Standing]:
        """The regions below, best first; those without any rate are not ranked."""
        ranked = [line for line in self.sheet.lines if line.rank is not None]
        return [
            Standing(line.rank or 0, self.sheet.row(line), self.sheet.cells_for(line, RANKED))
            for line in sorted(ranked, key=lambda line: line.rank or 0)
        ]

    @cached_property
    def oddities(self) -> list[Oddity]:
        """Villages that have recovered nothing, or have borrowed since the base was locked."""
        wanted = ("receivables.locked", "receivables.recovered", "debts.new")
        (sums,) = regions.sums_on(self.region.code, "village", [self.as_of], wanted)
        villages = [spot for spot in self._spots if level_of(spot.code) == "village"]
        found = (_oddities(spot, sums.get(spot.code), self.as_of) for spot in villages)
        return [oddity for mine in found for oddity in mine]

    @property
    def oddities_listed(self) -> Sequence[Oddity]:
        return self.oddities[:EXCEPTIONS]


def _oddities(spot: regions.Spot, sums: regions.Totals | None, as_of: date) -> list[Oddity]:
    if not sums:
        return []
    found = []
    if new := figure(metric("debts.new"), sums).value:
        words = f"新增债务 {formats.money(new)} 元"
        found.append(Oddity(spot.name, links.rows("debts.new", spot.code, as_of), words, "danger"))
    if sums.get("receivables.locked", 0) > 0 and not sums.get("receivables.recovered", 0):
        url = links.rows("receivables.locked", spot.code, as_of)
        found.append(Oddity(spot.name, url, "锁定债权至今没有清收", "warn"))
    return found
