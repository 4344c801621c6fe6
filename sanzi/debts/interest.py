"""Interest on an old debt worked out again against the cap in force when it was agreed. Pure.

民间借贷规定 第25条: not above four times the one-year LPR at the time of the contract; 第27条:
interest written into a new note is principal only as far as it kept within the cap, and the whole
may never be more than the first principal with interest at the cap. Earlier regimes and every LPR
row are own knowledge: `unverified`, shown as such, and replaced by what an office enters.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from sanzi.kernel.money import ZERO, grouped
from sanzi.kernel.refusals import Invalid

_FEN = Decimal("0.01")
YEAR = 365


@dataclass(frozen=True)
class Cap:
    """The yearly rate (0.24 is 24 %) that interest agreed from a day on may not exceed."""

    from_on: date
    rate: Decimal
    source: str
    unverified: bool = True


# Shipped defaults, oldest first; none was read in an official text.
CAPS: tuple[Cap, ...] = (
    Cap(date(2015, 9, 1), Decimal("0.24"), "法释〔2015〕18号：超过24%的不予支持"),
    Cap(date(2020, 8, 20), Decimal("0.154"), "一年期LPR 3.85%的四倍"),
    Cap(date(2021, 12, 20), Decimal("0.152"), "一年期LPR 3.80%的四倍"),
    Cap(date(2022, 1, 20), Decimal("0.148"), "一年期LPR 3.70%的四倍"),
    Cap(date(2022, 8, 22), Decimal("0.146"), "一年期LPR 3.65%的四倍"),
    Cap(date(2023, 6, 20), Decimal("0.142"), "一年期LPR 3.55%的四倍"),
    Cap(date(2023, 8, 21), Decimal("0.138"), "一年期LPR 3.45%的四倍"),
    Cap(date(2024, 7, 22), Decimal("0.134"), "一年期LPR 3.35%的四倍"),
    Cap(date(2024, 10, 21), Decimal("0.124"), "一年期LPR 3.10%的四倍"),
)  # fmt: skip


@dataclass(frozen=True)
class Flow:
    """On a day: interest written into the principal (rolled up), or money paid. Yuan."""

    on: date
    rolled: Decimal = ZERO
    paid: Decimal = ZERO


@dataclass(frozen=True)
class Recalculation:
    """What is owed by law, in yuan, and how it came about."""

    principal: Decimal
    interest: Decimal
    cap: Cap
    rate: Decimal
    # Interest written into the principal that may not stand there.
    rejected: Decimal
    said: tuple[str, ...]

    @property
    def payable(self) -> Decimal:
        return self.principal + self.interest

    def excess(self, left: Decimal) -> Decimal:
        """By how much a balance on the books exceeds what is owed by law."""
        return max(left - self.payable, ZERO)


def cap_on(agreed_on: date, entered: Iterable[Cap] = ()) -> Cap:
    """The cap when a contract was made; rows an office entered go before the shipped ones.

    Raises Invalid for a day before every row: that cap must be looked up and entered.
    """
    # Of one day the entered row counts, and of those the last.
    by_day = {cap.from_on: cap for cap in (*CAPS, *entered)}
    known = [cap for day, cap in sorted(by_day.items()) if day <= agreed_on]
    if not known:
        raise Invalid(
            "interest.cap",
            f"{agreed_on} 的利率上限（当时同类贷款利率的四倍）还没有录入，请查证后先登记",
        )
    return known[-1]


def recalculate(
    principal: Decimal,
    rate: Decimal,
    agreed_on: date,
    until: date,
    flows: Sequence[Flow] = (),
    entered: Iterable[Cap] = (),
) -> Recalculation:
    """What a debt of `principal` yuan at a yearly `rate` comes to on a day, within the cap.

    Simple interest by days over 365; money pays interest before principal (民法典 第561条). Raises
    Invalid for days out of order or a cap nobody entered.
    """
    if until < agreed_on or any(not agreed_on <= flow.on <= until for flow in flows):
        raise Invalid("interest.days", "日期应在借款日和计算截止日之间，请核对")
    cap = cap_on(agreed_on, entered)
    used = min(rate, cap.rate)
    said = [_said_of_cap(rate, cap)]
    owed, interest, rejected, paid, day = principal, ZERO, ZERO, ZERO, agreed_on
    for flow in sorted(flows, key=lambda flow: flow.on):
        interest += _interest(owed, used, day, flow.on)
        day = flow.on
        admitted = min(flow.rolled, interest)
        owed, interest = owed + admitted, interest - admitted
        rejected += flow.rolled - admitted
        if flow.rolled:
            said.append(_said_of_roll(flow, admitted))
        if flow.paid:
            to_interest = min(flow.paid, interest)
            interest -= to_interest
            owed -= min(flow.paid - to_interest, owed)
            paid += flow.paid
            said.append(f"{flow.on} 还 {grouped(flow.paid)} 元，先抵利息 {grouped(to_interest)} 元")
    interest += _interest(owed, used, day, until)
    most = max(principal + _interest(principal, cap.rate, agreed_on, until) - paid, ZERO)
    if owed + interest > most:
        said.append(
            f"本息合计不得超过最初本金加按上限计算的利息，扣除已还为 {grouped(most)} 元（第27条）"
        )
        owed = min(owed, most)
        interest = most - owed
    said.append(f"到 {until} 应付本金 {grouped(owed)} 元、利息 {grouped(interest)} 元")
    return Recalculation(owed, interest, cap, used, rejected, tuple(said))


def _interest(principal: Decimal, rate: Decimal, since: date, until: date) -> Decimal:
    return (principal * rate * (until - since).days / YEAR).quantize(_FEN, ROUND_HALF_UP)


def percent(rate: Decimal) -> str:
    """A rate as people say it: 15.4%."""
    return f"{(rate * 100).normalize():f}%"


def _said_of_cap(rate: Decimal, cap: Cap) -> str:
    mark = "（未核对官方文本）" if cap.unverified else ""
    said = f"约定时的年利率上限为 {percent(cap.rate)}：{cap.source}{mark}"
    if rate > cap.rate:
        return f"{said}；约定 {percent(rate)} 超过上限，按上限计算"
    return f"{said}；约定 {percent(rate)} 没有超过上限"


def _said_of_roll(flow: Flow, admitted: Decimal) -> str:
    said = f"{flow.on} 利息 {grouped(flow.rolled)} 元转入本金"
    if admitted == flow.rolled:
        return f"{said}，没有超过上限，可以计为本金（民间借贷规定第27条）"
    beyond = grouped(flow.rolled - admitted)
    return f"{said}，其中 {beyond} 元超过上限，不能计为本金（民间借贷规定第27条）"
