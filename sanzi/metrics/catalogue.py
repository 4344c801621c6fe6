"""Every figure there is, once: id, label, unit, formula in words, and the rows behind it.

`sanzi check`, `sanzi report`, pages, the wall map and forms read this table; there is no second
copy of a formula. Rates are worked out of stored figures here, never stored themselves.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from sanzi.kernel.money import from_fen

Unit = Literal["个", "份", "笔", "元", "人", "村", "率"]
Sum = tuple[tuple[str, int], ...]  # Metrics and the sign each enters with.

_FOUR_PLACES = Decimal("0.0001")


@dataclass(frozen=True, kw_only=True)
class Metric:
    """One figure. A rate has a numerator and a denominator; all else is a sum of contributions."""

    id: str  # Public: pages, JSON and forms use it. Never renamed, never reused.
    label: str
    unit: Unit
    formula: str
    register: str  # The register whose rows are behind it.
    numerator: Sum | None = None
    denominator: Sum | None = None

    @property
    def money(self) -> bool:
        """Whether it is stored in fen and shown in yuan."""
        return self.unit == "元"

    @property
    def is_rate(self) -> bool:
        return self.numerator is not None


@dataclass(frozen=True)
class Figure:
    """A metric's value: yuan with two places, a count, or a fraction of one with four places."""

    metric: str
    label: str
    unit: Unit
    value: Decimal | int | None  # None: a rate whose denominator is zero.
    # Of rates only, in yuan or as counts.
    numerator: Decimal | int | None = None
    denominator: Decimal | int | None = None


def _count(id: str, label: str, unit: Unit, formula: str, register: str) -> Metric:
    return Metric(id=id, label=label, unit=unit, formula=formula, register=register)


def _yuan(id: str, label: str, formula: str, register: str) -> Metric:
    return Metric(id=id, label=label, unit="元", formula=formula, register=register)


def _rate(id: str, label: str, formula: str, register: str, over: tuple[Sum, Sum]) -> Metric:
    numerator, denominator = over
    return Metric(
        id=id,
        label=label,
        unit="率",
        formula=formula,
        register=register,
        numerator=numerator,
        denominator=denominator,
    )


def _plus(*metrics: str) -> Sum:
    return tuple((metric, 1) for metric in metrics)


_LOCKED: Sum = _plus("receivables.locked")
_INCOME = "村集体经济收入（经营收入+投资收益+其他收入，不含补助）"

METRICS: tuple[Metric, ...] = (
    _count("contracts.total", "合同总数", "份", "台账内全部合同", "contracts"),
    _count(
        "contracts.irregular", "不规范合同", "份",
        "有未被推翻的问题，或已有处置记录的合同；不含家庭承包合同", "contracts",
    ),
    _count(
        "contracts.revised", "完善修订", "份",
        "不规范合同中最近一次处置为完善修订的", "contracts",
    ),
    _count(
        "contracts.terminated", "解除撤销", "份",
        "不规范合同中最近一次处置为解除撤销的", "contracts",
    ),
    _count(
        "contracts.litigated", "司法处置", "份",
        "不规范合同中最近一次处置为司法诉讼的，立案即计入", "contracts",
    ),
    _count(
        "contracts.escalated", "提级处置", "份",
        "曾提级处置的合同；提级是途径不是结果，与上三项分开计", "contracts",
    ),
    _rate(
        "contracts.regularised_rate", "合同规范率",
        "（完善修订+解除撤销+司法处置）÷不规范合同", "contracts",
        (
            _plus("contracts.revised", "contracts.terminated", "contracts.litigated"),
            _plus("contracts.irregular"),
        ),
    ),
    _count(
        "contracts.large", "大额合同", "份",
        "合同总价（未填时为年应交×整年数）500万元及以上的合同；不含家庭承包合同", "contracts",
    ),
    _count("receivables.count", "债权笔数", "笔", "台账内全部债权", "receivables"),
    _yuan(
        "receivables.locked", "锁定债权",
        "基准日已形成债权的账面余额；未填余额的为原始本金−已收", "receivables",
    ),
    _yuan(
        "receivables.recovered", "清收债权",
        "现金+账务调整+冲转抵顶+核销减免+诉前调解+依法追缴+未分项；锁定债权在基准日之后的处置，不含封存",
        "receivables",
    ),
    _rate(
        "receivables.recovery_rate", "清收率", "清收债权÷锁定债权；封存的留在分母，不计入分子",
        "receivables", (_plus("receivables.recovered"), _LOCKED),
    ),
    _yuan("receivables.cash", "现金清收", "专人清收、现金偿还、收取费用", "receivables"),
    _yuan("receivables.sealed", "打包封存", "打包封存；不是核销，余额留在账上", "receivables"),
    _yuan("receivables.adjusted", "账务调整", "账务调整、剔除水分", "receivables"),
    _yuan("receivables.set_off", "冲转抵顶", "冲转、抵顶、资产抵债", "receivables"),
    _yuan("receivables.written_off", "核销减免", "冲销、核销、减免、减息", "receivables"),
    _yuan("receivables.mediated", "诉前调解", "诉前调解", "receivables"),
    _yuan("receivables.litigated", "依法追缴", "依法追缴、司法诉讼", "receivables"),
    _yuan("receivables.unclassified", "未分项", "未分项，以及不属于以上各项的方式", "receivables"),
    _rate(
        "receivables.cash_rate", "现金清收率", "现金清收÷锁定债权",
        "receivables", (_plus("receivables.cash"), _LOCKED),
    ),
    _count("debts.count", "债务笔数", "笔", "台账内全部债务", "debts"),
    _yuan(
        "debts.locked", "锁定债务",
        "基准日已形成债务的账面余额；未填余额的为原始本金−已还本金", "debts",
    ),
    _yuan(
        "debts.resolved", "化解债务", "锁定债务在基准日之后的处置金额，下函对账除外", "debts",
    ),
    _rate(
        "debts.resolution_rate", "化解率", "化解债务÷锁定债务", "debts",
        (_plus("debts.resolved"), _plus("debts.locked")),
    ),
    _yuan("debts.new", "新增债务", "基准日之后形成的债务的原始本金，应为零", "debts"),
    _yuan("income.resources", "盘活资源增收", "盘活资源项目的实际增收", "projects"),
    _yuan("income.assets", "盘活资产增收", "盘活资产项目的实际增收", "projects"),
    _count("income.projects", "项目造血", "个", "项目造血的项目数", "projects"),
    _yuan("income.projects_expected", "项目造血预计增收", "项目造血的预计年增收", "projects"),
    _count("income.jobs", "带动就业", "人", "各增收项目带动就业人数之和", "projects"),
    _count("villages.count", "行政村", "村", "村情表内的村", "villages"),
    _count(
        "villages.income_at_least_1m", "收入100万元及以上的村", "村",
        f"最近一年{_INCOME}≥1,000,000.00元的村", "incomes",
    ),
    _count(
        "villages.income_at_least_100k", "收入10万元及以上的村", "村",
        f"最近一年{_INCOME}≥100,000.00元的村", "incomes",
    ),
    _rate(
        "villages.income_at_least_100k_rate", "收入10万元及以上的村占比",
        "收入10万元及以上的村÷行政村", "incomes",
        (_plus("villages.income_at_least_100k"), _plus("villages.count")),
    ),
    # Beside the agreed ids: what the reference town also publishes, and the two other policies
    # for sealed claims, since no source says which one counts (domain/clean-up.md 2.6).
    _count(
        "receivables.notices", "下函对账份数", "份", "下函对账的次数，不论基准日", "receivables",
    ),
    _count(
        "receivables.mediated_claims", "诉前调解债权", "笔",
        "有诉前调解记录的债权，每笔计一次，不论基准日", "receivables",
    ),
    _rate(
        "receivables.recovery_rate_sealed_excluded", "清收率（封存不计）",
        "清收债权÷（锁定债权−打包封存）", "receivables",
        (_plus("receivables.recovered"), (*_LOCKED, ("receivables.sealed", -1))),
    ),
    _rate(
        "receivables.recovery_rate_sealed_counted", "清收率（封存视同清收）",
        "（清收债权+打包封存）÷锁定债权", "receivables",
        (_plus("receivables.recovered", "receivables.sealed"), _LOCKED),
    ),
    _count(
        "receivables.reconciliations", "对账函份数", "份",
        "下函对账中编号类别为 DZ 的份数，不论基准日", "receivables",
    ),
    _count(
        "receivables.replies", "对账回函份数", "份",
        "收到的回函，按收到日期计；退回重填的不计", "receivables",
    ),
    _rate(
        "receivables.reply_rate", "对账回函率", "对账回函份数÷对账函份数", "receivables",
        (_plus("receivables.replies"), _plus("receivables.reconciliations")),
    ),
    _count(
        "receivables.served", "送达份数", "份",
        "有签收或送达证明的函，每份计一次，按第一次送达的日期计", "receivables",
    ),
    _rate(
        "receivables.service_rate", "送达率", "送达份数÷下函对账份数", "receivables",
        (_plus("receivables.served"), _plus("receivables.notices")),
    ),
    # Planned, signed and received never add up to each other; a claim carried into a new contract
    # counts with the claims and nowhere else (domain/clean-up.md 1.6).
    _yuan(
        "contracts.gain_planned", "清合同计划增收",
        "合同清理时登记的计划增收（合同期合计），以最近一次登记为准；不是签订数", "effects",
    ),
    _yuan(
        "contracts.gain_signed", "清合同签订增收",
        "补充协议、重新签订、续签在剩余期限内比原约定多出的价款；不含并入的旧债权；提前终止的从终止日减去",
        "effects",
    ),
    _yuan(
        "contracts.gain_yearly", "清合同签订年增收",
        "补充协议、重新签订、续签后年价款−此前年价款", "effects",
    ),
    _yuan(
        "contracts.gain_received", "清合同到账增收",
        "签订增收中已收款并复核入账的部分；每期先抵原约定价款和并入的旧债权，余下才计增收；转债权后收回的不计",
        "effects",
    ),
    # Of what was resolved, how: beside the headline rate the part that was money.
    _yuan("debts.cash", "现金偿还", "现金偿还（含清收、增收、盘活、奖补还债）", "debts"),
    _yuan("debts.set_off", "债务冲转抵顶", "冲转、抵顶", "debts"),
    _yuan("debts.asset", "资产抵债", "资产抵债", "debts"),
    _yuan("debts.reduced", "减息减免", "减息、减免", "debts"),
    _yuan("debts.written_off", "债务核销", "核销、冲销", "debts"),
    _yuan("debts.adjusted", "债务调账、剔除水分", "账务调整、剔除水分", "debts"),
    _yuan("debts.unclassified", "债务未分项", "未分项，以及不属于以上各项的方式", "debts"),
    _rate(
        "debts.cash_rate", "现金化解率", "现金偿还÷锁定债务", "debts",
        (_plus("debts.cash"), _plus("debts.locked")),
    ),
)  # fmt: skip

_BY_ID = {metric.id: metric for metric in METRICS}


def metric(id: str) -> Metric:
    """The metric of this id. Raises KeyError when there is none."""
    return _BY_ID[id]


def figures(totals: Mapping[str, int]) -> list[Figure]:
    """Every figure, in order, of the stored sums; a metric without a sum is zero."""
    return [figure(metric, totals) for metric in METRICS]


def figure(metric: Metric, totals: Mapping[str, int]) -> Figure:
    if metric.numerator is None or metric.denominator is None:
        value = _shown(metric, totals.get(metric.id, 0))
        return Figure(metric.id, metric.label, metric.unit, value)
    above, below = _add(metric.numerator, totals), _add(metric.denominator, totals)
    base = _BY_ID[metric.denominator[0][0]]
    return Figure(
        metric.id,
        metric.label,
        metric.unit,
        _divide(above, below),
        numerator=_shown(base, above),
        denominator=_shown(base, below),
    )


def _shown(metric: Metric, value: int) -> Decimal | int:
    return from_fen(value) if metric.money else value


def _add(parts: Sum, totals: Mapping[str, int]) -> int:
    return sum(sign * totals.get(id, 0) for id, sign in parts)


def _divide(above: int, below: int) -> Decimal | None:
    if below <= 0:
        return None
    return (Decimal(above) / Decimal(below)).quantize(_FOUR_PLACES, ROUND_HALF_UP)
