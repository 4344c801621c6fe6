"""Finding the account somebody means by its code, its name, a part of it or its initials."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

SHOWN_MAX = 20
CANDIDATES_MAX = 5


@dataclass(frozen=True, slots=True)
class KnownAccount:
    """An account of the book, as the grid needs it."""

    code: str
    name: str
    pinyin: str = ""
    aux: tuple[str, ...] = ()
    is_leaf: bool = True
    is_active: bool = True

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


def account_of(typed: str, known: Mapping[str, KnownAccount]) -> KnownAccount | str:
    """The account a line may use, or why not, to be put after the row's number."""
    text = " ".join(unicodedata.normalize("NFKC", typed).split())
    if not text:
        return "没有科目，请填写编码、名称或拼音首字母"
    if named := [a for a in known.values() if a.name == text]:
        usable = [a for a in named if a.is_leaf and a.is_active]
        return usable[0] if len(usable) == 1 else _usable(named[0], known)
    # "102 银行存款", as it is picked from a list.
    if coded := re.match(r"\d+", text):
        account = known.get(coded[0])
        if account is None:
            return f"科目 {told(coded[0])} 在本账套中不存在，请核对编码"
        return _usable(account, known)
    return _meant(text, known)


def _meant(text: str, known: Mapping[str, KnownAccount]) -> KnownAccount | str:
    """By a part of the name, or by the initials from the first."""
    meant = [
        a
        for a in known.values()
        if a.is_leaf and a.is_active and (text in a.name or a.pinyin.startswith(text.lower()))
    ]
    if len(meant) == 1:
        return meant[0]
    if not meant:
        return f"科目“{told(text)}”在本账套中不存在，请核对编码或名称"
    return f"科目“{told(text)}”对应 {len(meant)} 个科目：{_listed(meant)}，请写编码"


def _usable(account: KnownAccount, known: Mapping[str, KnownAccount]) -> KnownAccount | str:
    if not account.is_leaf:
        below = [a for a in known.values() if a.is_leaf and a.code.startswith(account.code)]
        return f"科目 {account} 有下级科目，请选用末级科目：{_listed(below)}"
    if not account.is_active:
        return f"科目 {account} 已停用，请选用其他科目"
    return account


def _listed(accounts: list[KnownAccount]) -> str:
    more = "等" if len(accounts) > CANDIDATES_MAX else ""
    return "、".join(str(a) for a in accounts[:CANDIDATES_MAX]) + more


def told(typed: str) -> str:
    """What was typed, short enough for a sentence."""
    return typed if len(typed) <= SHOWN_MAX else f"{typed[:SHOWN_MAX]}…"
