"""The sample rules of disclosure: dated habits a town may change, never shown as law."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sanzi.kernel.refusals import Invalid

from .models import RuleValue

_WIDTHS = (12, 9, 6, 4, 2, 0)
_DAYS_MAX = 366


@dataclass(frozen=True)
class Rule:
    """One rule: its value where nobody set another, what it may be, where it comes from."""

    name: str
    title: str
    value: str
    unit: str
    choices: tuple[tuple[str, str], ...]
    basis: str
    is_checked: bool

    def check(self, value: str) -> str:
        """The value if it may be set. Raises Invalid."""
        value = value.strip()
        if self.choices:
            if value not in dict(self.choices):
                raise Invalid("disclosure.rule", f"“{self.title}”请从所列选项中选择")
            return value
        if not (value.isascii() and value.isdigit() and 1 <= int(value) <= _DAYS_MAX):
            raise Invalid("disclosure.rule", f"“{self.title}”应填 1 至 {_DAYS_MAX} 的整数")
        if self.name == "due_day" and int(value) > 28:
            raise Invalid("disclosure.rule", "公开截止日应填 1 至 28，每个月都有这一天")
        return str(int(value))


@cache
def standard() -> dict[str, Rule]:
    """The rules as delivered, by name."""
    with Path(__file__).with_name("policy.csv").open(encoding="utf-8", newline="") as lines:
        return {row["name"]: _rule(row) for row in csv.DictReader(lines)}


def _rule(row: dict[str, str]) -> Rule:
    choices = tuple(
        (value, words) for value, words in (c.split(" ", 1) for c in row["choices"].split("|") if c)
    )
    return Rule(
        row["name"],
        row["title"],
        row["value"],
        row["unit"],
        choices,
        row["basis"],
        row["checked"] == "1",
    )


@dataclass(frozen=True)
class Policy:
    """The rules in force in one village."""

    values: dict[str, str]

    def days(self, name: str) -> int:
        return int(self.values[name])

    def says(self, name: str, value: str) -> bool:
        return self.values[name] == value


def policies(villages: Iterable[str]) -> dict[str, Policy]:
    """The rules of each village, the nearest region's setting before a wider one's; one query."""
    wanted = list(villages)
    regions = {village[:width] for village in wanted for width in _WIDTHS}
    known: dict[tuple[str, str], str] = {}
    for region, name, value in (
        RuleValue.objects.filter(region__in=regions)
        .order_by("pk")
        .values_list("region", "name", "value")
    ):
        known[region, name] = value
    return {village: Policy(_of(village, known)) for village in wanted}


def policy(village: str) -> Policy:
    """The rules in force in one village (or any region); one query."""
    return policies([village])[village]


def _of(village: str, known: dict[tuple[str, str], str]) -> dict[str, str]:
    found = {name: rule.value for name, rule in standard().items()}
    for name in found:
        for width in _WIDTHS:
            if (village[:width], name) in known:
                found[name] = known[village[:width], name]
                break
    return found
