"""Shape and spelling of what is typed on the pages of closing."""

from decimal import Decimal
from typing import Any

from django import forms

from sanzi.kernel.money import MONEY_MAX


def _amount(label: str, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        min_value=Decimal("0.00"),
        max_value=MONEY_MAX,
        decimal_places=2,
        error_messages={"min_value": "金额不能是负数", "max_decimal_places": "金额最多两位小数"},
        **more,
    )


class ReasonForm(forms.Form):
    """Why an exception is made."""

    reason = forms.CharField(
        label="原因",
        min_length=5,
        max_length=200,
        error_messages={"required": "请写明原因", "min_length": "原因太短，至少 5 个字"},
    )


class WordsForm(forms.Form):
    """How a step was carried out."""

    words = forms.CharField(
        label="办理情况", max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class PlanForm(forms.Form):
    """A plan of distribution as the assembly decided it; the rate is a percentage."""

    from_reserve = _amount("公积公益金补亏（元）", initial=Decimal("0.00"))
    rate = forms.DecimalField(
        label="提取公积公益金比例（%）",
        min_value=0,
        max_value=100,
        decimal_places=2,
        help_text="按章程和成员（代表）大会决议填写；以弥补亏损后的本年收益为基数。",
    )
    reserve_account = forms.ChoiceField(label="公积公益金科目")
    members = _amount("向成员分配总额（元）", initial=Decimal("0.00"))
    heads = forms.IntegerField(
        label="人（股）数",
        min_value=0,
        max_value=100_000_000,
        initial=0,
        help_text="每人（股）金额按分取整，除不尽的留作未分配收益。",
    )
    members_account = forms.ChoiceField(label="应付成员科目")
    other = _amount("其他分配（元）", initial=Decimal("0.00"))
    other_account = forms.ChoiceField(label="其他分配科目", required=False)
    other_words = forms.CharField(label="其他分配说明", max_length=100, required=False)
    decision = forms.CharField(label="决议文号或会议名称", max_length=100)
    decided_on = forms.DateField(
        label="决议日期", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    sheets = forms.IntegerField(label="附件张数", min_value=1, max_value=9999, initial=1)

    def __init__(self, *args: Any, choices: dict[str, list[tuple[str, str]]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name, pairs in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField), name
            field.choices = [("", "不分配"), *pairs] if name == "other_account" else pairs

    @property
    def told(self) -> dict[str, Any]:
        """The cleaned values as the action wants them."""
        told = dict(self.cleaned_data)
        told["reserve_rate"] = told.pop("rate") / 100
        return told


class TermForm(forms.Form):
    """How one asset wears."""

    starts = forms.IntegerField(label="起提月份", help_text="如 202402：当月增加的资产从下月起提。")
    months = forms.IntegerField(label="从起提月份起的月数", min_value=0, max_value=1200)
    residual = _amount("预计净残值（元）")
    taken = _amount("起提以前已提折旧（元）")
    account = forms.ChoiceField(label="费用科目")

    def __init__(self, *args: Any, accounts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["account"]
        assert isinstance(field, forms.ChoiceField), "accounts are chosen from a list"
        field.choices = accounts


class FindVoucherForm(forms.Form):
    """Which posted voucher is meant."""

    year = forms.IntegerField(label="年", min_value=1990, max_value=2100)
    month = forms.IntegerField(label="月", min_value=1, max_value=12)
    number = forms.IntegerField(label="凭证号（记-）", min_value=1, max_value=99_999)


class DatedForm(forms.Form):
    """The day of a voucher."""

    dated = forms.DateField(
        label="更正日期", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class TransitionForm(forms.Form):
    """The last month of an old book, and three numbers copied from its balance sheet on paper."""

    period = forms.IntegerField(label="衔接日所在月", help_text="如 202312：按该月月末余额结转。")
    assets = forms.DecimalField(label="原资产负债表：资产合计（元）", decimal_places=2)
    liabilities = forms.DecimalField(label="原资产负债表：负债合计（元）", decimal_places=2)
    equity = forms.DecimalField(label="原资产负债表：所有者权益合计（元）", decimal_places=2)


class DivideForm(forms.Form):
    """Where one old balance goes; an amount for each account it may go to."""

    words = forms.CharField(label="依据", max_length=200, required=False)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = self.fields.pop("words")
        for code, name in choices:
            self.fields[f"to_{code}"] = forms.DecimalField(
                label=f"{code} {name}（元）",
                required=False,
                decimal_places=2,
                max_value=MONEY_MAX,
                min_value=-MONEY_MAX,
            )
        self.fields["words"] = words

    @property
    def parts(self) -> list[tuple[str, Decimal]]:
        """The accounts with an amount."""
        return [
            (name.removeprefix("to_"), value.quantize(Decimal("0.01")))
            for name, value in self.cleaned_data.items()
            if name.startswith("to_") and value
        ]
