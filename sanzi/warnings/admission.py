"""The budget: so many new warnings a village a month, a person a day; the rest is for the digest.

Pure. Block and confirm never count: they happen where the thing is done. What was shown is never
taken away again, so a budget once kept stays kept.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from .rules.rule import EXAMPLE, Parameter

CODE = "BUDGET"
PARAMETERS = (
    Parameter("village_month", "每村每月最多新增预警", "条", Decimal(5), most=Decimal(1000),
              source=EXAMPLE),
    Parameter("person_day", "每人每天最多新看到", "条", Decimal(10), most=Decimal(1000),
              source=EXAMPLE),
    Parameter("accept_days", "接收期限", "个工作日", Decimal(2), Decimal(1), Decimal(30),
              source=EXAMPLE),
    Parameter("handle_days", "办理期限", "个工作日", Decimal(10), Decimal(1), Decimal(120),
              source=EXAMPLE),
)  # fmt: skip


class Candidate(NamedTuple):
    """A warning that waits to be shown: how grave, how much money, and which it is."""

    level: int
    money: Decimal
    key: str


def by_weight(candidate: Candidate) -> tuple[int, Decimal, str]:
    """The gravest first, then the most money; a tie is broken the same way every time."""
    return (-candidate.level, -candidate.money, candidate.key)


def admit(candidates: Iterable[Candidate], used: int, most: int) -> tuple[list[str], list[str]]:
    """The keys shown now and those held back, when `used` of `most` are spent already."""
    ordered = [one.key for one in sorted(candidates, key=by_weight)]
    left = max(most - used, 0)
    return ordered[:left], ordered[left:]
