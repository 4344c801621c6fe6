"""What a collective must publish of its finances, as data: 8 groups, 44 items (财务公开规定).

The structure (8 groups, 44 items, quarterly at least, monthly where busy) is certain; the wording
of the items is ours and `is_checked` says whether anybody has held it against the printed text.
Two groups, 资源 and 其他, are published whole and carry no number. No framework.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

REGULATION = "农村集体经济组织财务公开规定（农业部、监察部，2012-01-01 起施行）"
NUMBERED = 44

RHYTHMS = {"month": "按月或按季", "quarter": "按季", "year": "按年", "once": "随时"}
SOURCES = {
    "journal": "会计账簿",
    "budget": "已批准的预算",
    "assets": "资产台账",
    "resources": "资源台账",
    "told": "账外事项，由村里填写",
}


@dataclass(frozen=True)
class Take:
    """Lines of an account an item is drawn from.

    `side` is "net" for both sides, "debit" or "credit" for one. `money_only`: only lines of
    vouchers that move cash or bank. `unless_credited`: not where the voucher credits this account,
    which is a transfer inside the books (在建工程转固定资产). `by_words`: only lines that say a
    word of the item; the rest of the account is another item's.
    """

    account: str
    side: str = "net"
    money_only: bool = False
    unless_credited: str = ""
    by_words: bool = False


@dataclass(frozen=True)
class Item:
    """One item of the catalogue; `number` is None for a group published whole."""

    code: str
    number: int | None
    group: str
    name: str
    rhythm: str
    source: str
    drawn: str
    takes: dict[str, tuple[Take, ...]]
    words: tuple[str, ...]
    is_checked: bool

    @property
    def may_be_told(self) -> bool:
        """Whether the village fills it in; a budget kept here goes before what is told."""
        return self.source in ("told", "budget")

    @property
    def title(self) -> str:
        """Its number and name: 8. 集体经营收入."""
        return f"{self.number}. {self.name}" if self.number else self.name


@cache
def items() -> tuple[Item, ...]:
    """The catalogue in reading order."""
    with Path(__file__).with_name("items.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(_item(row) for row in csv.DictReader(lines))


def item(code: str) -> Item | None:
    """The item of this code."""
    return next((each for each in items() if each.code == code), None)


@cache
def groups() -> dict[str, tuple[Item, ...]]:
    """The items by group, in reading order."""
    found: dict[str, tuple[Item, ...]] = {}
    for each in items():
        found[each.group] = (*found.get(each.group, ()), each)
    return found


def _item(row: dict[str, str]) -> Item:
    words = tuple(row["words"].split())
    return Item(
        row["code"],
        int(row["number"]) if row["number"] else None,
        row["group"],
        row["name"],
        row["rhythm"],
        row["source"],
        row["drawn"],
        {scheme: _takes(row[f"lines_{scheme}"], words) for scheme in ("2023", "2004")},
        words,
        row["checked"] == "1",
    )


def _takes(text: str, words: tuple[str, ...]) -> tuple[Take, ...]:
    return tuple(_take(token, bool(words)) for token in text.split())


def _take(token: str, has_words: bool) -> Take:
    """`501` both sides; `241/c/m` credits of vouchers that move money; `151/d/-153` as told.

    `514/a` is all of the account even where the item has words for other accounts.
    """
    account, *marks = token.split("/")
    side = {"c": "credit", "d": "debit"}.get(marks[0] if marks else "", "net")
    unless = next((mark[1:] for mark in marks if mark.startswith("-")), "")
    return Take(account, side, "m" in marks, unless, has_words and "a" not in marks)
