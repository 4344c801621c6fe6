"""What people hand in: an account, a bank's file, an opening item."""

from typing import Any

from django import forms

from sanzi.accounting.models import Account, Book
from sanzi.holdings.models import Account as Holding
from sanzi.web.inputs import DayInput, YuanInput

from .models import BankAccount, OpeningItem


class AmendForm(forms.Form):
    """What can be changed of an account once it is there."""

    name = forms.CharField(label="账户名称", max_length=60, required=False)
    bank = forms.CharField(
        label="开户行", max_length=60, required=False, help_text="同一银行的文件格式只需对应一次。"
    )
    opened_on = DayInput(label="起始日", help_text="从这一天起与银行逐笔核对。")
    opening = YuanInput(label="起始余额（元）", help_text="起始日开始时银行对账单上的余额。")
    cash_limit = YuanInput(
        label="库存现金限额（元）", required=False, help_text="只用于现金；超过限额应及时存入银行。"
    )


class AccountForm(AmendForm):
    """A leaf of cash or bank, and the money account of the register it stands for."""

    account = forms.TypedChoiceField(
        label="科目", coerce=int, help_text="库存现金或银行存款的末级科目。",
        error_messages={"required": "请选择科目", "invalid_choice": "请从列表中选择科目"},
    )  # fmt: skip
    holding = forms.TypedChoiceField(
        label="资金账户", required=False, coerce=int, empty_value=None,
        help_text="账号只在资金账户台账里登记一次，这里只作对应。",
        error_messages={"invalid_choice": "请从列表中选择资金账户"},
    )  # fmt: skip

    field_order = ("account", "holding", "name", "bank", "opened_on", "opening", "cash_limit")

    def __init__(self, *args: Any, leaves: list[Account], holdings: list[Any], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["account"].choices = [  # type: ignore[attr-defined]
            ("", "（请选择）"), *((leaf.pk, str(leaf)) for leaf in leaves)
        ]  # fmt: skip
        self.fields["holding"].choices = [  # type: ignore[attr-defined]
            ("", "（不对应）"), *((h.pk, _called(h)) for h in holdings)
        ]  # fmt: skip


def _called(holding: Any) -> str:
    parts = (holding.number, holding.kind, holding.bank, str(holding.account_number or ""))
    return " ".join(part for part in parts if part)


class StatementForm(forms.Form):
    """A bank's file."""

    file = forms.FileField(
        label="对账单文件",
        help_text="从网银下载的明细：.xlsx、.xls 或 .csv，要带余额列；不超过 10 MB、5 万行。",
        error_messages={
            "required": "请选择要导入的对账单",
            "empty": "文件是空的（0 字节），请重新选择",
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv,.txt"}),
    )


class OpeningItemForm(forms.Form):
    """One thing one side knew and the other did not on the first day."""

    knower = forms.ChoiceField(label="谁已记", choices=OpeningItem.Knower.choices)
    dated = DayInput(label="日期")
    amount = YuanInput(label="金额（元）", help_text="收入填正数，支出填负数。")
    memo = forms.CharField(label="摘要", max_length=200)


class ReasonForm(forms.Form):
    """Why a match is taken back."""

    because = forms.CharField(
        label="取消原因", min_length=2, max_length=200,
        error_messages={"required": "请写明取消的原因", "min_length": "请写明取消的原因"},
    )  # fmt: skip


def starting(account: BankAccount) -> dict[str, Any]:
    """An account as its form begins."""
    return {
        "name": account.name,
        "bank": account.bank,
        "opened_on": account.opened_on,
        "opening": account.opening,
        "cash_limit": account.cash_limit,
        "is_active": account.is_active,
    }


def leaves_of(book: Book, taken: set[int]) -> list[Account]:
    """The leaves of cash and bank that no account stands for yet."""
    mine = Account.objects.of(book).filter(is_leaf=True, is_active=True)
    own = [a for a in mine.order_by("code") if a.code[:3] in ("101", "102")]
    return [account for account in own if account.pk not in taken]


def holdings_of(book: Book, taken: set[int]) -> list[Any]:
    """The money accounts of the village's register that no account stands for yet."""
    mine = Holding.objects.within(book.village).order_by("number")[:200]
    return [holding for holding in mine if holding.pk not in taken]
