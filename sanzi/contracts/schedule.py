"""What falls due when: the instalments of a price agreed over a term, exact to the fen.

One engine for rents, contract fees and, later, the price of a lot sold by instalments. A plan says
the price (by year, by area, or as one total), the rhythm, and what makes years differ: steps,
escalation, months free of rent. Part years count by months or by days. The instalments of a plan
always add up to its total (domain/platforms.md F-3, F-4). No framework.

The unit underneath is the *month of the contract*, counted from its first day. A month weighs one;
one cut short, or partly free of rent, weighs the share of its days that are charged.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import pairwise
from math import lcm

from sanzi.kernel.calendar import months_after
from sanzi.kernel.money import ZERO, from_fen, split
from sanzi.kernel.refusals import Invalid

ONE_SUM = 0
YEARLY, HALF_YEARLY, QUARTERLY, MONTHLY = 12, 6, 3, 1
RHYTHMS = {
    ONE_SUM: "一次性付清", YEARLY: "每年一次", HALF_YEARLY: "每半年一次",
    QUARTERLY: "每季度一次", MONTHLY: "每月一次", 24: "每两年一次", 36: "每三年一次",
    60: "每五年一次", 120: "每十年一次",
}  # fmt: skip

BY_MONTHS, BY_DAYS = "months", "days"
ADVANCE, ARREARS = "advance", "arrears"

# A hundred years of monthly rent: beyond it somebody mistyped a year.
YEARS_MAX = 100
_FEN = Decimal("0.01")
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Step:
    """From this year of the contract on (the first is 1), this much a year, in yuan."""

    from_year: int
    yearly: Decimal


@dataclass(frozen=True)
class Escalation:
    """Every so many years the price rises: by a percentage of the year before, or by an amount."""

    every_years: int
    percent: Decimal = ZERO  # 5 is five per cent
    amount: Decimal = ZERO  # yuan a year
    first_year: int = 0  # the year of the first rise; 0: after the first `every_years`

    def rises(self, year: int) -> int:
        """How often the price has risen by a year of the contract (the first is 1)."""
        first = self.first_year or self.every_years + 1
        return 0 if year < first else (year - first) // self.every_years + 1

    def price(self, base: Decimal, year: int) -> Decimal:
        """The yearly price in a year of the contract; percentages compound."""
        times = self.rises(year)
        if self.percent:
            base *= (1 + self.percent / 100) ** times
        return (base + self.amount * times).quantize(_FEN, ROUND_HALF_UP)


@dataclass(frozen=True)
class Span:
    """Days from the first to the last, both included."""

    first: date
    last: date


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A price over a term. Either `yearly`, or `unit_price` and `area_mu`, or `total`; yuan, mu.

    With a total the years share it as their prices stand to each other, evenly without any.
    `months`: the rhythm, 0 for one sum. `due_on_month_day` is a fixed day of the year such as
    (12, 31); otherwise an instalment falls due `grace_days` after its period begins (`when` is
    advance) or on its last day (arrears).
    """

    starts_on: date
    ends_on: date
    yearly: Decimal | None = None
    unit_price: Decimal | None = None
    area_mu: Decimal | None = None
    total: Decimal | None = None
    months: int = YEARLY
    when: str = ADVANCE
    grace_days: int = 0
    due_on_month_day: tuple[int, int] | None = None
    steps: tuple[Step, ...] = ()
    escalation: Escalation | None = None
    rent_free: tuple[Span, ...] = ()
    count_by: str = BY_MONTHS


@dataclass(frozen=True)
class Instalment:
    """One amount (yuan) falling due on one day for a period, its days both included."""

    ordinal: int
    due_on: date
    from_on: date
    to_on: date
    amount: Decimal


@dataclass(frozen=True)
class _Month:
    """One month of the contract; weight and days are what is charged of it."""

    first: date
    stop: date
    weight: Fraction
    days: int


def instalments(plan: Plan) -> list[Instalment]:
    """The plan's instalments in order; a period wholly free of rent has none.

    Raises Invalid: a term upside down or without end, no price, steps out of order, a rent-free
    span outside the term, a rhythm nobody knows.
    """
    _check(plan)
    months = list(_months(plan))
    size = plan.months or len(months)
    found: list[Instalment] = []
    for part, amount in zip(_groups(months, size), _amounts(plan, months, size), strict=True):
        if not amount:
            continue
        first, last = part[0].first, part[-1].stop - _ONE_DAY
        due_on = _due_on(plan, first, last)
        found.append(Instalment(len(found) + 1, due_on, first, last, amount))
    return found


def total_of(plan: Plan) -> Decimal:
    """What the plan comes to over its term, in yuan."""
    return sum((one.amount for one in instalments(plan)), ZERO)


def yearly_prices(plan: Plan) -> list[Decimal]:
    """The full yearly price of each year of the contract, before anything is left out of it."""
    years = -(-len(list(_months(plan))) // 12)
    return [_price_of(plan, year) for year in range(1, years + 1)]


def by_calendar_year(first: date, last: date, amount: Decimal) -> list[tuple[int, Decimal]]:
    """An amount for a period shared among the calendar years it covers, by months; adds up.

    A month partly covered counts by its days. So five years' rent paid on a 1 January is five equal
    parts, and one paid on a 1 July has half years at both ends.
    """
    weights: dict[int, Fraction] = {}
    day = first
    while day <= last:
        stop = months_after(day.replace(day=1), 1)
        length = (stop - day.replace(day=1)).days
        covered = (min(stop, last + _ONE_DAY) - day).days
        weights[day.year] = weights.get(day.year, Fraction(0)) + Fraction(covered, length)
        day = stop
    scaled = _whole(list(weights.values()))
    return list(zip(weights, split(amount, scaled), strict=True))


def overdue_days(due_on: date, as_of: date) -> int:
    """Days past the due day: zero on the day itself."""
    return max(0, (as_of - due_on).days)


def _check(plan: Plan) -> None:
    if plan.ends_on < plan.starts_on:
        raise Invalid("schedule.term", "终止日期早于起始日期，请核对期限")
    if plan.ends_on.year - plan.starts_on.year > YEARS_MAX:
        raise Invalid("schedule.term", f"期限超过 {YEARS_MAX} 年，请核对终止日期")
    if plan.months and plan.months not in RHYTHMS:
        raise Invalid("schedule.rhythm", "付款周期请选每年、每半年、每季度、每月或一次性")
    amounts = [plan.yearly, plan.unit_price, plan.total, *(step.yearly for step in plan.steps)]
    if any(amount is not None and amount < 0 for amount in amounts):
        raise Invalid("schedule.price", "金额不能是负数")
    if plan.total is None and _base(plan) is None:
        raise Invalid("schedule.price", "请填年租金，或单价和面积，或总价")
    years = [step.from_year for step in plan.steps]
    if any(a >= b for a, b in pairwise([0, *years])):
        raise Invalid("schedule.steps", "阶梯价请按年次从小到大填写，每个年次一行")
    if plan.escalation and plan.escalation.every_years < 1:
        raise Invalid("schedule.escalation", "递增的间隔至少一年")
    for span in plan.rent_free:
        if not plan.starts_on <= span.first <= span.last <= plan.ends_on:
            raise Invalid("schedule.rent_free", "免租期须在合同期限之内，且不能倒置")


def _months(plan: Plan) -> Iterator[_Month]:
    """The months of the contract, each counted from its first day, not from the month before:
    one that begins on a 31st does not drift to the 28th."""
    stop = plan.ends_on + _ONE_DAY
    place = 0
    first = plan.starts_on
    while first < stop:
        place += 1
        full = months_after(plan.starts_on, place)
        end = min(full, stop)
        days = (end - first).days - _free_days(plan.rent_free, first, end)
        yield _Month(first, end, Fraction(days, (full - first).days), days)
        first = full


def _free_days(spans: Sequence[Span], first: date, stop: date) -> int:
    free: set[date] = set()
    for span in spans:
        day = max(span.first, first)
        while day <= span.last and day < stop:
            free.add(day)
            day += _ONE_DAY
    return len(free)


def _groups(months: Sequence[_Month], size: int) -> list[Sequence[_Month]]:
    return [months[start : start + size] for start in range(0, len(months), size)]


def _amounts(plan: Plan, months: Sequence[_Month], size: int) -> list[Decimal]:
    """The amount of each period. Periods of a year add up to the year, years to the total."""
    shares: list[Decimal] = []
    for year, worth in zip(_groups(months, 12), _yearly_amounts(plan, months), strict=True):
        parts = _groups(year, min(size, 12))
        weights = [_weight(plan, part) for part in parts]
        shares += _shared(worth, weights) if worth else [ZERO] * len(parts)
    together = -(-size // 12)  # periods longer than a year are years added up
    if size <= 12:
        return shares
    return [sum(shares[at : at + together], ZERO) for at in range(0, len(shares), together)]


def _yearly_amounts(plan: Plan, months: Sequence[_Month]) -> list[Decimal]:
    """What each year of the contract comes to, in yuan."""
    worth = [
        Fraction(_price_of(plan, place + 1)) * _part_of_year(plan, year, place)
        for place, year in enumerate(_groups(months, 12))
    ]
    return [_round(one) for one in worth] if plan.total is None else _shared(plan.total, worth)


def _weight(plan: Plan, months: Sequence[_Month]) -> Fraction:
    """How much of these months is charged, by days or by months."""
    if plan.count_by == BY_DAYS:
        return Fraction(sum(month.days for month in months))
    return sum((month.weight for month in months), Fraction(0))


def _part_of_year(plan: Plan, year: Sequence[_Month], place: int) -> Fraction:
    """How much of a full year is charged: one, unless it is cut short or partly free."""
    if plan.count_by == BY_DAYS:
        first = months_after(plan.starts_on, 12 * place)
        length = (months_after(plan.starts_on, 12 * place + 12) - first).days
        return _weight(plan, year) / length
    return _weight(plan, year) / 12


def _shared(amount: Decimal, weights: Sequence[Fraction]) -> list[Decimal]:
    if not any(weights):
        raise Invalid("schedule.rent_free", "整个期限都免租，没有可分摊的金额")
    return split(amount, _whole(weights))


def _whole(weights: Sequence[Fraction]) -> list[int]:
    """The same weights as whole numbers, which `split` takes."""
    scale = lcm(*(weight.denominator for weight in weights))
    return [int(weight * scale) for weight in weights]


def _round(amount: Fraction) -> Decimal:
    """To the fen, half up."""
    return from_fen((amount * 200 + 1) // 2)


def _base(plan: Plan) -> Decimal | None:
    """The yearly price of the first year, in yuan."""
    if plan.yearly is not None:
        return plan.yearly
    if plan.unit_price is not None and plan.area_mu is not None:
        return (plan.unit_price * plan.area_mu).quantize(_FEN, ROUND_HALF_UP)
    return plan.steps[0].yearly if plan.steps else None


def _price_of(plan: Plan, year: int) -> Decimal:
    """The yearly price of a year of the contract: its step, then what it has risen by."""
    base = _base(plan)
    for step in plan.steps:
        if step.from_year <= year:
            base = step.yearly
    if base is None:
        return Decimal(1)  # only the total is known: every year alike
    return plan.escalation.price(base, year) if plan.escalation else base


def _due_on(plan: Plan, first: date, last: date) -> date:
    if plan.due_on_month_day is not None:
        return _fixed_day(first, *plan.due_on_month_day)
    return last if plan.when == ARREARS else first + timedelta(days=plan.grace_days)


def _fixed_day(first: date, month: int, day: int) -> date:
    """The first such day of the year on or after the period begins; 29 February may be the 28th."""
    for year in (first.year, first.year + 1):
        found = months_after(date(year, month, 1), 1) - _ONE_DAY
        found = found if found.day < day else found.replace(day=day)
        if found >= first:
            return found
    raise AssertionError("a year holds every day of the year")
