"""What people fill in about a contract's life."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from sanzi.kernel.money import yuan
from sanzi.kernel.refusals import Invalid
from sanzi.web.inputs import DayInput, YuanInput

from .models import Amendment, Ending, ModelCase, Payment
from .schedule import ADVANCE, ARREARS, BY_DAYS, BY_MONTHS, RHYTHMS

_MONTH_DAY = re.compile(r"(\d{1,2})[-月/.](\d{1,2})日?")


class ScheduleForm(forms.Form):
    """How a contract is paid; its price and term are the contract's own."""

    months = forms.TypedChoiceField(label="付款周期", coerce=int, choices=list(RHYTHMS.items()))
    when = forms.ChoiceField(
        label="先付还是后付",
        choices=[(ADVANCE, "期初付（先付后用）"), (ARREARS, "期末付（先用后付）")],
    )
    due_on = forms.CharField(
        label="每年固定付款日", required=False, max_length=8,
        help_text="如 12-31；不填则在每期的第一天（期末付为最后一天）。",
    )  # fmt: skip
    count_by = forms.ChoiceField(
        label="不满一年的部分", choices=[(BY_MONTHS, "按月折算"), (BY_DAYS, "按天折算")]
    )
    steps = forms.CharField(
        label="阶梯价", required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="每行“从第几年 年租金”，如“4 12000.00”；不填则按合同的年租金。",
    )  # fmt: skip
    every_years = forms.IntegerField(
        label="每几年递增一次", required=False, min_value=1, max_value=50
    )
    percent = forms.DecimalField(
        label="每次递增（%）", required=False, min_value=0, max_value=100, decimal_places=2
    )
    rise = YuanInput(label="或每次递增（元/年）", required=False, least=Decimal(0))
    rent_free = forms.CharField(
        label="免租期", required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="每行“起 止”，如“2024-01-01 2024-03-31”。",
    )  # fmt: skip

    def clean_due_on(self) -> list[int] | None:
        typed = self.cleaned_data["due_on"].strip()
        if not typed:
            return None
        found = _MONTH_DAY.fullmatch(typed)
        if not found or not (1 <= int(found[1]) <= 12 and 1 <= int(found[2]) <= 31):
            raise forms.ValidationError("应写成 12-31", code="month_day")
        return [int(found[1]), int(found[2])]

    def clean_steps(self) -> list[list[Any]]:
        return [_step(line) for line in _lines(self.cleaned_data["steps"])]

    def clean_rent_free(self) -> list[list[str]]:
        return [_span(line) for line in _lines(self.cleaned_data["rent_free"])]

    @property
    def rule(self) -> dict[str, Any]:
        """As kept in a Schedule."""
        told = self.cleaned_data
        rule: dict[str, Any] = {name: told[name] for name in ("months", "when", "count_by")}
        rule |= {name: told[name] for name in ("due_on", "steps", "rent_free") if told[name]}
        if told["every_years"] and (told["percent"] or told["rise"]):
            rule["escalation"] = {
                "every_years": told["every_years"],
                "percent": str(told["percent"] or 0),
                "amount": str(told["rise"] or 0),
            }
        return rule

    @staticmethod
    def shown(rule: Mapping[str, Any]) -> dict[str, Any]:
        """A kept rule as this form shows it."""
        rising = rule.get("escalation") or {}
        day = rule.get("due_on")
        return {
            **{name: rule.get(name) for name in ("months", "when", "count_by")},
            "due_on": f"{day[0]:02}-{day[1]:02}" if day else "",
            "steps": "\n".join(f"{year} {amount}" for year, amount in rule.get("steps", ())),
            "rent_free": "\n".join(" ".join(span) for span in rule.get("rent_free", ())),
            "every_years": rising.get("every_years"),
            "percent": rising.get("percent"),
            "rise": rising.get("amount") if rising.get("amount") not in (None, "0") else None,
        }


class CollectForm(forms.Form):
    """Money received."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=40)
    amount = YuanInput(label="收款金额（元）", least=Decimal("0.01"))
    received_on = DayInput(label="收款日期")
    means = forms.ChoiceField(label="收款方式", choices=Payment.Means.choices)
    number = forms.CharField(
        label="收据号", max_length=60, help_text="统一收据上印的号码。",
        error_messages={"required": "请填写收据号；没有收据不能收款"},
    )  # fmt: skip
    payer = forms.CharField(
        label="交款人", max_length=100, required=False, help_text="不填则为承包方本人。"
    )


class EndForm(forms.Form):
    """How a contract ended."""

    kind = forms.ChoiceField(label="方式", choices=Ending.Kind.choices)
    ended_on = DayInput(label="终止日期")
    source = forms.CharField(
        label="依据", max_length=120, help_text="决议、通知书、判决书等的名称和编号。"
    )
    reason = forms.CharField(
        label="说明", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="结清、交接的情况。",
    )  # fmt: skip


class FileForm(forms.Form):
    """The town's stamp."""

    number = forms.CharField(
        label="备案编号", max_length=60, required=False, help_text="留空则按本镇本年顺序编号。"
    )
    filed_on = DayInput(label="备案日期")
    stamped_by = forms.CharField(label="备案机关（盖章）", max_length=60)


class GainForm(forms.Form):
    """What is expected."""

    amount = YuanInput(
        label="计划增收（元，合同期合计）", least=Decimal(0),
        help_text="只在签订之前登记；签订以后以签订数为准。",
    )  # fmt: skip
    reason = forms.CharField(label="测算依据", max_length=500)


class AmendForm(forms.Form):
    """What an addendum says; the terms themselves are `TermsForm`'s."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label="类别", choices=Amendment.Kind.choices)
    signed_on = DayInput(label="签订日期")
    effective_on = DayInput(label="生效日期", help_text="从这一天起按新条款计算应收款。")
    source = forms.CharField(
        label="依据", max_length=120, help_text="民主决议、清理事项或文书的名称和编号。"
    )
    reason = forms.CharField(
        label="说明", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class CaseForm(forms.Form):
    """A closed matter told for others."""

    kind = forms.ChoiceField(label="类型", choices=ModelCase.Kind.choices)
    title = forms.CharField(label="标题", max_length=100)
    facts = forms.CharField(label="案情", widget=forms.Textarea(attrs={"rows": 5}))
    method = forms.CharField(label="做法", widget=forms.Textarea(attrs={"rows": 5}))
    law = forms.CharField(label="依据", widget=forms.Textarea(attrs={"rows": 3}))
    effect = forms.CharField(label="成效", widget=forms.Textarea(attrs={"rows": 3}))


class BecauseForm(forms.Form):
    """Why something is sent back."""

    because = forms.CharField(label="退回理由", max_length=200)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _step(line: str) -> list[Any]:
    year, _, amount = line.replace("，", " ").replace(",", " ").partition(" ")
    try:
        if not year.isdecimal():
            raise Invalid("steps", "")
        return [int(year), str(yuan(amount.strip().replace(" ", "")))]
    except Invalid:
        raise forms.ValidationError(
            f"“{line[:20]}”应写成“年次 金额”，如“4 12000.00”", code="steps"
        ) from None


def _span(line: str) -> list[str]:
    first, _, last = line.partition(" ")
    try:
        return [date.fromisoformat(first).isoformat(), date.fromisoformat(last.strip()).isoformat()]
    except ValueError:
        raise forms.ValidationError(
            f"“{line[:24]}”应写成“2024-01-01 2024-03-31”", code="span"
        ) from None
