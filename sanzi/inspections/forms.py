"""What people type about inspections."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.timezone import localdate

from sanzi.documents.inputs import PapersInput
from sanzi.web.inputs import DayInput

from .models import InspectionFinding


class TermForm(forms.Form):
    """A county's term."""

    name = forms.CharField(label="届次", max_length=40, help_text="如 十四届县委")
    from_on = DayInput(label="开始日期")
    to_on = DayInput(label="结束日期")


class RoundForm(forms.Form):
    """A round of a term."""

    title = forms.CharField(label="名称", max_length=60, help_text="如 农村集体“三资”专项巡察")
    from_on = DayInput(label="开始日期")
    to_on = DayInput(label="结束日期")


class PlacesForm(forms.Form):
    """The places a round came to on a day."""

    on = DayInput(label="进驻日期", initial=localdate)
    places = forms.MultipleChoiceField(
        label="乡镇、村", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选一处"},
    )  # fmt: skip

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["places"]
        chosen.choices = places


class FindingForm(forms.Form):
    """A finding at a place the round came to."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=36)
    place = forms.ChoiceField(label="对象")
    kind = forms.ChoiceField(label="类别", choices=InspectionFinding.Kind.choices)
    matter = forms.CharField(label="问题", max_length=280)
    evidence = forms.CharField(
        label="依据和事实", max_length=5000, widget=forms.Textarea(attrs={"rows": 5})
    )
    found_on = DayInput(label="发现日期", initial=localdate)
    papers = PapersInput(label="佐证材料", required=False)
    is_clue = forms.BooleanField(
        label="是违纪违法问题线索", required=False,
        help_text="线索内容加密保存，只有纪检和乡镇分管领导能看；不下达任务，佐证材料另行移送",
    )  # fmt: skip

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        kwargs["initial"] = {"key": str(uuid4()), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["place"]
        chosen.choices = places


class HandOutForm(forms.Form):
    """A finding given as a task."""

    due_on = DayInput(label="整改期限")
    responsible = forms.CharField(label="责任人", max_length=40, required=False)
