"""The money effect of putting contracts right: planned, signed and received, never mixed.

计划 is what somebody expects, 签订 what the new terms bring beyond the old ones over the rest of
the term, 到账 what of that has come in and been posted. A claim carried into a new agreement is old
money: it counts where claims are counted, not here; and a due that became a claim no longer counts
here at all. So one benefit is never counted twice (domain/clean-up.md 1.6). No framework.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sanzi.kernel.money import ZERO, split, to_fen
from sanzi.metrics.share import Contribution

from .planning import amount_between, plan_of
from .schedule import instalments

PLANNED, SIGNED, YEARLY, RECEIVED = (
    "contracts.gain_planned", "contracts.gain_signed", "contracts.gain_yearly",
    "contracts.gain_received",
)  # fmt: skip


@dataclass(frozen=True)
class Agreed:
    """One amendment: when it was signed, its gain over the term, and what a year is worth more."""

    signed_on: date
    gain: Decimal
    yearly: Decimal


@dataclass(frozen=True)
class Paid:
    """One due of an amendment with the money posted against it, by day."""

    amount: Decimal
    gain: Decimal
    payments: Sequence[tuple[date, Decimal]]


def gain_of(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    effective_on: date,
    rule: Mapping[str, Any],
    carried: Decimal = ZERO,
) -> Decimal:
    """What new terms bring from their day on beyond the old ones for the same days, in yuan.

    Days the old terms did not cover brought nothing before. Carried claims are left out, as far as
    there is a gain to leave them out of. Negative when the new terms bring less; zero when they
    cannot be priced.
    """
    plan = plan_of(after, rule)
    if plan is None:
        return ZERO
    former = plan_of(before, rule)
    coming = amount_between(instalments(plan), effective_on, plan.ends_on)
    had = amount_between(instalments(former), effective_on, former.ends_on) if former else ZERO
    difference = coming - had
    return difference - min(carried, max(difference, ZERO))


def yearly_price(terms: Mapping[str, Any]) -> Decimal | None:
    """What a year is worth by these terms, in yuan; a total is shared by the years of the term."""
    if terms.get("pricing") == "无偿":
        return ZERO
    if (yearly := terms.get("yearly_amount")) is not None:
        return Decimal(yearly)
    unit, area = terms.get("unit_price"), terms.get("contract_area_mu")
    if unit is not None and area is not None:
        return _fen(unit * area)
    first = terms.get("starts_on") or terms.get("signed_on")
    last, total = terms.get("ends_on"), terms.get("total_amount")
    if not (first and last and total) or last <= first or last == date.max:
        return None
    days = (last - first).days + 1
    return _fen(total * Decimal("365.2425") / days) if days > 365 else total


def gains_of(dues: Sequence[tuple[Decimal, Decimal]], carried: Decimal) -> list[Decimal]:
    """The gain of each due (amount, former), carried claims taken off all in proportion."""
    more = [max(amount - former, ZERO) for amount, former in dues]
    old = min(carried, sum(more, ZERO))
    shares = split(old, more) if old else [ZERO] * len(dues)
    return [amount - former - share for (amount, former), share in zip(dues, shares, strict=True)]


def effect_shares(
    plans: Iterable[tuple[date, Decimal]],
    agreed: Sequence[Agreed],
    lost: tuple[date, Decimal] | None,
    paid: Iterable[Paid],
) -> list[Contribution]:
    """What one contract adds to each figure of effect, and from which day.

    `plans`: day and amount expected, in order; each later one takes the place of the one before.
    `lost`: the day of an early end, and what of the signed gain will not come.
    """
    shares = list(_planned(plans))
    for one in agreed:
        shares += _some(SIGNED, one.signed_on, one.gain)
        shares += _some(YEARLY, one.signed_on, one.yearly)
    if lost is not None and agreed:
        on, amount = lost
        shares += _some(SIGNED, on, -amount)
        shares += _some(YEARLY, on, -sum((one.yearly for one in agreed), ZERO))
    for due in paid:
        shares += _received(due)
    return shares


def _planned(plans: Iterable[tuple[date, Decimal]]) -> Iterator[Contribution]:
    before = ZERO
    for on, amount in plans:
        yield from _some(PLANNED, on, amount - before)
        before = amount


def _received(due: Paid) -> Iterator[Contribution]:
    """First the old price is paid, then the gain; a lower price counts once it is all there."""
    old, so_far = due.amount - due.gain, ZERO
    for on, amount in sorted(due.payments):
        before, so_far = so_far, so_far + amount
        if due.gain >= 0:
            yield from _some(RECEIVED, on, max(so_far - old, ZERO) - max(before - old, ZERO))
        elif before < due.amount <= so_far:
            yield from _some(RECEIVED, on, due.gain)


def _some(metric: str, on: date, amount: Decimal) -> Iterator[Contribution]:
    if amount:
        yield Contribution(metric, on, to_fen(amount))


def _fen(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
