"""What goals are measured in: the figures of the catalogue, and a village's own yearly income.

A value is drawn from rows as of a day; nobody types one.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sanzi.metrics.catalogue import METRICS, figure, metric
from sanzi.metrics.rows import parts_of
from sanzi.metrics.shares import totals_by_region
from sanzi.villages.figures import collective_income
from sanzi.villages.models import Income
from sanzi.web import formats

INCOME = "villages.income"


@dataclass(frozen=True)
class Measure:
    """One measure: its words and unit. `falls`: whether less is better (new debts)."""

    id: str
    label: str
    unit: str

    @property
    def falls(self) -> bool:
        return self.id in _FALLING

    def shown(self, value: Decimal | None) -> str:
        """A value as people read it, with its unit."""
        if value is None:
            return "无数据"
        if self.unit == "率":
            return formats.rate(value)
        if self.unit == "元":
            return f"{formats.money(value)} 元"
        return f"{formats.number(value)} {self.unit}"

    def brief(self, value: Decimal | None) -> str:
        """The same without its unit, and without fen where there are none: for narrow columns."""
        if value is None or self.unit == "率":
            return self.shown(value)
        return f"{value.normalize():,f}" if value == value.to_integral() else f"{value:,.2f}"


_FALLING = frozenset({"contracts.irregular", "debts.new"})

MEASURES: dict[str, Measure] = {
    INCOME: Measure(INCOME, "村集体经济收入（不含补助）", "元"),
    **{one.id: Measure(one.id, one.label, one.unit) for one in METRICS},
}
# What the monthly sheet of a class shows unless its office chooses otherwise.
MONTHLY = (INCOME, "contracts.regularised_rate", "receivables.recovered", "debts.resolved",
           "income.jobs")  # fmt: skip

Values = dict[tuple[str, str], Decimal | None]


def values_of(measures: Collection[str], villages: Sequence[str], as_of: date) -> Values:
    """{(village, measure): value}; two queries, and one more for every 500 villages."""
    found: Values = _incomes(villages, as_of) if INCOME in measures else {}
    wanted = [metric(id) for id in measures if id != INCOME]
    if not wanted or not villages:
        return found
    parts = sorted({part for one in wanted for part in parts_of(one)})
    sums = totals_by_region(list(dict.fromkeys(villages)), as_of, parts)
    for village in villages:
        for one in wanted:
            value = figure(one, sums.get(village, {})).value
            found[village, one.id] = None if value is None else Decimal(value)
    return found


def _incomes(villages: Sequence[str], as_of: date) -> Values:
    """Each village's latest year on record that has begun by the day."""
    found: Values = dict.fromkeys(((village, INCOME) for village in villages), None)
    rows = Income.objects.filter(village__in=set(villages), year__lte=as_of.year)
    for row in rows.order_by("year"):
        income = collective_income(vars(row))
        if income is not None:
            found[row.village, INCOME] = income
    return found
