"""What a person hands in with a workbook."""

from django import forms
from django.utils.timezone import localdate


class BaseForm(forms.Form):
    """Another day for a town's base, and why."""

    locked_on = forms.DateField(
        label="基准日",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "日期应写成 2021-12-31", "required": "请填写基准日"},
    )
    reason = forms.CharField(
        label="改动理由",
        max_length=200,
        min_length=2,
        help_text="例如：县专项办〔2022〕3 号文件规定以 2021 年末为基准。",
        error_messages={"required": "请写明理由，理由会留在操作日志里"},
    )


class UploadForm(forms.Form):
    """The file and the day its figures are as of."""

    file = forms.FileField(
        label="工作簿",
        help_text="Excel 或 WPS 保存的 .xlsx 文件；不超过 5 万行。",
        error_messages={
            "required": "请选择要上传的工作簿",
            "empty": "文件是空的（0 字节），请重新选择",
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
    as_of = forms.DateField(
        label="截至日期",
        initial=localdate,
        help_text="核对和数据都截至这一天。",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "日期应写成 2022-12-31"},
    )
