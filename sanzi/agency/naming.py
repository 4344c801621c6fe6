"""Whom and what a line is for (辅助核算): names typed in one cell, read into the book's dimensions.

Several stand side by side, parted by `/`: 王某/2024年租金. A `+` before a name asks to make it.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .spelling import told

KINDS = {"counterparty": "往来", "project": "项目", "object": "资产或物资", "item": "往来明细"}
NAME_MAX = 60


class KnownName(NamedTuple):
    """A living dimension of the book."""

    pk: int
    kind: str
    code: str
    name: str


class NewName(NamedTuple):
    """A dimension to be made with the voucher."""

    kind: str
    name: str


Answer = tuple[dict[str, int], list[NewName], list[str]]


def bare(part: str) -> str:
    """A name without its +."""
    return part.lstrip("+＋").strip()


def parts(typed: str) -> list[str]:
    """The names in one cell, each with its + if it has one."""
    return [part.strip() for part in re.split(r"[/／]", typed) if part.strip()]


def names_of(typed: str, aux: Sequence[str], known: Iterable[KnownName]) -> Answer:
    """The keys by kind, the names to be made, and what is wrong.

    `aux` are the kinds the account is analysed by; a name is looked for among these first.
    """
    keys: dict[str, int] = {}
    fresh: list[NewName] = []
    faults: list[str] = []
    held = list(known)
    whole = [k for k in held if typed.strip() in (k.name, k.code)]
    for part in [typed.strip()] if whole else parts(typed):
        taken = {*keys, *(new.kind for new in fresh)}
        name = bare(part)
        meant = _meant(name, aux, held, taken)
        if name != part and not meant:
            _make(name, aux, taken, fresh, faults)
        elif len(meant) == 1:
            keys[meant[0].kind] = meant[0].pk
        elif meant:
            codes = "、".join(k.code for k in meant[:5])
            faults.append(f"辅助“{told(part)}”有 {len(meant)} 个，请写编号：{codes}")
        else:
            faults.append(
                f"辅助“{told(part)}”在本账套中没有；请从提示中选择，确需新增的在名称前加“+”"
            )
    return keys, fresh, faults


def _meant(
    part: str, aux: Sequence[str], held: Sequence[KnownName], taken: set[str]
) -> list[KnownName]:
    """Those of the first kind that has any: by exact code, else by name."""
    found = [k for k in held if part in (k.code, k.name) and k.kind not in taken]
    for kind in (*aux, *KINDS):
        mine = [k for k in found if k.kind == kind]
        if mine:
            return [k for k in mine if k.code == part] or mine
    return []


def _make(
    name: str, aux: Sequence[str], taken: set[str], fresh: list[NewName], faults: list[str]
) -> None:
    kind = next((k for k in (*aux, "counterparty") if k not in taken), None)
    if not name or len(name) > NAME_MAX:
        faults.append(f"新增辅助要在“+”后写名称，最多 {NAME_MAX} 个字")
    elif kind is None:
        faults.append(f"新增的“{told(name)}”没有可用的辅助类别，请先在账套中增设")
    else:
        fresh.append(NewName(kind, name))
