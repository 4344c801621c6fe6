"""Figures as the pages print them: grouped, in words, each leading to its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sanzi.metrics.catalogue import Figure, metric
from sanzi.web import formats
from sanzi.web.asked import YUAN

from . import links

# The heads of the figures page, by the first word of a metric's id.
GROUPS: tuple[tuple[str, str], ...] = (
    ("contracts", "合同"),
    ("receivables", "债权"),
    ("debts", "债务"),
    ("income", "增收"),
    ("villages", "村级收入"),
)

# No source says how sealed claims count (domain/clean-up.md 2.6): all three are shown.
POLICIES: tuple[tuple[str, str], ...] = (
    ("receivables.recovery_rate", "留在分母，不计入分子（本系统各处所用）"),
    ("receivables.recovery_rate_sealed_excluded", "分子分母都不计"),
    ("receivables.recovery_rate_sealed_counted", "视同清收，计入分子"),
)

COMPOSITION: tuple[str, ...] = (
    "receivables.cash",
    "receivables.set_off",
    "receivables.adjusted",
    "receivables.written_off",
    "receivables.mediated",
    "receivables.litigated",
    "receivables.unclassified",
)

CHILD_METRICS: tuple[str, ...] = (
    "contracts.irregular",
    "contracts.regularised_rate",
    "receivables.locked",
    "receivables.recovered",
    "receivables.recovery_rate",
    "debts.locked",
    "debts.resolution_rate",
    "debts.new",
)


@dataclass(frozen=True)
class Box:
    """One figure in print."""

    metric: str
    label: str
    text: str
    unit: str
    formula: str
    url: str
    value: Decimal | int | None


def unit_of(figure: Figure, money_unit: str) -> str:
    """The unit to print: money in the unit of the page, a rate in none."""
    if figure.unit == "率":
        return ""
    return money_unit if figure.unit == YUAN else figure.unit


def text_of(value: Decimal | int | None, unit: str, money_unit: str) -> str:
    """A value in print; its unit stands beside it or in the head."""
    return formats.figure(value, money_unit if unit == YUAN else unit)


def box(figure: Figure, region: str, as_of: date, money_unit: str) -> Box:
    return Box(
        metric=figure.metric,
        label=figure.label,
        text=text_of(figure.value, figure.unit, money_unit),
        unit=unit_of(figure, money_unit),
        formula=metric(figure.metric).formula,
        url=links.rows(figure.metric, region, as_of),
        value=figure.value,
    )


def grouped(
    figures: Sequence[Figure], region: str, as_of: date, money_unit: str
) -> list[tuple[str, list[Box]]]:
    """Every figure under its head; the other two readings of a sealed claim stand apart."""
    apart = {id for id, _ in POLICIES[1:]}
    shown = [box(f, region, as_of, money_unit) for f in figures if f.metric not in apart]
    return [
        (title, [one for one in shown if one.metric.partition(".")[0] == word])
        for word, title in GROUPS
    ]


def policies(
    figures: dict[str, Figure], region: str, as_of: date, money_unit: str
) -> list[tuple[Box, str]]:
    return [(box(figures[id], region, as_of, money_unit), words) for id, words in POLICIES]


def composition(figures: dict[str, Figure]) -> list[tuple[str, Decimal]]:
    """What the recovered sum is made of, in yuan; kinds that brought nothing are left out."""
    found = ((figures[id].label, figures[id].value) for id in COMPOSITION)
    return [(label, value) for label, value in found if isinstance(value, Decimal) and value]
