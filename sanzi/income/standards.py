"""What a region sets by itself, as plain values: tiers, one-off accounts. No framework.

What stands here is an example to begin with, 示例，可修改，非官方依据: no source names the edges,
the definition or the accounts of the reference city (clean-up.md 4.6).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sanzi.kernel.money import from_fen, to_fen

from . import tiers
from .definitions import COLLECTIVE
from .parts import part_of

EXAMPLE = "示例，可修改，非官方依据"


@dataclass(frozen=True)
class Tiers:
    """The edges in fen, the definition they measure, and whether one-off income counts."""

    definition: str = COLLECTIVE
    edges: tuple[int, ...] = tiers.EDGES
    counts_one_off: bool = False
    # Nobody has set any: what is shown is an example.
    is_example: bool = True

    @classmethod
    def read(cls, content: Mapping[str, Any]) -> "Tiers":
        edges = tuple(to_fen(Decimal(edge)) for edge in content["edges"])
        return cls(content["definition"], edges, content["counts_one_off"], is_example=False)

    def content(self) -> dict[str, Any]:
        """As stored: yuan as text."""
        edges = [f"{from_fen(edge)}" for edge in self.edges]
        return {
            "definition": self.definition, "edges": edges, "counts_one_off": self.counts_one_off
        }  # fmt: skip


@dataclass(frozen=True)
class Accounts:
    """Accounts whose income is one-off by their nature: scheme and code, leaves below included."""

    codes: tuple[tuple[str, str], ...] = ()

    @classmethod
    def read(cls, content: Mapping[str, Any]) -> "Accounts":
        return cls(tuple((scheme, code) for scheme, code in content["codes"]))

    def content(self) -> dict[str, Any]:
        return {"codes": [list(code) for code in self.codes]}

    def has(self, scheme: str, account: str) -> bool:
        """Whether an account is one of these or lies below one."""
        return any(s == scheme and account.startswith(code) for s, code in self.codes)


# Nothing is one-off by its account until a region says so: sub-accounts differ from place to place.
APART = Accounts()


def faults_of_accounts(codes: Sequence[tuple[str, str]]) -> list[str]:
    """What is wrong with accounts as a person typed them."""
    found = []
    for scheme, code in codes:
        if not (code.isascii() and code.isdecimal() and 3 <= len(code) <= 11 and len(code) % 2):
            found.append(f"“{code[:12]}”不是科目编码，应为 3、5、7、9 或 11 位数字")
        elif (part := part_of(scheme, code)) is None or part.category != "income":
            found.append(f"{scheme} 年制度的 {code} 不是收入科目")
    return found
