"""Income has several official readings: each by name, as a sum of parts, with its source.

Clean-up.md 4.6: a tier or a goal names one. Which of them a county's papers mean nobody can tell
from here, so every definition says where it comes from, and what was not read in a source is marked
unverified. Amounts are whole fen. No framework.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from .parts import BEGUN, DISTRIBUTED, LABELS, TRANSFERRED

_GROSS = ("operating", "contracted", "investment", "subsidy", "tax_refund", "other_income")
_SPENT = (
    "operating_expense", "duties", "management", "welfare", "other_expense", "income_tax",
)  # fmt: skip


@dataclass(frozen=True)
class Definition:
    """One reading: the parts added, those taken off, and those it cannot be said without."""

    code: str  # Stored with tiers, goals and statements: never renamed, never reused.
    label: str
    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    source: str = ""
    is_verified: bool = False

    @property
    def formula(self) -> str:
        """The sum in words; what only one of the schemes has is among them."""
        added = "＋".join(LABELS[key] for key in self.plus)
        return added + "".join(f"－{LABELS[key]}" for key in self.minus)

    @property
    def parts(self) -> tuple[str, ...]:
        return self.plus + self.minus


DEFINITIONS: tuple[Definition, ...] = (
    Definition(
        "collective", "村级集体经济收入（不含补助）",
        ("operating", "contracted", "investment", "other_income"),
        source="“不含补助”的一种读法，各地口径不一；百村百万、十万清零原文没有说明用哪一种",
    ),
    Definition(
        "stable", "稳定（经营性）收入", ("operating", "contracted", "investment"),
        source="泰安等地考核只认经营性收入的读法",
    ),
    Definition(
        "operating_result", "经营收益", ("operating", "contracted", "investment"),
        ("operating_expense", "duties", "management"), ("operating_expense", "management"),
        source="农村经济统计口径：补助收入、其他收入不计；税金及附加 2024 年起减",
    ),
    Definition(
        "total", "总收入", _GROSS, source="收益及收益分配表各项收入之和", is_verified=True,
    ),
    Definition(
        "result", "本年收益", _GROSS, _SPENT,
        ("operating_expense", "management", "other_expense"),
        source="收益及收益分配表：总收入减各项支出（2024 年起含公益支出、所得税费用）",
        is_verified=True,
    ),
    Definition(
        "distributable", "可分配收益", (*_GROSS, BEGUN, TRANSFERRED), _SPENT,
        ("operating_expense", "management", "other_expense", BEGUN),
        source="收益及收益分配表：本年收益＋年初未分配收益＋其他转入", is_verified=True,
    ),
    Definition(
        "undistributed", "年末未分配收益", (*_GROSS, BEGUN, TRANSFERRED),
        (*_SPENT, DISTRIBUTED),
        ("operating_expense", "management", "other_expense", BEGUN, DISTRIBUTED),
        source="收益及收益分配表：可分配收益减去本年分配，应与资产负债表一致", is_verified=True,
    ),
)  # fmt: skip

UNVERIFIED = "口径待核实，可在“分档标准”里改选"
COLLECTIVE = "collective"
_BY_CODE = {one.code: one for one in DEFINITIONS}


def definition(code: str) -> Definition:
    """The definition of this code. Raises KeyError when there is none."""
    return _BY_CODE[code]


def is_known(code: str) -> bool:
    return code in _BY_CODE


def lacking(of: Definition, amounts: Mapping[str, int]) -> list[str]:
    """The names of what is missing to say it, in its own order; empty when it can be said.

    A register row with some income lines filled is taken as filled: a village without investments
    leaves that cell blank. Expenses left blank are unknown.
    """
    missing = [LABELS[key] for key in of.needs if key not in amounts]
    if not any(key in amounts for key in of.plus):
        missing = [LABELS[key] for key in of.plus[:1]] + missing
    return missing


def value(of: Definition, amounts: Mapping[str, int]) -> int | None:
    """The income in fen under this definition; None when it cannot be said of these amounts."""
    if lacking(of, amounts):
        return None
    added = sum(amounts.get(key, 0) for key in of.plus)
    return added - sum(amounts.get(key, 0) for key in of.minus)


def one_off_in(of: Definition, apart: Mapping[str, int]) -> int:
    """How much of the income under this definition is one-off: its own income parts alone."""
    return sum(apart.get(key, 0) for key in of.plus)
