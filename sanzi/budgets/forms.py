"""The shape of what people type about budgets; whether it makes sense is for the actions to say."""

from typing import Any

from django import forms

from sanzi.documents.inputs import PapersInput
from sanzi.kernel.money import ZERO
from sanzi.web.inputs import DayInput, YuanInput

from .control import Control
from .grid import FIELDS, LINES_MAX, Typed
from .models import BudgetDecision

PEOPLE_MAX = 1_000_000
BLANK_ROWS, MORE_ROWS = 5, 10


class YearForm(forms.Form):
    """Which year to draft."""

    year = forms.IntegerField(
        label="年度", min_value=1990, max_value=2199, error_messages={"required": "请填年度"}
    )


class ReasonForm(forms.Form):
    """Why a budget is adjusted or given up."""

    reason = forms.CharField(
        label="理由",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "请写明理由"},
    )


class DecisionForm(forms.Form):
    """The meeting that approved a budget."""

    body = forms.ChoiceField(label="决定会议", choices=BudgetDecision.Body.choices)
    met_on = DayInput(label="会议日期")
    number = forms.CharField(label="决议文号", max_length=60, help_text="没有文号的填会议记录编号")
    expected = forms.IntegerField(label="应到人数", min_value=1, max_value=PEOPLE_MAX)
    present = forms.IntegerField(label="实到人数", min_value=1, max_value=PEOPLE_MAX)
    agreed = forms.IntegerField(label="同意人数", min_value=0, max_value=PEOPLE_MAX)
    sheets = forms.IntegerField(
        label="附件张数",
        min_value=0,
        max_value=9999,
        help_text="会议记录、签到表、表决结果共几张",
    )
    papers = PapersInput(label="扫描件", required=False, help_text="可选多个文件")


class RuleForm(forms.Form):
    """How single payments are watched."""

    from_on = DayInput(label="起始日期")
    report_above = YuanInput(label="单笔超过多少元须附支出预算报告", least=ZERO)
    unplanned = forms.ChoiceField(
        label="没有列入预算的支出", choices=[(c.value, c.label) for c in Control]
    )
    basis = forms.CharField(label="依据的文件", max_length=200, help_text="文件名称和文号")


class LeftForm(forms.Form):
    """A payment somebody thinks of."""

    account = forms.CharField(
        label="支出科目", max_length=80, widget=forms.TextInput(attrs={"list": "spent"})
    )
    amount = YuanInput(label="金额（元）", least=ZERO)
    project = forms.CharField(label="核算项目", max_length=200, required=False)
    on = DayInput(label="付款日期", required=False)


class MeetingForm(forms.Form):
    """The meeting a year's papers are for, and the day they lie open."""

    meeting = DayInput(label="会议日期")
    opens = DayInput(label="公开日期", required=False)


def typed_rows(posted: Any) -> list[Typed]:
    """The grid as it came in, blank rows with it; at most a few more than may be saved."""
    number = min(whole(posted.get("rows", "")), LINES_MAX + MORE_ROWS)
    return [
        Typed(
            **{
                name: posted.get(f"{name}-{at}", "").replace("\x00", "").strip()[:300]
                for name in FIELDS
            }
        )
        for at in range(number)
    ]


def whole(text: str) -> int:
    """A number from a hidden field; 0 for anything else somebody put there."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
