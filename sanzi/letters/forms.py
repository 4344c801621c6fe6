"""What people fill in about letters."""

from collections.abc import Sequence
from typing import Any

from django import forms

from sanzi.documents.inputs import PapersInput
from sanzi.web.inputs import DayInput

from .models import Run
from .template_file import SIZE_MAX
from .ways import BY_CODE, WAYS, lacking


class VoidForm(forms.Form):
    """Why a letter no longer holds."""

    reason = forms.CharField(
        label="作废原因", max_length=200, help_text="写明原因；编号保留，不会再用，也不能恢复。"
    )


class ServiceForm(forms.Form):
    """How a letter was served, and what proves it."""

    way = forms.ChoiceField(label="送达方式", choices=[(w.code, w.title) for w in WAYS])
    served_on = DayInput(label="送达日期")
    receiver = forms.CharField(label="签收人", max_length=100, required=False)
    witnesses = forms.CharField(
        label="见证人", max_length=200, required=False, help_text="几个人用顿号隔开：王一、李二"
    )
    number = forms.CharField(label="邮单号、公告媒体和刊期", max_length=100, required=False)
    note = forms.CharField(label="经过说明", max_length=300, required=False)
    files = PapersInput(label="照片、回执、截图", required=False)  # type: ignore[assignment]

    def clean(self) -> dict[str, Any]:
        """Each way has its own proof; what is lacking is said beside the way."""
        given = super().clean() or {}
        way = BY_CODE.get(given.get("way", ""))
        if way is not None and "files" in given:
            lack = lacking(way, {**given, "papers": len(given["files"])})
            if lack:
                self.add_error("way", lack)
        return given


class TakeBackForm(forms.Form):
    """Why a recorded service does not stand."""

    note = forms.CharField(label="撤回原因", max_length=300)


class RunForm(forms.Form):
    """How many letters are printed at once."""

    kind = forms.ChoiceField(label="格式", choices=Run.Kind.choices, initial=Run.Kind.PDF)


class TemplateForm(forms.Form):
    """A Word template of the office's own."""

    file = forms.FileField(
        label="Word 模板（.docx）", help_text="5 MB 以内；先检查，有问题不会启用。"
    )

    def clean_file(self) -> Any:
        """Too large is told before anything is read."""
        file = self.cleaned_data["file"]
        if file.size > SIZE_MAX:
            raise forms.ValidationError(f"模板超过 {SIZE_MAX // 1024**2} MB，请压缩里面的图片")
        return file


class ComposeForm(forms.Form):
    """A letter in the office's own words."""

    village = forms.ChoiceField(label="发文村")
    title = forms.CharField(label="标题", max_length=60, initial="函")
    addressee = forms.CharField(label="收件人", max_length=100, help_text="姓名或单位全称")
    body = forms.CharField(
        label="正文",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="每段一行；编号、日期、落款、二维码会自动加上。制发后不能修改，只能作废重发。",
    )

    def __init__(self, *args: Any, villages: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["village"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(villages)
