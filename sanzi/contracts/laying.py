"""Dues made from a plan, and taken back when an amendment or an end makes them untrue.

Called by actions of this feature and by `amending` and `ending`, inside their transaction. A due
that has been paid, booked or turned into a claim is never taken back: what follows it is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, Max, OuterRef, QuerySet

from sanzi.kernel.money import ZERO

from .models import Accrual, Allocation, Amendment, Arrear, Contract, Due, Schedule, Stage
from .planning import amount_between, plan_of, rest, rule_of
from .schedule import Instalment, instalments

_ONE_DAY = timedelta(days=1)


def lay(contract: Contract, terms: Mapping[str, Any], schedule: Schedule) -> int:
    """Make the dues of a contract that has none; how many."""
    plan = plan_of(terms, schedule.rule)
    return _make(contract, instalments(plan), (), None) if plan else 0


def lay_rest(contract: Contract, planned: Iterable[Instalment], first: date | None) -> int:
    """Make what is left of a plan from a day on (None: all of it); how many dues."""
    return _make(contract, rest(planned, first) if first else list(planned), (), None)


def lay_anew(
    contract: Contract,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    amendment: Amendment,
    now: datetime,
) -> int:
    """After an amendment: untouched dues from its day on give way to those of the new terms.

    Each new due remembers what the terms before gave for the same days. A contract nobody made a
    schedule for gets the one its own words give, from that day on. Returns how many dues it made.
    """
    schedule, _ = Schedule.objects.get_or_create(
        contract=contract,
        defaults={
            "village": contract.village,
            "rule": rule_of(after),
            "set_by": amendment.recorded_by,
            "set_at": now,
        },
    )
    first = _cut(contract, amendment.effective_on, f"contracts.amendment:{amendment.pk}", now)
    former, plan = plan_of(before, schedule.rule), plan_of(after, schedule.rule)
    if plan is None:
        return 0
    return _make(
        contract, rest(instalments(plan), first), instalments(former) if former else (), amendment
    )


def stop(contract: Contract, ended_on: date, source: str, now: datetime) -> int:
    """After an end: nothing falls due for days beyond it; the period it falls in is cut by days.

    Returns how many dues were taken back.
    """
    beyond = list(_untouched(contract).filter(to_on__gt=ended_on))
    _withdraw(beyond, source, now)
    for due in beyond:
        _keep_part(due, ended_on)
    return len(beyond)


def withdraw_untouched(contract: Contract, source: str, now: datetime) -> date | None:
    """Take back every due nobody has touched; the day after the last one left, if any is."""
    _withdraw(list(_untouched(contract)), source, now)
    last = Due.objects.filter(contract=contract).live().aggregate(last=Max("to_on"))["last"]
    return last + _ONE_DAY if last else None


def _cut(contract: Contract, effective_on: date, source: str, now: datetime) -> date:
    """Take back what lies ahead of the day; from which day the new terms are laid."""
    ahead = list(_untouched(contract).filter(to_on__gte=effective_on))
    _withdraw(ahead, source, now)
    for due in ahead:
        _keep_part(due, effective_on - _ONE_DAY)
    last = Due.objects.filter(contract=contract).live().aggregate(last=Max("to_on"))["last"]
    return max(effective_on, last + _ONE_DAY) if last else effective_on


def _untouched(contract: Contract) -> QuerySet[Due]:
    paid = Allocation.objects.filter(due=OuterRef("pk")).exclude(payment__stage=Stage.REFUSED)
    booked = Accrual.objects.filter(due=OuterRef("pk")).exclude(stage=Stage.REFUSED)
    claimed = Arrear.objects.filter(due=OuterRef("pk"))
    live = Due.objects.filter(contract=contract).live()
    return live.exclude(Exists(paid) | Exists(booked) | Exists(claimed)).order_by("ordinal")


def _withdraw(dues: Iterable[Due], source: str, now: datetime) -> None:
    keys = [due.pk for due in dues]
    Due.objects.filter(pk__in=keys).update(withdrawn_at=now, withdrawn_by=source)


def _make(
    contract: Contract,
    plan: Iterable[Instalment],
    former: Iterable[Instalment],
    amendment: Amendment | None,
) -> int:
    last = Due.objects.filter(contract=contract).aggregate(last=Max("ordinal"))["last"] or 0
    before = list(former)
    dues = []
    for place, one in enumerate(plan, start=last + 1):
        amount: Any = one.amount
        had: Any = amount_between(before, one.from_on, one.to_on) if before else ZERO
        due = Due(
            village=contract.village,
            contract=contract,
            ordinal=place,
            due_on=one.due_on,
            from_on=one.from_on,
            to_on=one.to_on,
            amount=amount,
            former=had,
            amendment=amendment,
        )
        due.place()
        dues.append(due)
    Due.objects.bulk_create(dues)
    return len(dues)


def _keep_part(due: Due, last: date) -> None:
    """What is left of a due that was taken back, up to a day: by its days; nothing if none."""
    whole = Instalment(due.ordinal, due.due_on, due.from_on, due.to_on, due.amount)
    if amount := amount_between([whole], due.from_on, last):
        former = replace(whole, amount=due.former)
        kept = replace(whole, to_on=last, amount=amount)
        _make(due.contract, [kept], [former], due.amendment)
