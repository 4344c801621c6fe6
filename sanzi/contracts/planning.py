"""From what a contract says to the plan of what falls due. No framework."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from .schedule import (
    ADVANCE,
    BY_MONTHS,
    ONE_SUM,
    QUARTERLY,
    YEARLY,
    Escalation,
    Instalment,
    Plan,
    Span,
    Step,
)  # fmt: skip

_MODES = {"一次性": ONE_SUM, "按年": YEARLY, "按季": QUARTERLY, "按月": 1}
# 9999-12-31 is how some offices write "without end".
_NO_END = date.max


def rule_of(terms: Mapping[str, Any]) -> dict[str, Any]:
    """The rhythm a contract's own words give, as kept in a Schedule; a person may change it."""
    months = _MODES.get(terms.get("payment_mode") or "", YEARLY)
    return {"months": months, "when": ADVANCE, "grace_days": 0, "count_by": BY_MONTHS}


def plan_of(terms: Mapping[str, Any], rule: Mapping[str, Any]) -> Plan | None:
    """The plan of these terms in this rhythm; None while term or price is not known.

    A yearly amount stands before a unit price, a unit price before a total: the total of many
    contracts is what somebody once multiplied.
    """
    starts_on = terms.get("starts_on") or terms.get("signed_on")
    ends_on = terms.get("ends_on")
    price = _price(terms)
    if not (starts_on and ends_on and (price or rule.get("steps"))) or ends_on == _NO_END:
        return None
    day = rule.get("due_on")
    rising = rule.get("escalation")
    return Plan(
        starts_on=starts_on,
        ends_on=ends_on,
        months=rule.get("months", YEARLY),
        when=rule.get("when", ADVANCE),
        grace_days=rule.get("grace_days", 0),
        due_on_month_day=(day[0], day[1]) if day else None,
        count_by=rule.get("count_by", BY_MONTHS),
        steps=tuple(Step(year, Decimal(yearly)) for year, yearly in rule.get("steps", ())),
        escalation=_escalation(rising) if rising else None,
        rent_free=tuple(
            Span(date.fromisoformat(first), date.fromisoformat(last))
            for first, last in rule.get("rent_free", ())
        ),
        **price,
    )


def rest(dues: Iterable[Instalment], first: date) -> list[Instalment]:
    """What is left of instalments from a day on; the one that day falls in is cut by its days."""
    found = []
    for due in dues:
        if due.to_on < first:
            continue
        if due.from_on < first:
            amount = amount_between([due], first, due.to_on)
            due = replace(due, from_on=first, due_on=max(due.due_on, first), amount=amount)
        if due.amount:
            found.append(due)
    return found


def amount_between(dues: Iterable[Instalment], first: date, last: date) -> Decimal:
    """What instalments give for the days from first to last, each counted by its days."""
    found = Decimal("0.00")
    for due in dues:
        start, stop = max(due.from_on, first), min(due.to_on, last)
        if start > stop:
            continue
        days, length = (stop - start).days + 1, (due.to_on - due.from_on).days + 1
        found += (due.amount * days / length).quantize(Decimal("0.01"))
    return found


def _price(terms: Mapping[str, Any]) -> dict[str, Any]:
    if terms.get("pricing") == "无偿":
        return {}
    if terms.get("yearly_amount"):
        return {"yearly": terms["yearly_amount"]}
    if terms.get("unit_price") and terms.get("contract_area_mu"):
        return {"unit_price": terms["unit_price"], "area_mu": terms["contract_area_mu"]}
    return {"total": terms["total_amount"]} if terms.get("total_amount") else {}


def _escalation(kept: Mapping[str, Any]) -> Escalation:
    return Escalation(
        every_years=kept["every_years"],
        percent=Decimal(kept.get("percent", "0")),
        amount=Decimal(kept.get("amount", "0")),
        first_year=kept.get("first_year", 0),
    )
