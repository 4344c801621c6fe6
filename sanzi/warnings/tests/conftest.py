"""Warnings of Shangtian and Xiatian, made by looks that see what a test says they see."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from sanzi.access.system import system_person
from sanzi.warnings.actions.looking import write_down
from sanzi.warnings.following import Key
from sanzi.warnings.looking import Fired
from sanzi.warnings.models import Event
from sanzi.warnings.rules import RULE_OF
from sanzi.warnings.rules.rule import Row, Subject
from sanzi.warnings.standards import Standards
from tests.books import collective
from tests.brought import bring, brought, visit
from tests.world import SHANGTIAN, XIATIAN

__all__ = ("bring", "brought", "collective", "visit")

ON = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
# A cause as a test writes it: rule, thing, what is measured, yuan.
Cause = tuple[str, str, int, int]


def fired(village: str, cause: Cause, on: date) -> tuple[Key, Fired]:
    """What a look would say: W-35 by days late, W-41 and W-17 by how many."""
    code, thing, number, money = cause
    rule = RULE_OF[code]
    day = on - timedelta(days=number) if code == "W-35" else on
    many = 1 if code == "W-35" else number
    rows = [Row(f"contracts.due:{n}", f"第 {n} 期", Decimal(money), day) for n in range(many)]
    subject = Subject(village, thing, f"{thing} 某合同", rows)
    effective = Standards(on).over(village)[code]
    verdict = rule.judge(subject, effective.values, on)
    assert verdict is not None
    return Key(code, thing), Fired(rule, subject, verdict, effective)


@pytest.fixture
def see(people: Any) -> Callable[..., Any]:
    """Look on a day and see exactly these causes: see(("W-35", "a", 31, 500), ...)."""

    def look(*causes: Cause, village: str = SHANGTIAN, on: date = ON, now: datetime = NOON) -> Any:
        seen = {village: dict(fired(village, cause, on) for cause in causes)}
        return write_down(
            villages=[village], seen=seen, on=on, standards=Standards(on),
            by=system_person("system_warnings"), now=now,
        )  # fmt: skip

    return look


@pytest.fixture
def late(see: Callable[..., Any]) -> Event:
    """Shangtian's rent is 31 days late: one yellow warning, on the list."""
    see(("W-35", "contracts.contract:1", 31, 500))
    see(("W-35", "canary-cause", 31, 500), village=XIATIAN)
    return Event.objects.get(village=SHANGTIAN)
