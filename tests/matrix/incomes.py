"""A town's income goal, call and report; of each village a statement and an undecided mark."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal

from sanzi.access.models import Person
from sanzi.access.system import system_person
from sanzi.income.models import Call, Goal, OneOff, Report, Statement

from .rows import canary

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def keep_incomes(villages: Iterable[str]) -> dict[str, dict[str, int]]:
    """Keys by kind and village; a goal is that of the village's town."""
    by = system_person("system_import")
    codes = list(villages)
    goals = {
        town: Goal.objects.create(
            region=town, title=f"目标{town}", definition="collective", by_on=date(2022, 12, 31),
            threshold=Decimal(100000), set_by=by, set_at=NOW,
        ).pk
        for town in sorted({code[:9] for code in codes})
    }  # fmt: skip
    marks = {
        code: OneOff.objects.create(
            village=code, year=2022, part="operating", amount=Decimal("1.00"), kind="land",
            reason=f"一次{canary(code, 'oo')}", proposed_by=by, proposed_at=NOW,
        ).pk
        for code in codes
    }  # fmt: skip
    towns = sorted({code[:9] for code in codes})
    calls = {
        town: Call.objects.create(
            region=town, year=2022, quarter=0, due_on=date(2023, 1, 31), set_by=by, set_at=NOW
        )
        for town in towns
    }
    # One of another year was reported: its sums may be sent back.
    reports = {town: _report(town, by) for town in towns}
    statements = {
        code: Statement.objects.create(
            call=calls[code[:9]], village=code, explanation=f"说明{canary(code, 'ex')}"
        ).pk
        for code in codes
    }
    return {
        "income-goal": {code: goals[code[:9]] for code in codes},
        "income-mark": marks,
        "income-call": {code: calls[code[:9]].pk for code in codes},
        "income-report": {code: reports[code[:9]] for code in codes},
        "income-statement": statements,
    }


def _report(town: str, by: Person) -> int:
    call = Call.objects.create(
        region=town, year=2021, quarter=0, due_on=date(2022, 1, 31), set_by=by, set_at=NOW
    )
    done = Report.objects.create(call=call, region=town, sums={}, villages=1, set_by=by, set_at=NOW)
    return int(done.pk)
