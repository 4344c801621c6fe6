"""余额调节表 in the form offices file: the bank's side at the left, ours at the right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from sanzi.web.paper import PaperColumn

from .models import BankAccount
from .reconciling import Outstanding, Reconciliation, total

SIGNED = ("主管会计", "复核", "编制", "日期")
_BANK, _OURS = "银行对账单", "单位银行存款日记账"
COLUMNS = [
    PaperColumn(title, kind, group, width)
    for group in (_BANK, _OURS)
    for title, kind, width in (
        ("日期", "date", 11.5),
        ("项目或摘要", "text", 30),
        ("凭证或对方", "text", 14),
        ("金额", "money", 15),
    )
]
# What stands in one half of a row: day, words, voucher, amount, address.
Half = tuple[date | None, str, str, Decimal | None, str]
_EMPTY: Half = (None, "", "", None, "")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the form; `kind` is balance, group, flow or adjusted."""

    kind: str
    left: Half
    right: Half

    @property
    def halves(self) -> tuple[Half, Half]:
        """The bank's half and ours."""
        return self.left, self.right

    @property
    def cells(self) -> list[Any]:
        """Its cells for the workbook."""
        return [*self.left[:4], *self.right[:4]]


def heading(account: BankAccount, on: date) -> tuple[str, str, str]:
    """Title, who and which account, as of when and in which unit."""
    number = f"　账号：{account.mask}" if account.mask else ""
    issued = f"单位：{account.book.name}　开户行：{account.bank}{number}"
    return "银行存款余额调节表", issued, f"截至 {on}　单位：元"


def rows_of(sheet: Reconciliation) -> list[Row]:
    """The form from the two balances to the adjusted ones, item by item."""
    rows = [Row("balance", _line(f"{_BANK}余额", sheet.bank_balance),
                _line("账面余额", sheet.book_balance))]  # fmt: skip
    rows += _group(
        "加：企业已收，银行未收", sheet.ours_in, "加：银行已收，企业未收", sheet.banks_in
    )
    rows += _group(
        "减：企业已付，银行未付", sheet.ours_out, "减：银行已付，企业未付", sheet.banks_out
    )
    rows.append(
        Row("adjusted", _line("调节后余额", sheet.bank_adjusted),
            _line("调节后余额", sheet.book_adjusted))
    )  # fmt: skip
    return rows


def _line(words: str, amount: Decimal) -> Half:
    return None, words, "", amount, ""


def _group(
    left: str, lefts: Sequence[Outstanding], right: str, rights: Sequence[Outstanding]
) -> list[Row]:
    """A heading with the sums, then the flows; both in plain amounts, the sign is in the words."""
    rows = [Row("group", _line(left, abs(total(lefts))), _line(right, abs(total(rights))))]
    for one, other in zip_longest(lefts, rights):
        rows.append(Row("flow", _half(one), _half(other)))
    return rows


def _half(flow: Outstanding | None) -> Half:
    if flow is None:
        return _EMPTY
    return flow.dated, flow.memo, flow.title, abs(flow.amount), flow.url
