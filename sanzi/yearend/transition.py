"""From the 2004 scheme to that of 2023 (accounting.md 1.8): what becomes of each account.

The same number means something else in the two charts, so nothing is carried over by code alone:
an account goes by (scheme, code) and its name, and what needs judgement waits for a person.
No framework.
"""

import csv
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from sanzi.accounting.chart import chart
from sanzi.kernel.money import ZERO, grouped

OLD, NEW = "2004", "2023"
# The sub-account that takes what comes from elsewhere where an account has sub-accounts already.
ADDED, ADDED_NAME = "99", "制度衔接转入"


@dataclass(frozen=True)
class Rule:
    """What becomes of one national account: direct, split, by purpose, or refused."""

    old: str
    rule: str
    new: str
    options: tuple[str, ...]
    words: str
    is_checked: bool

    @property
    def choices(self) -> tuple[str, ...]:
        """Where its balance may go."""
        return self.options or ((self.new,) if self.new else ())


@dataclass(frozen=True)
class Collision:
    """One number with two meanings."""

    code: str
    old: str
    new: str
    becomes: str


@cache
def rules() -> Mapping[str, Rule]:
    """The table, by old account."""
    with Path(__file__).with_name("transition.csv").open(encoding="utf-8", newline="") as lines:
        return {
            row["old"]: Rule(
                row["old"], row["rule"], row["new"], tuple(row["options"].split()), row["words"],
                row["checked"] == "1",
            )
            for row in csv.DictReader(lines)
        }  # fmt: skip


def collisions() -> list[Collision]:
    """The codes of both charts whose names differ, in order."""
    old, new = chart(OLD), chart(NEW)
    return [
        Collision(code, old[code].name, new[code].name, _becomes(code))
        for code in old
        if code in new and len(code) == 3 and _plain(old[code].name) != _plain(new[code].name)
    ]


def _becomes(code: str) -> str:
    choices = rules()[code].choices
    return "、".join(f"{one} {chart(NEW)[one].name}" for one in choices) or "无余额，不结转"


def _plain(name: str) -> str:
    return name.replace("（", "(").replace("）", ")").replace(" ", "").strip()


# Names under which an account is also known, so that a true name is not refused.
_ALSO = {("2023", "101"): {"现金"}, ("2004", "101"): {"库存现金"}}


def disagreements(scheme: str, named: Iterable[tuple[str, str]]) -> list[str]:
    """National accounts whose name is not the one their code bears under this scheme.

    A trial balance that says 153 在建工程 is not of 2004, whatever it claims to be.
    """
    mine, other = chart(scheme), chart(NEW if scheme == OLD else OLD)
    found = []
    for code, name in named:
        if len(code) != 3:
            continue
        if code not in mine:
            found.append(f"科目 {code} {name}：该会计制度没有这个编码")
        elif _plain(name) not in {_plain(mine[code].name), *_ALSO.get((scheme, code), ())}:
            is_other = code in other and _plain(other[code].name) == _plain(name)
            hint = "；这是另一会计制度的编码，请核对账套的会计制度" if is_other else ""
            found.append(f"科目 {code} {name}：该会计制度中应为“{mine[code].name}”{hint}")
    return found


def target(account: str) -> str:
    """Where an old account goes without anybody's judgement; empty where it needs one.

    Sub-accounts keep their own two digits under the new number.
    """
    rule = rules()[account[:3]]
    return rule.new + account[3:] if rule.new else ""


def options(account: str) -> list[str]:
    """Where a person may send a balance of an old account."""
    rule = rules()[account[:3]]
    own = target(account)
    return [own if one == rule.new else one for one in rule.choices]


def refusals(balances: Mapping[str, Decimal], names: Mapping[str, str]) -> list[str]:
    """Balances that may not stand on the day of the transition."""
    found = []
    for account, amount in balances.items():
        rule = rules().get(account[:3])
        if not amount:
            continue
        if rule is None:
            found.append(f"科目 {account} {names.get(account, '')}没有衔接规则，不能结转")
        elif rule.rule == "refuse" or account.startswith("32201"):
            words = rule.words if rule.rule == "refuse" else "各项分配应无余额"
            found.append(
                f"科目 {account} {names.get(account, '')}余额 {grouped(amount)} 元：{words}"
            )
    return found


def split_fault(account: str, amount: Decimal, parts: Sequence[tuple[str, Decimal]]) -> str | None:
    """What is wrong with dividing an old balance into these parts, or None."""
    allowed = options(account)
    for becomes, _ in parts:
        if becomes not in allowed:
            return f"科目 {account} 不能转入 {becomes}；可以转入 {'、'.join(allowed)}"
    gap = amount - sum((part for _, part in parts), ZERO)
    if gap:
        return f"拆分合计与原余额相差 {grouped(gap)} 元，请核对"
    return None


def leaves(becoming: Collection[str]) -> dict[str, str]:
    """The leaf each new account is booked to: itself, or its sub-account for what was added."""
    return {
        code: code + ADDED if any(o.startswith(code) and o != code for o in becoming) else code
        for code in becoming
    }
