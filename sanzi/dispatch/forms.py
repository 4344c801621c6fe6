"""The shape of what people type about dispatch."""

from typing import Any

from django import forms

from sanzi.web.inputs import DayInput

from .blockers import Blocker
from .levels import LEVEL_WORDS
from .periods import KINDS
from .ranking import TIES


class OrderForm(forms.Form):
    """Which sheet to freeze."""

    kind = forms.ChoiceField(label="种类", choices=list(KINDS.items()))
    level = forms.ChoiceField(label="每行一个")
    cut_off_on = DayInput(label="截止日", help_text="默认是按安排最近一次应截止的日期")

    def __init__(self, *args: Any, levels: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one, LEVEL_WORDS[one]) for one in levels]
        self.fields["level"].choices = choices  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label="原因", max_length=200, error_messages={"required": "请写明原因"}
    )


class BlockerForm(forms.Form):
    """A matter raised to the next level."""

    kind = forms.ChoiceField(label="类别", choices=Blocker.Kind.choices)
    matter = forms.CharField(label="事项", max_length=100, help_text="一句话说清要办什么")
    detail = forms.CharField(
        label="情况和请求", max_length=2000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="已经做了什么、卡在哪里、请上级做什么",
    )  # fmt: skip
    on = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    once = forms.CharField(max_length=36, widget=forms.HiddenInput)


class NoteForm(forms.Form):
    """A step with what there is to say."""

    step = forms.CharField(max_length=20)
    note = forms.CharField(label="答复或说明", max_length=2000, required=False)


class ArrangeForm(forms.Form):
    """How a region dispatches."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    daily_at = forms.TimeField(
        label="日调度截止时刻", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    daily_working_days = forms.BooleanField(label="日调度只在工作日", required=False)
    biweekly_first_on = DayInput(label="双周调度第一期截止日", help_text="以后各期从这一天往后推")
    biweekly_every = forms.IntegerField(label="每隔几天一期", min_value=1, max_value=31)
    biweekly_at = forms.TimeField(
        label="双周调度截止时刻", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    reds = forms.IntegerField(label="红旗几家", min_value=0, max_value=50)
    yellows = forms.IntegerField(label="黄旗几家", min_value=0, max_value=50)
    ties = forms.ChoiceField(label="同分跨在名额边上", choices=list(TIES.items()))
    town_days = forms.IntegerField(label="乡镇答复期限（工作日）", min_value=1, max_value=60)
    county_days = forms.IntegerField(label="县答复期限（工作日）", min_value=1, max_value=60)
    city_days = forms.IntegerField(label="市答复期限（工作日）", min_value=1, max_value=60)


class LayoutForm(forms.Form):
    """An office's own layout."""

    file = forms.FileField(label="版式文件（.xlsx 或 .docx）")
