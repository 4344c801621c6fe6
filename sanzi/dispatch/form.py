"""The dispatch sheets (日调度表, 双周调度表) as the paper forms have them: columns and lines."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

from sanzi.kernel.money import from_fen
from sanzi.metrics.catalogue import Unit, figure, metric
from sanzi.metrics.parts import stored

from .ranking import DEFAULT_RULE, Flag, FlagRule, flags, ranks, score

Totals = Mapping[str, int]
Value = Decimal | int | None


Mode = Literal["standing", "change", "numerator", "rows", "things", "words"]


@dataclass(frozen=True)
class FormColumn:
    """One column. A cell names its metric, or the things it counts (counting.py).

    `standing` is the figure at the cut-off, `change` what was added since the last one,
    `numerator` the upper part of a rate, `rows` how many rows brought something since. `tag` is
    the word an office's own layout asks for it by. A `cumulative` figure never falls unexplained.
    """

    group: str
    title: str
    metric: str
    mode: Mode = "standing"
    tag: str = ""
    cumulative: bool = False

    @property
    def is_change(self) -> bool:
        return self.mode in ("change", "rows")

    @property
    def is_figure(self) -> bool:
        """Whether it is worked out from a metric's sums."""
        return self.mode not in ("things", "words")

    @cached_property
    def unit(self) -> Unit:
        """A rate's change is that of its numerator, so it is counted like the numerator."""
        if self.mode in ("rows", "things"):
            return "笔"
        if self.mode == "words":
            return "个"
        found = metric(self.metric)
        if self.mode != "standing" and found.numerator:
            return metric(found.numerator[0][0]).unit
        return found.unit

    def stored(self, totals: Totals) -> int:
        """The figure in base units: of a rate, what stands above the line."""
        above = metric(self.metric).numerator
        if above is None:
            return totals.get(self.metric, 0)
        return sum(sign * totals.get(id, 0) for id, sign in above)

    def value(self, now: Totals, before: Totals) -> Value:
        """Yuan, a count, or a rate; None for a rate nothing lies under."""
        if self.mode == "standing" and metric(self.metric).is_rate:
            return figure(metric(self.metric), now).value
        found = self.stored(now)
        if self.mode == "change":
            found -= self.stored(before)
        return from_fen(found) if self.unit == "元" else found


def _c(group: str, title: str, metric: str, tag: str, *, cumulative: bool = False) -> FormColumn:
    return FormColumn(group, title, metric, tag=tag, cumulative=cumulative)


# 双周调度 (domain/clean-up.md 4.3).
COLUMNS: tuple[FormColumn, ...] = (
    _c("合同（份）", "总数", "contracts.total", "合同总数"),
    _c("合同（份）", "问题", "contracts.irregular", "问题合同"),
    _c("合同（份）", "修订", "contracts.revised", "修订合同"),
    _c("合同（份）", "解除", "contracts.terminated", "解除合同"),
    _c("合同（份）", "司法", "contracts.litigated", "司法合同"),
    _c("合同（份）", "提级", "contracts.escalated", "提级合同", cumulative=True),
    _c("合同（份）", "规范率", "contracts.regularised_rate", "规范率"),
    _c("债权", "锁定", "receivables.locked", "锁定债权"),
    _c("债权", "现金", "receivables.cash", "现金清收", cumulative=True),
    _c("债权", "抵扣", "receivables.set_off", "抵扣清收", cumulative=True),
    _c("债权", "调账", "receivables.adjusted", "调账清收", cumulative=True),
    _c("债权", "核销", "receivables.written_off", "核销清收", cumulative=True),
    _c("债权", "封存", "receivables.sealed", "封存债权"),
    _c("债权", "清收率", "receivables.recovery_rate", "清收率"),
    _c("债务", "锁定", "debts.locked", "锁定债务"),
    _c("债务", "现金", "debts.cash", "现金化解", cumulative=True),
    _c("债务", "冲抵", "debts.set_off", "冲抵化解", cumulative=True),
    _c("债务", "资产抵", "debts.asset", "资产化解", cumulative=True),
    _c("债务", "减免", "debts.reduced", "减免化解", cumulative=True),
    _c("债务", "核销", "debts.written_off", "核销化解", cumulative=True),
    _c("债务", "调账", "debts.adjusted", "调账化解", cumulative=True),
    _c("债务", "化解", "debts.resolved", "化解债务", cumulative=True),
    _c("债务", "化解率", "debts.resolution_rate", "化解率"),
    _c("增收", "资源", "income.resources", "资源增收", cumulative=True),
    _c("增收", "资产", "income.assets", "资产增收", cumulative=True),
    # What they are counted from is cumulative too, and stands in no column of its own.
    FormColumn(
        "本期变化",
        "规范（份）",
        "contracts.regularised_rate",
        "change",
        "本期规范",
        cumulative=True,
    ),
    FormColumn("本期变化", "清收", "receivables.recovered", "change", "本期清收", cumulative=True),
    FormColumn("本期变化", "化解", "debts.resolved", "change", "本期化解"),
)
# 日调度 (the same section).
DAILY: tuple[FormColumn, ...] = (
    FormColumn("今日对账函", "发", "receivables.notices", "change", "今日发函"),
    FormColumn("今日对账函", "回", "replies", "things", "今日回函"),
    FormColumn("今日清收", "笔数", "receivables.recovered", "rows", "今日清收笔数"),
    FormColumn("今日清收", "金额", "receivables.recovered", "change", "今日清收"),
    FormColumn("累计", "清收", "receivables.recovered", "standing", "清收累计", cumulative=True),
    FormColumn(
        "累计", "规范合同", "contracts.regularised_rate", "numerator", "规范合同", cumulative=True
    ),
    FormColumn("今日", "新增收费", "contracts.gain_received", "change", "今日新增收费"),
    FormColumn("待办", "矛盾纠纷", "disputes", "things", "矛盾纠纷"),
    FormColumn("待办", "需协调", "blockers", "things", "需协调"),
    FormColumn("填报", "填报人", "reporter", "words", "填报人"),
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
    values: tuple[Value, ...]
    rank: int | None
    flag: Flag | None


FORMS: dict[str, tuple[FormColumn, ...]] = {"daily": DAILY, "biweekly": COLUMNS}


def needed(columns: Sequence[FormColumn] = COLUMNS) -> set[str]:
    """The stored metrics a sheet is worked out from; what ranks a line is among them."""
    figures = (column.metric for column in columns if column.is_figure)
    return stored(figures) | stored(RANKED)


def values(now: Totals, before: Totals) -> tuple[Value, ...]:
    """The figures of one region, in the order of the columns."""
    return tuple(column.value(now, before) for column in COLUMNS)


Placed = dict[str, tuple[int | None, Flag | None]]


def placed(
    sums: Mapping[str, Totals], codes: Iterable[str], rule: FlagRule = DEFAULT_RULE
) -> Placed:
    """Rank and flag of each region among these, by its three rates."""
    scores = {code: _score(sums.get(code, {})) for code in codes}
    order, flagged = ranks(scores), flags(scores, rule)
    return {code: (order.get(code), flagged.get(code)) for code in scores}


def lines(
    regions: Iterable[tuple[str, str]],
    now: Mapping[str, Totals],
    before: Mapping[str, Totals],
    rule: FlagRule = DEFAULT_RULE,
) -> list[Line]:
    """One line a region (code, name), in the order given, ranked among themselves."""
    named = dict(regions)
    return [
        Line(code, named[code], values(now.get(code, {}), before.get(code, {})), rank, flag)
        for code, (rank, flag) in placed(now, named, rule).items()
    ]


def _score(totals: Totals) -> Decimal | None:
    rates = (figure(metric(id), totals).value for id in RANKED)
    return score(rate for rate in rates if rate is None or isinstance(rate, Decimal))
