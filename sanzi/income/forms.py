"""The shape of what people type about income; whether it makes sense the actions say."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms

from sanzi.kernel.money import ZERO, from_fen, to_fen
from sanzi.web.inputs import DayInput, YuanInput

from . import tiers
from .calling import ASKED
from .definitions import DEFINITIONS
from .jumps import LIMITS, Limits
from .models import OneOff
from .standards import Accounts, Tiers, faults_of_accounts

_CHOICES = [(one.code, one.label) for one in DEFINITIONS]
_REASON = {"required": "请写明依据或理由"}
WAN = Decimal(10_000)


class GoalForm(forms.Form):
    """A new goal."""

    title = forms.CharField(label="名称", max_length=60, help_text="如：百村百万、十万清零")
    code = forms.ChoiceField(label="收入口径", choices=_CHOICES)
    threshold = YuanInput(label="每村应达到（元）", least=Decimal("0.01"))
    wanted = forms.IntegerField(
        label="应达到的村数", required=False, min_value=1, max_value=100_000,
        help_text="不填就是全部的村",
    )  # fmt: skip
    by_on = DayInput(label="完成时限", help_text="按这一天所在年度的收入计算")
    counts_one_off = forms.BooleanField(label="一次性收入也计入", required=False)
    reason = forms.CharField(label="依据", max_length=200, required=False, help_text="文号等")


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(label="理由", max_length=200, error_messages=_REASON)


class DatedForm(forms.Form):
    """From when a standard holds, and on what ground."""

    from_on = DayInput(label="起用日期")
    reason = forms.CharField(label="依据", max_length=200, error_messages=_REASON)

    def content(self) -> dict[str, Any]:
        """What is stored."""
        raise NotImplementedError


class TiersForm(DatedForm):
    """Edges in 万元, and what they measure."""

    definition = forms.ChoiceField(label="收入口径", choices=_CHOICES)
    edges = forms.CharField(
        label="分档线（万元）", max_length=200,
        help_text="从低到高，用顿号或逗号隔开，如 5、10、50、100；达到线的算进上一档",
    )  # fmt: skip
    counts_one_off = forms.BooleanField(label="一次性收入也计入", required=False)
    field_order = ("definition", "edges", "counts_one_off", "from_on", "reason")

    def clean_edges(self) -> tuple[int, ...]:
        given = [one for one in re.split(r"[、，,\s]+", self.cleaned_data["edges"]) if one]
        if not all(re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,6})?", one) for one in given):
            raise forms.ValidationError("分档线应是数字，如 5、10、50、100")
        edges = tuple(to_fen(Decimal(one) * WAN) for one in given)
        if faults := tiers.faults_of(edges):
            raise forms.ValidationError("；".join(faults))
        return edges

    def content(self) -> dict[str, Any]:
        given = self.cleaned_data
        return Tiers(given["definition"], given["edges"], given["counts_one_off"]).content()


class JumpsForm(DatedForm):
    """The limits of the year-end warnings."""

    field_order = (*(name for name, *_ in LIMITS), "from_on", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label, unit, least, most in LIMITS:
            named = f"{label}（{unit}）"
            self.fields[name] = (
                YuanInput(label=named, least=ZERO)
                if unit == "元"
                else forms.IntegerField(label=named, min_value=least, max_value=most)
            )
        self.order_fields(self.field_order)

    def content(self) -> dict[str, Any]:
        given = {name: self.cleaned_data[name] for name, *_ in LIMITS}
        return Limits.read(given).content()


class ApartForm(DatedForm):
    """The accounts whose income is one-off."""

    codes = forms.CharField(
        label="科目", required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="每行一个：会计制度 科目编码，如 2023 50403；下级科目一并算。留空就是没有",
    )  # fmt: skip
    field_order = ("codes", "from_on", "reason")

    def clean_codes(self) -> Accounts:
        found = []
        for line in filter(None, (one.strip() for one in self.cleaned_data["codes"].splitlines())):
            scheme, _, code = line.partition(" ")
            if scheme not in ("2023", "2004"):
                raise forms.ValidationError(f"“{line[:20]}”应写成 2023 50403 这样")
            found.append((scheme, code.strip()))
        if faults := faults_of_accounts(found):
            raise forms.ValidationError("；".join(faults))
        return Accounts(tuple(dict.fromkeys(found)))

    def content(self) -> dict[str, Any]:
        held: Accounts = self.cleaned_data["codes"]
        return held.content()


class MarkForm(forms.Form):
    """A line of a voucher, or a part of a register row, said to be one-off."""

    kind = forms.ChoiceField(label="性质", choices=OneOff.Kind.choices)
    reason = forms.CharField(label="理由", max_length=200, error_messages=_REASON)


class RowMarkForm(MarkForm):
    part = forms.ChoiceField(label="收入项目", choices=())
    amount = YuanInput(label="其中一次性（元）", least=Decimal("0.01"))
    field_order = ("part", "amount", "kind", "reason")

    def __init__(self, *args: Any, parts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["part"].choices = parts  # type: ignore[attr-defined]


def _percent(label: str, *, is_asked: bool = True) -> forms.IntegerField:
    between = "请填 0 到 100 的整数"
    words = dict.fromkeys(("required", "invalid", "min_value", "max_value"), between)
    return forms.IntegerField(
        label=label, min_value=0, max_value=100, error_messages=words, required=is_asked
    )


class LeversForm(forms.Form):
    """What if."""

    dues = _percent("年底前到期租金收到（%）")
    overdue = _percent("逾期租金收到（%）")
    projects = _percent("已见收益的项目实现（%）")
    planned = _percent("未见收益的项目实现（%）", is_asked=False)
    more = YuanInput(label="每村另增（元）", least=ZERO, required=False)


class CallForm(forms.Form):
    """One year or quarter asked of every village."""

    year = forms.IntegerField(label="年度", min_value=2000, max_value=2199)
    quarter = forms.TypedChoiceField(
        label="期间", coerce=int,
        choices=[(0, "全年"), (1, "第一季度"), (2, "上半年"), (3, "前三季度"), (4, "四个季度")],
        help_text="季度数字是年初到季末的累计",
    )  # fmt: skip
    due_on = DayInput(label="截止日期")


class StatementForm(forms.Form):
    """A village's figures, filled in from its books; changed ones are explained."""

    explanation = forms.CharField(
        label="差异说明", required=False, max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="改动过从账上取的数，请写明原因",
    )  # fmt: skip

    def __init__(
        self, *args: Any, drawn: Mapping[str, int], told: Mapping[str, int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        last = self.fields.pop("explanation")
        for part in ASKED:
            fen = told.get(part.key, drawn.get(part.key))
            self.fields[part.key] = YuanInput(
                label=f"{part.label}（元）", initial=None if fen is None else from_fen(fen),
                error_messages={"required": "没有的填 0"},
            )  # fmt: skip
        self.fields["explanation"] = last

    def told_amounts(self) -> dict[str, Decimal]:
        return {part.key: self.cleaned_data[part.key] for part in ASKED}
