"""The shape of what people fill in; what it means is checked by the actions."""

from django import forms

from .asking import TEXT_MAX


class AskForm(forms.Form):
    """The question box: nothing about the asker."""

    text = forms.CharField(
        label="您想问什么",
        max_length=TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": TEXT_MAX}),
        help_text="不用留姓名、电话；请不要写证件号、银行卡号。",
    )


class AnswerForm(forms.Form):
    text = forms.CharField(label="答复", max_length=2000, widget=forms.Textarea(attrs={"rows": 6}))
    is_public = forms.BooleanField(
        label="问题和答复在公开页上显示",
        required=False,
        help_text="往来个人的姓名和各类号码自动遮盖；还有别人的姓名时，请先加入遮盖字样，或不要显示。",
    )


class TellForm(forms.Form):
    text = forms.CharField(
        label="公开内容",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="一行一项；没有这项内容就写“本年没有此项计划”。清空并保存即撤回。",
    )


class ReviewForm(forms.Form):
    agrees = forms.ChoiceField(
        label="审核结论",
        choices=[("1", "同意公开"), ("0", "不同意公开")],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label="意见", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class PublishForm(forms.Form):
    reason = forms.CharField(
        label="更正说明", max_length=200, required=False, help_text="只在更正已公开的内容时填写。"
    )


class WordForm(forms.Form):
    word = forms.CharField(label="姓名或字样", min_length=2, max_length=60)
