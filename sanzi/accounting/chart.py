"""The national charts of accounts (科目表) as data, by scheme; a code alone means nothing.

Source: 财会〔2023〕14号, 财会〔2004〕12号 (accounting.md 1.2, 1.8). `is_checked` is false for what
nobody has held against the printed text yet. No framework.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sanzi.kernel.refusals import Invalid

SCHEMES = {
    "2023": "农村集体经济组织会计制度（财会〔2023〕14号）",
    "2004": "村集体经济组织会计制度（财会〔2004〕12号）",
}
DEPTH_MAX = 4  # levels of an account: 501, 50101, 5010101, 501010101

_FOLDER = Path(__file__).parent / "charts"


@dataclass(frozen=True)
class ChartAccount:
    """One account of a chart: asset, liability, equity, cost, income or expense; its side."""

    code: str
    name: str
    category: str
    side: str
    is_split: bool
    aux: str
    is_checked: bool

    @property
    def parent(self) -> str:
        """The account above; empty for the national ones."""
        return parent_of(self.code)


@cache
def chart(scheme: str) -> dict[str, ChartAccount]:
    """The accounts of a scheme by code, in order. Raises Invalid for a scheme nobody knows."""
    if scheme not in SCHEMES:
        raise Invalid("chart.scheme", f"没有“{scheme}”这个会计制度，请填 {' 或 '.join(SCHEMES)}")
    with (_FOLDER / f"{scheme}.csv").open(encoding="utf-8", newline="") as lines:
        return {row["code"]: _account(row) for row in csv.DictReader(lines)}


def _account(row: dict[str, str]) -> ChartAccount:
    return ChartAccount(
        row["code"],
        row["name"],
        row["category"],
        row["side"],
        row["split"] == "1",
        row["aux"],
        row["checked"] == "1",
    )


def national(scheme: str) -> list[ChartAccount]:
    """The accounts the ministry's chart numbers: 42 since 2023."""
    return [account for account in chart(scheme).values() if len(account.code) == 3]


def parent_of(code: str) -> str:
    """The code one level up; empty for a national account."""
    return code[:-2] if len(code) > 3 else ""


def level(code: str) -> int:
    """1 for a national account, 2 for its sub-accounts and so on."""
    return (len(code) - 1) // 2
