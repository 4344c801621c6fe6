"""The dispatch sheet (双周调度表) as the paper form has it: its columns, its lines, its total."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sanzi.metrics.catalogue import Unit, figure, metric

from .parts import stored
from .ranking import Flag, flags, ranks, score

PERIOD = timedelta(days=14)

Totals = Mapping[str, int]


@dataclass(frozen=True)
class FormColumn:
    """One column of figures. With `is_change` it holds what was added since the last cut-off."""

    group: str
    title: str
    metric: str
    is_change: bool = False

    @property
    def unit(self) -> Unit:
        """A rate's change is that of its numerator, so it is counted like the numerator."""
        found = metric(self.metric)
        if self.is_change and found.numerator:
            return metric(found.numerator[0][0]).unit
        return found.unit

    def value(self, now: Totals, before: Totals) -> Decimal | int | None:
        shown = figure(metric(self.metric), now)
        if not self.is_change:
            return shown.value
        earlier = figure(metric(self.metric), before)
        if shown.denominator is not None:
            return _less(shown.numerator, earlier.numerator)
        return _less(shown.value, earlier.value)


def _less(now: Decimal | int | None, before: Decimal | int | None) -> Decimal | int:
    assert now is not None
    assert before is not None
    return now - before


COLUMNS: tuple[FormColumn, ...] = (
    FormColumn("合同（份）", "总数", "contracts.total"),
    FormColumn("合同（份）", "问题", "contracts.irregular"),
    FormColumn("合同（份）", "修订", "contracts.revised"),
    FormColumn("合同（份）", "解除", "contracts.terminated"),
    FormColumn("合同（份）", "司法", "contracts.litigated"),
    FormColumn("合同（份）", "提级", "contracts.escalated"),
    FormColumn("合同（份）", "规范率", "contracts.regularised_rate"),
    FormColumn("债权", "锁定", "receivables.locked"),
    FormColumn("债权", "现金", "receivables.cash"),
    FormColumn("债权", "抵扣", "receivables.set_off"),
    FormColumn("债权", "调账", "receivables.adjusted"),
    FormColumn("债权", "核销", "receivables.written_off"),
    FormColumn("债权", "封存", "receivables.sealed"),
    FormColumn("债权", "清收率", "receivables.recovery_rate"),
    FormColumn("债务", "锁定", "debts.locked"),
    FormColumn("债务", "化解", "debts.resolved"),
    FormColumn("债务", "化解率", "debts.resolution_rate"),
    FormColumn("增收", "资源", "income.resources"),
    FormColumn("增收", "资产", "income.assets"),
    FormColumn("本期变化", "规范（份）", "contracts.regularised_rate", is_change=True),
    FormColumn("本期变化", "清收", "receivables.recovered", is_change=True),
    FormColumn("本期变化", "化解", "debts.resolved", is_change=True),
)
# The rank stands before what changed.
RANK_AT = next(i for i, column in enumerate(COLUMNS) if column.is_change)

RANKED = ("contracts.regularised_rate", "receivables.recovery_rate", "debts.resolution_rate")

NOTE = (
    "清收率的分子除现金、抵扣（冲转）、调账、核销外，还有诉前调解、依法追缴和未分项；封存不计入。"
    "规范率＝（修订＋解除＋司法）÷问题合同；提级是途径，另计。增收为盘活资源、资产的实际增收"
)


@dataclass(frozen=True)
class Line:
    """One region of the sheet."""

    code: str
    name: str
    values: tuple[Decimal | int | None, ...]
    rank: int | None
    flag: Flag | None


def needed() -> set[str]:
    """The stored metrics the sheet is worked out from."""
    return stored(column.metric for column in COLUMNS)


def values(now: Totals, before: Totals) -> tuple[Decimal | int | None, ...]:
    """The figures of one region, in the order of the columns."""
    return tuple(column.value(now, before) for column in COLUMNS)


def lines(
    regions: Iterable[tuple[str, str]], now: Mapping[str, Totals], before: Mapping[str, Totals]
) -> list[Line]:
    """One line a region (code, name), in the order given, ranked among themselves."""
    named = dict(regions)
    scores = {code: _score(now.get(code, {})) for code in named}
    placed, flagged = ranks(scores), flags(scores)
    return [
        Line(
            code=code,
            name=name,
            values=values(now.get(code, {}), before.get(code, {})),
            rank=placed.get(code),
            flag=flagged.get(code),
        )
        for code, name in named.items()
    ]


def _score(totals: Totals) -> Decimal | None:
    rates = (figure(metric(id), totals).value for id in RANKED)
    return score(rate for rate in rates if rate is None or isinstance(rate, Decimal))


def earlier(cut_off: date) -> date:
    """The last period's cut-off."""
    return cut_off - PERIOD
