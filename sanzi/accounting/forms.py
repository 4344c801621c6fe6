"""The shape of what people type about account sets; whether it makes sense the actions say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict

from sanzi.kernel.money import ZERO, yuan
from sanzi.kernel.refusals import Invalid

from .chart import SCHEMES
from .entry import Side
from .models import Dimension
from .opening import Totals

_MISSING = {"required": "请填写这一项"}
_PARTS = (("assets", "资产合计"), ("liabilities", "负债合计"), ("equity", "所有者权益合计"))
OPENING_ROWS_MAX = 2_000


class BookForm(forms.Form):
    collective = forms.ChoiceField(label="组织", error_messages=_MISSING)
    scheme = forms.ChoiceField(label="会计制度", choices=list(SCHEMES.items()))
    begins = forms.RegexField(
        r"^(19|20)\d\d-?(0[1-9]|1[0-2])$",
        label="启用期间",
        help_text="从哪个月开始记账，如 2024-01",
        widget=forms.TextInput(attrs={"type": "month"}),
        error_messages={"invalid": "应写成 2024-01 这样的年月", **_MISSING},
    )
    name = forms.CharField(
        label="账套名称", required=False, max_length=100, help_text="不填则用组织名称"
    )

    def __init__(self, organisations: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["collective"].choices = organisations  # type: ignore[attr-defined]

    def clean_begins(self) -> int:
        return int(self.cleaned_data["begins"].replace("-", ""))


class VoucherFileForm(forms.Form):
    """A file of vouchers from other software, and the set it is for."""

    target = forms.ChoiceField(
        label="导入到",
        help_text="已有的账套；没有账套的村选“新建”，账套随导入一起建立。",
        error_messages={**_MISSING, "invalid_choice": "请从列表中选择账套"},
    )
    scheme = forms.ChoiceField(
        label="会计制度",
        choices=list(SCHEMES.items()),
        required=False,
        help_text="只在新建账套时用；已有账套按它自己的制度。",
    )
    file = forms.FileField(
        label="凭证文件",
        error_messages={
            "required": "请选择要导入的凭证文件",
            "empty": "文件是空的（0 字节），请重新选择",
        },
        help_text="CSV 文件，UTF-8 或 GB 18030 编码，不超过 5 MB（约 5 万行）。",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt"}),
    )

    def __init__(self, targets: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target"].choices = targets  # type: ignore[attr-defined]


class AccountForm(forms.Form):
    code = forms.CharField(
        label="科目编码", max_length=11, help_text="上级编码后加两位数字", error_messages=_MISSING
    )
    name = forms.CharField(label="科目名称", max_length=60, error_messages=_MISSING)


class DimensionForm(forms.Form):
    kind = forms.ChoiceField(label="类别", choices=Dimension.Kind.choices)
    name = forms.CharField(label="名称", max_length=200, error_messages=_MISSING)
    code = forms.CharField(label="编号", required=False, max_length=60, help_text="不填则用名称")
    owner = forms.CharField(
        label="所属往来单位",
        required=False,
        max_length=200,
        help_text="往来明细（一笔欠款）填它属于谁；其他类别不填",
    )
    due_on = forms.DateField(
        label="到期日", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )


@dataclass
class OpeningRow:
    """One row of the opening balances as typed, and what is wrong with it."""

    account: str = ""
    whom: str = ""
    debit: str = ""
    credit: str = ""
    error: str = ""
    title: str = ""

    @property
    def is_blank(self) -> bool:
        return not (self.debit.strip() or self.credit.strip() or self.whom.strip())


@dataclass
class Opening:
    """The opening balances as typed: rows, the three totals of the old sheet, what is wrong."""

    rows: list[OpeningRow]
    totals: dict[str, str]
    sides: list[Side] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def is_valid(self) -> bool:
        return not self.errors and not any(row.error for row in self.rows)

    @property
    def total_fields(self) -> list[tuple[str, str, str]]:
        return [(name, title, self.totals.get(name, "")) for name, title in _PARTS]

    def old_totals(self) -> Totals:
        return Totals(**{name: yuan(_plain(self.totals[name])) for name, _ in _PARTS})


def read_opening(post: QueryDict, accounts: Mapping[str, Any], whom: Mapping[str, int]) -> Opening:
    """The posted table. `accounts` are the leaves by code, `whom` counterparties by name."""
    columns = [post.getlist(name) for name in ("account", "whom", "debit", "credit")]
    rows = [OpeningRow(*(cell.strip()[:60] for cell in row)) for row in zip(*columns, strict=False)]
    found = Opening(
        rows[:OPENING_ROWS_MAX], {name: post.get(name, "").strip()[:30] for name, _ in _PARTS}
    )
    for row in found.rows:
        if row.account in accounts:
            row.title = accounts[row.account].name
        if not row.is_blank:
            try:
                found.sides.append(_side(row, accounts, whom))
            except Invalid as refusal:
                row.error = refusal.message
    for name, title in _PARTS:
        try:
            yuan(_plain(found.totals[name]))
        except Invalid:
            found.errors.append(f"请填写原资产负债表的{title}，如 1234.56")
    if not found.sides and not any(row.error for row in found.rows):
        found.errors.append("还没有填任何余额；全新的账套不用录期初，直接记账即可")
    return found


def _side(row: OpeningRow, accounts: Mapping[str, Any], whom: Mapping[str, int]) -> Side:
    account = accounts.get(row.account)
    if account is None:
        raise Invalid("opening.account", "没有这个末级科目，请核对编码")
    debit, credit = _amount(row.debit), _amount(row.credit)
    if bool(debit) == bool(credit):
        raise Invalid("opening.sides", "借方、贷方请填且只填一方")
    counterparty = None
    if row.whom:
        counterparty = whom.get(row.whom)
        if counterparty is None:
            raise Invalid("opening.whom", f"没有往来单位“{row.whom}”，请先在辅助核算里增设")
    return Side(row.account, debit, credit, "期初余额", counterparty)


def _amount(text: str) -> Decimal:
    return yuan(_plain(text)) if text.strip() else ZERO


def _plain(text: str) -> str:
    """An amount as people paste it: with thousands separators."""
    return text.strip().replace(",", "").replace("，", "")
