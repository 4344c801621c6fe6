"""The accounts of a file held against a set's chart: known, to be added, or refused and why.

A number means something else under the other scheme (accounting.md 1.8), so a name that
contradicts the chart is refused. No framework.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sanzi.accounting.chart import SCHEMES, chart, national, parent_of
from sanzi.intake.cells.text import folded

from .cells import NAME_MAX


@dataclass(frozen=True, slots=True)
class Held:
    """An account a set has already."""

    name: str
    is_leaf: bool
    is_active: bool
    has_lines: bool = False


@dataclass
class Sorted:
    """What became of the accounts of a file: names of new ones by code, reasons against others.

    `against` is by the code and name as written.
    """

    new: dict[str, str] = field(default_factory=dict)
    against: dict[tuple[str, str], str] = field(default_factory=dict)


def sort_accounts(
    written: Iterable[tuple[str, str]], scheme: str, held: Mapping[str, Held]
) -> Sorted:
    """Judge every account of a file once, in the order of first appearance."""
    tops = {account.code: account.name for account in national(scheme)}
    named = list(dict.fromkeys(written))
    found = Sorted()
    for code, name in named:
        why = _contradiction(code, name, scheme, tops)
        if why := why or _take(code, _own_name(code, name, tops), held, found.new):
            found.against[code, name] = why
    above = {parent_of(code) for code in found.new}
    for code, name in named:
        if (code, name) not in found.against and (why := _unfit(code, held, above)):
            found.against[code, name] = why
    return found


def _contradiction(code: str, name: str, scheme: str, tops: Mapping[str, str]) -> str:
    """Why the code or the name beside it cannot be of this scheme; empty when it can."""
    top = tops.get(code[:3])
    if top is None:
        return f"科目 {code} 不在{SCHEMES[scheme]}的科目表中，请核对编码或会计制度（--scheme）"
    if not name:
        return ""
    first = _parts(name)[0]
    if _same(first, top):
        return ""
    if len(code) == 3 or _means_elsewhere(code[:3], first, scheme):
        return (
            f"科目 {code[:3]} 在 {scheme} 年制度中是“{top}”，文件写的是“{first}”；"
            "同一编码在两个制度中含义不同，请核对会计制度（--scheme）"
        )
    return ""


def _means_elsewhere(code: str, name: str, scheme: str) -> bool:
    """Whether the number bears this name under another scheme (153 固定资产清理 of 2004)."""
    others = (chart(other).get(code) for other in SCHEMES if other != scheme)
    return any(other is not None and _same(name, other.name) for other in others)


def _take(code: str, name: str, held: Mapping[str, Held], new: dict[str, str]) -> str:
    """Note a sub-account to be added with those above it; or why its name cannot be right."""
    if len(name) > NAME_MAX:
        return f"科目 {code} 的名称超过 {NAME_MAX} 个字，请写短一些"
    known = held.get(code)
    called = known.name if known else new.get(code, "")
    if len(code) > 3 and name and called not in ("", code) and not _same(name, called):
        where = "账套" if known else "前面的行"
        return f"科目 {code} 在{where}中是“{called}”，文件写的是“{name}”，请核对"
    if known is None:
        above = parent_of(code)
        while above not in held and above not in new:
            new[above], above = above, parent_of(above)
        if not called or called == code:
            new[code] = name or code
    return ""


def _unfit(code: str, held: Mapping[str, Held], above: set[str]) -> str:
    known = held.get(code)
    if code in above or (known and not known.is_leaf):
        return f"科目 {code} 有下级科目，请选用末级科目"
    if known and not known.is_active:
        return f"科目 {code} {known.name}已停用，请选用其他科目"
    while known is None:
        code = parent_of(code)
        known = held.get(code)
    if known.is_leaf and known.has_lines:
        return f"科目 {code} {known.name}已有发生额，不能再设下级；请改用同级科目或往来等辅助核算"
    return ""


def _own_name(code: str, name: str, tops: Mapping[str, str]) -> str:
    """The last part of 银行存款-农商行 when the first is the national account's name."""
    parts = _parts(name)
    return parts[-1] if len(parts) > 1 and _same(parts[0], tops[code[:3]]) else name


def _parts(name: str) -> list[str]:
    return [part.strip() for part in re.split(r"[/\\_—-]+", name) if part.strip()] or [name]


def _same(one: str, other: str) -> bool:
    return folded(one) == folded(other)
