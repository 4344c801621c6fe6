"""One template, shipped or an office's own: found by its key, and what its lines order."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sanzi.access.models import Person
from sanzi.campaigns.giving import Order
from sanzi.campaigns.models import Campaign, TaskTemplate
from sanzi.campaigns.tasks.stages import Judged
from sanzi.kernel.refusals import Missing
from sanzi.kernel.regions import full, level

from .examples import BY_KEY, EXAMPLES
from .lines import Line, from_json


@dataclass(frozen=True)
class Sheet:
    """A template as pages and orders need it. `row` is None of a shipped example."""

    key: str
    title: str
    note: str
    lines: tuple[Line, ...]
    row: TaskTemplate | None = None

    @property
    def is_example(self) -> bool:
        return self.row is None

    @property
    def is_retired(self) -> bool:
        return self.row is not None and self.row.retired_at is not None


def sheet_of(key: str, person: Person) -> Sheet:
    """The template of a key, if this person may look at it. Raises Missing."""
    if example := BY_KEY.get(key):
        return Sheet(example.key, example.title, example.note, example.lines)
    found = None
    if key.isascii() and key.isdecimal() and len(key) < 10:
        found = TaskTemplate.objects.visible_to(person).filter(pk=int(key)).first()
    if found is None:
        raise Missing("scope.missing", "没有找到这份清单模板，或不在您的辖区内")
    return as_sheet(found)


def as_sheet(row: TaskTemplate) -> Sheet:
    return Sheet(str(row.pk), str(row), row.note, from_json(row.lines), row)


def sheets_for(person: Person) -> list[Sheet]:
    """Every template a person may use: their office's and those above, then the examples."""
    rows = TaskTemplate.objects.visible_to(person).filter(retired_at=None)
    shipped = [Sheet(one.key, one.title, one.note, one.lines) for one in EXAMPLES]
    return [*map(as_sheet, rows[:200]), *shipped]


def orders_of(
    sheet: Sheet, codes: set[str], regions: list[str], given_on: date, campaign: Campaign | None
) -> list[Order]:
    """What these lines order for these regions (trimmed codes), each line at its own level.

    The source names list, line and occasion: the same list given twice gives nothing new.
    """
    occasion = f"c{campaign.pk}" if campaign else given_on.isoformat()
    return [
        _order(sheet, line, region, given_on, campaign, occasion)
        for region in regions
        for line in sheet.lines
        if line.code in codes and line.level == _level(region)
    ]


def _level(region: str) -> str:
    return "village" if level(region) == "village" else "town"


def _order(
    sheet: Sheet, line: Line, region: str, given_on: date, campaign: Any, occasion: str
) -> Order:
    return Order(
        village=full(region), matter=line.matter, category=line.category, standard=line.standard,
        role=line.role, starts_on=line.starts_on(given_on), due_on=line.due_on(given_on),
        lead_unit=line.lead_unit, joint_units=line.joint_units, metric=line.metric,
        target=line.wanted, unit=line.unit, at_most=line.at_most,
        judged=Judged.METRIC if line.metric else Judged.EVIDENCE, campaign=campaign,
        template=f"{sheet.key}:{line.code}", source=f"list:{sheet.key}:{line.code}:{occasion}",
    )  # fmt: skip
