"""A voucher on the screen: its head and the rows of the grid, typed or taken from somewhere."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import QueryDict

from sanzi.accounting.entry import Side
from sanzi.accounting.models import Book
from sanzi.kernel.money import ZERO
from sanzi.kernel.refusals import Invalid

from .grid import COLUMNS, Fault, Reading, Row, amount_of, in_place, read
from .lookups import accounts_of, names_typed, words_for
from .pasting import pasted
from .spelling import KnownAccount

ROWS_MIN = 8
ROWS_MORE = 5
# Five fields a row stay under the number of fields a form may have.
ROWS_MAX = 180
ATTACHMENTS_MAX = 9999
PASTED_MAX = 100_000
_TITLES = dict(zip(COLUMNS, ("摘要", "科目", "辅助", "借方", "贷方"), strict=True))
_DAY = re.compile(r"([0-9]{4})([-/.年]?)([0-9]{1,2})(?:\2|月)([0-9]{1,2})日?")


@dataclass
class Sheet:
    """What stands in the form; `dated` and `attachments` as typed."""

    book: Book
    dated: str = ""
    attachments: str = ""
    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    reading: Reading = field(default_factory=Reading)
    # Rows that found no room; said on the page, never dropped in silence.
    left_out: int = 0

    def __post_init__(self) -> None:
        self.left_out = max(0, len(self.rows) - ROWS_MAX)
        del self.rows[ROWS_MAX:]

    @property
    def words(self) -> dict[str, Any]:
        """As it is put by: plain words, without the empty rows at its end."""
        rows = [[getattr(row, name) for name in COLUMNS] for row in self.rows]
        while rows and not any(rows[-1]):
            rows.pop()
        return {"dated": self.dated, "attachments": self.attachments, "rows": rows}

    @property
    def crowded(self) -> str:
        """What is said when there were too many rows."""
        return (
            f"本页最多 {ROWS_MAX} 行，后面 {self.left_out} 行没有填入；"
            "请分成几张凭证，行数很多的请用导入"
        )

    @property
    def shown(self) -> list[dict[str, Any]]:
        """Rows for the template: never fewer than a page of them, each with its faults."""
        rows = [*self.rows, *[Row()] * (ROWS_MIN - len(self.rows))]
        return [self._line(at, row) for at, row in enumerate(rows, start=1)]

    def _line(self, at: int, row: Row) -> dict[str, Any]:
        faults = [fault for fault in self.faults if fault.place == at]
        wrong = {fault.column for fault in faults}
        cells = [
            {
                "name": name,
                "title": _TITLES[name],
                "value": (value := getattr(row, name)),
                "is_wrong": name in wrong,
                "is_red": name in ("debit", "credit") and value.startswith("-"),
                "is_amount": name in ("debit", "credit"),
            }
            for name in COLUMNS
        ]
        return {"place": at, "cells": cells, "faults": faults}

    @property
    def month(self) -> str:
        """The month the voucher falls in, as far as its date can be read."""
        day = day_of(self.dated)
        return f"{day.year}年{day.month}月" if day else ""

    @property
    def day(self) -> date:
        """The date as a date; only once `judge` found nothing wrong."""
        return date.fromisoformat(self.dated)

    @property
    def sheets(self) -> int:
        """The count of attached papers."""
        return int(self.attachments or 0)

    @property
    def balance(self) -> str:
        """The words beside the sums."""
        gap = self.reading.gap
        if not gap:
            return "借贷平衡" if self.reading.debit or self.reading.credit else ""
        return f"差额 {abs(gap):,.2f}（{'借方多' if gap > 0 else '贷方多'}）"


def typed(book: Book, form: QueryDict) -> Sheet:
    """The sheet as it was handed in, pasted rows added, with room for more if asked."""
    rows = _rows(form)
    if form.get("do") == "paste":
        while rows and rows[-1] == Row():
            rows.pop()
        rows += pasted(form.get("pasted", "")[:PASTED_MAX])
    elif form.get("do") == "more":
        rows = [*rows, *[Row()] * (ROWS_MIN - len(rows))] + [Row()] * ROWS_MORE
    return Sheet(book, form.get("dated", "").strip(), form.get("attachments", "").strip(), rows)


def _rows(form: QueryDict) -> list[Row]:
    columns = [form.getlist(name) for name in COLUMNS]
    if len({len(column) for column in columns}) > 1:
        raise Invalid("voucher.form", "提交的表格不完整，请刷新页面后重新填写")
    return [Row(*(cell.replace("\x00", "") for cell in cells)) for cells in zip(*columns)]  # noqa: B905


def from_kept(book: Book, kept: Mapping[str, Any]) -> Sheet:
    """The sheet as it was put by (暂存)."""
    rows = [Row(*cells) for cells in kept.get("rows", ())]
    return _summed(Sheet(book, kept.get("dated", ""), kept.get("attachments", ""), rows))


def from_sides(
    book: Book,
    sides: Sequence[Side],
    *,
    dated: date,
    attachments: int = 0,
    with_amounts: bool = True,
) -> Sheet:
    """The sheet of lines that exist: a draft's, or a voucher's to be copied."""
    keys = [k for s in sides for k in (s.counterparty, s.project, s.object, s.item)]
    words = words_for(book, keys)
    names = {account.code: str(account) for account in accounts_of(book)}
    rows = [_row(side, names, words, with_amounts) for side in sides]
    return _summed(Sheet(book, dated.isoformat(), str(attachments or ""), rows))


def from_template(book: Book, memo: str, lines: Sequence[Mapping[str, str]], dated: date) -> Sheet:
    """The sheet of a template (凭证模板)."""
    names = {account.code: str(account) for account in accounts_of(book)}
    rows = []
    for at, line in enumerate(lines):
        code = line.get("account", "")
        amount = {line.get("side", "debit"): line.get("amount", "")}
        words = line.get("memo", "") or (memo if not at else "")
        rows.append(Row(words, names.get(code, code), line.get("named", ""), **amount))
    return _summed(Sheet(book, dated.isoformat(), "", rows))


def from_flow(book: Book, money: str, amount: str, memo: str, dated: date) -> Sheet:
    """The sheet of a flow of the bank that is in no book: its money side, and the other open.

    `amount` is signed from our side; what is no amount leaves the cells empty.
    """
    is_out = amount.startswith("-")
    text = amount.lstrip("-") if amount.lstrip("-").replace(".", "", 1).isdecimal() else ""
    near, far = ("credit", "debit") if is_out else ("debit", "credit")
    lines = [{"account": money, "side": near, "amount": text}, {"side": far, "amount": text}]
    return from_template(book, memo, lines, dated)


def _row(side: Side, names: Mapping[str, str], words: Mapping[int, str], amounts: bool) -> Row:
    keys = (side.counterparty, side.project, side.object, side.item)
    return Row(
        side.memo,
        names.get(side.account, side.account),
        "/".join(words[k] for k in keys if k is not None and k in words),
        str(side.debit) if amounts and side.debit else "",
        str(side.credit) if amounts and side.credit else "",
    )


def judge(sheet: Sheet, accounts: Sequence[KnownAccount], *, papers_needed: bool) -> Sheet:
    """Read the sheet and note everything that keeps it from being saved."""
    names = names_typed(sheet.book, (row.named for row in sheet.rows))
    sheet.reading = read(sheet.rows, accounts, names)
    sheet.faults = [*_faults_of_head(sheet, papers_needed), *sheet.reading.faults]
    if sheet.left_out:
        sheet.faults.append(Fault(0, "", sheet.crowded, "voucher.lines"))
    sheet.rows = in_place(sheet.rows, sheet.reading)
    return sheet


def _faults_of_head(sheet: Sheet, papers_needed: bool) -> list[Fault]:
    faults = []
    if day := day_of(sheet.dated):
        sheet.dated = day.isoformat()
    else:
        faults.append(Fault(0, "dated", "日期要写成 2024-01-31 这样", "voucher.dated"))
    count = sheet.attachments or "0"
    if not (count.isascii() and count.isdecimal() and int(count[:6]) <= ATTACHMENTS_MAX):
        text = f"附件张数要填 0 到 {ATTACHMENTS_MAX} 的整数"
        faults.append(Fault(0, "attachments", text, "voucher.papers"))
    elif papers_needed and int(count) < 1:
        text = "没有附件。除结账和更正凭证外都要附原始凭证，请填写附件张数"
        faults.append(Fault(0, "attachments", text, "voucher.papers"))
    return faults


def day_of(typed: str) -> date | None:
    """A day as people write it: 2024-01-31, 2024/1/31, 2024.1.31, 2024年1月31日, 20240131."""
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", typed).strip())
    if found is None:
        return None
    try:
        return date(*(int(part) for part in found.group(1, 3, 4)))
    except ValueError:
        return None


def _summed(sheet: Sheet) -> Sheet:
    """Add up what stands in it, so that the sums are there before anything is typed."""
    for row in sheet.rows:
        for column in ("debit", "credit"):
            amount = _plain(getattr(row, column))
            setattr(sheet.reading, column, getattr(sheet.reading, column) + amount)
    return sheet


def _plain(cell: str) -> Decimal:
    try:
        return amount_of(cell)
    except Invalid:
        return ZERO
