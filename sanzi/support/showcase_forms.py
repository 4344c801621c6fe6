"""The shape of what people type about the showcase, inside and on the public page."""

from typing import Any
from uuid import uuid4

from django import forms

from sanzi.documents.inputs import PapersInput
from sanzi.web.inputs import DayInput, YuanInput

from .forms import Choices, chosen_from, lines_of
from .models import Offering


class OfferingTextForm(forms.Form):
    """What may be changed of an offering."""

    summary = forms.CharField(label="一句话介绍", max_length=120)
    details = forms.CharField(
        label="详细说明", required=False, max_length=2_000, widget=lines_of(5),
        help_text="产地、规格、资质、合作条件；不要写电话、证件号、账号，有人留言会转给村里",
    )  # fmt: skip
    price = forms.CharField(
        label="价格或合作方式", max_length=60, required=False, help_text="如 12 元/斤、面议"
    )
    files = PapersInput(  # type: ignore[assignment]
        label="照片或材料", required=False, help_text="只在系统内可见，不上公开页"
    )


class OfferingForm(OfferingTextForm):
    """A new offering."""

    village = forms.ChoiceField(label="村")
    kind = forms.ChoiceField(label="类别", choices=Offering.Kind.choices)
    title = forms.CharField(label="名称", max_length=60)

    field_order = ("village", "kind", "title", "summary", "details", "price", "files")

    def __init__(self, *args: Any, villages: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen_from(self.fields["village"], villages)


class OutcomeForm(forms.Form):
    """What an offering brought."""

    on = DayInput(label="日期")
    amount = YuanInput(label="金额（元）", help_text="记错了的，用负数冲回；记账另按收入入账")
    what = forms.CharField(label="结果", max_length=200)


class HandleForm(forms.Form):
    """How a lead goes."""

    step = forms.CharField(max_length=20, widget=forms.HiddenInput)
    note = forms.CharField(label="办理情况", max_length=200)


class InquiryForm(forms.Form):
    """The public form. The key makes one inquiry of a form sent twice."""

    name = forms.CharField(label="怎么称呼您", max_length=20)
    phone = forms.CharField(
        label="电话", max_length=20, widget=forms.TextInput(attrs={"inputmode": "tel"}),
        help_text="加密保存，只有村里办理的人能看，不会公开",
    )  # fmt: skip
    text = forms.CharField(label="想了解什么", max_length=300, widget=lines_of(4))
    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
