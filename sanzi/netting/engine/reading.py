"""A file of debts, `debtor,creditor,amount[,age,class]` in yuan, and what is wrong in it."""

import csv
import io
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sanzi.kernel.refusals import Invalid

from .network import AMOUNT_MAX, Network, network
from .preference import ranks

COLUMNS = {
    "debtor": ("debtor", "债务人", "欠款人", "欠款方"),
    "creditor": ("creditor", "债权人", "被欠方", "收款方"),
    "amount": ("amount", "金额", "金额（元）", "金额(元)", "欠款金额"),
    "age": ("age", "账龄", "账龄（天）", "账龄(天)", "到期日"),
    "class": ("class", "类别", "债权人类别"),
    "debtor_county": ("debtor_county", "债务人所在县", "欠款方所在县"),
    "creditor_county": ("creditor_county", "债权人所在县", "被欠方所在县"),
}
_NEEDED = ("debtor", "creditor", "amount")


Taking = NDArray[np.bool_]


@dataclass
class Debts:
    """Rows as read, or the problems that forbid using them. Row numbers count the header as 1."""

    names: list[str] = field(default_factory=list)
    debtor: list[str] = field(default_factory=list)
    creditor: list[str] = field(default_factory=list)
    fen: list[int] = field(default_factory=list)
    age: list[int | None] = field(default_factory=list)
    kind: list[str] = field(default_factory=list)
    # Of each row whether both sides are of one county; None where the file does not say.
    in_one: list[bool | None] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)

    def taking_part(self, only: set[str] | None, *, within_county: bool) -> "Taking":
        """Which debts take part; raises Invalid for a name nobody bears or a county not told."""
        if only is not None and (unknown := only - {*self.debtor, *self.creditor}):
            named = "、".join(sorted(unknown)[:3])
            raise Invalid("netting.only", f"参加名单中有 {len(unknown)} 个名称不在文件里：{named}")
        if within_county and None in self.in_one:
            raise Invalid(
                "netting.county",
                "只在县内冲转需要每行填写 debtor_county 和 creditor_county（双方所在县）",
            )
        return np.array(
            [
                (only is None or (debtor in only and creditor in only))
                and (not within_county or bool(same))
                for debtor, creditor, same in zip(
                    self.debtor, self.creditor, self.in_one, strict=True
                )
            ],
            bool,
        )

    def network(self, prefer: str = "") -> Network:
        """Parties numbered by name, so that the order of rows changes nothing."""
        assert not self.problems, "a file with bad rows is not used"
        self.names = sorted({*self.debtor, *self.creditor})
        number = {name: at for at, name in enumerate(self.names)}
        return network(
            len(self.names),
            np.array([number[name] for name in self.debtor], np.int64),
            np.array([number[name] for name in self.creditor], np.int64),
            np.array(self.fen, np.int64),
            ranks(prefer, self.age, self.kind),
        )


def read_debts(path: Path) -> Debts:
    """Read a file in UTF-8 (with or without BOM) or GBK. Refuses what has no such columns."""
    rows = csv.reader(io.StringIO(_text(path.read_bytes()), newline=""))
    place = _header(next(rows, []))
    debts = Debts()
    days: dict[int, date] = {}
    for number, row in enumerate(rows, start=2):
        if not any(cell.strip() for cell in row):
            continue
        cell = {name: row[at].strip() if at < len(row) else "" for name, at in place.items()}
        if why := _add(debts, cell, days):
            debts.problems.append((number, f"第 {number} 行：{why}"))
    if days:
        # Ages given as days of falling due are counted to the latest of them: no clock is asked.
        last = max(days.values())
        debts.age = [
            (last - days[at]).days if at in days else age for at, age in enumerate(debts.age)
        ]
    return debts


def read_names(path: Path) -> set[str]:
    """Names of parties, one a line, in either encoding; what a line says after a comma is left."""
    lines = csv.reader(io.StringIO(_text(path.read_bytes()), newline=""))
    return {row[0].strip() for row in lines if row and row[0].strip()}


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Invalid("netting.encoding", "文件编码无法识别，请另存为 UTF-8 或 GBK 编码的 CSV 文件")


def _header(cells: list[str]) -> dict[str, int]:
    told = [cell.strip().lower() for cell in cells]
    place = {
        name: told.index(word) for name, words in COLUMNS.items() for word in words if word in told
    }
    if lacking := [name for name in _NEEDED if name not in place]:
        raise Invalid(
            "netting.header",
            f"第一行应为列名 debtor,creditor,amount[,age,class]，缺少：{'、'.join(lacking)}",
        )
    return place


def _add(debts: Debts, cell: dict[str, str], days: dict[int, date]) -> str:
    """Take one row, or say why not."""
    if not cell["debtor"] or not cell["creditor"]:
        return "债务人和债权人都要填写"
    if cell["debtor"] == cell["creditor"]:
        return f"“{cell['debtor']}”不能欠自己，请核对债务人和债权人"
    fen, why = _fen(cell["amount"])
    if why:
        return why
    age, due, why = _age(cell.get("age", ""))
    if why:
        return why
    if due is not None:
        days[len(debts.fen)] = due
    debts.debtor.append(cell["debtor"])
    debts.creditor.append(cell["creditor"])
    debts.fen.append(fen)
    debts.age.append(age)
    debts.kind.append(cell.get("class", ""))
    counties = [cell.get("debtor_county", ""), cell.get("creditor_county", "")]
    debts.in_one.append(counties[0] == counties[1] if all(counties) else None)
    return ""


def _fen(text: str) -> tuple[int, str]:
    if not text:
        return 0, "没有填写金额"
    try:
        yuan = Decimal(text.replace(",", "").replace("，", ""))
    except InvalidOperation:
        return 0, f"金额“{text}”不是数字"
    if not yuan.is_finite():
        return 0, f"金额“{text}”不是数字"
    if yuan == 0:
        return 0, "金额为零，没有债务就不要列出"
    if yuan < 0:
        return 0, f"金额“{text}”为负，请对调债务人和债权人后填正数"
    if yuan > Decimal(AMOUNT_MAX) / 100:
        return 0, f"金额“{text}”超过一万亿元，请核对单位是否为元"
    fen = yuan * 100
    if fen != fen.to_integral_value():
        return 0, f"金额“{text}”超过两位小数，最小到分"
    return int(fen), ""


def _age(text: str) -> tuple[int | None, date | None, str]:
    if not text:
        return None, None, ""
    if text.isascii() and text.isdigit() and len(text) < 8:
        return int(text), None, ""
    try:
        return None, date.fromisoformat(text.replace("/", "-")), ""
    except ValueError:
        return None, None, f"账龄“{text}”应为天数（如 400）或到期日（如 2021-03-05）"
