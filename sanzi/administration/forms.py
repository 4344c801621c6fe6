"""The shape of what people type; whether it makes sense is for the actions to say."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.timezone import localdate

from sanzi.access.passwords import BYTES_MAX
from sanzi.access.roles import ADMINISTRATORS, ROLES

# Beyond these neither a term of office nor a midnight can be reckoned with.
FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)

_POSTS = [
    (name, role.title)
    for name, role in ROLES.items()
    if not name.startswith("system_") or name in ADMINISTRATORS
]


class Day(forms.DateField):
    """A day, picked or typed as 2026-03-02; not one at the edge of the calendar."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        within = [MinValueValidator(FIRST), MaxValueValidator(LAST)]
        super().__init__(widget=widget, input_formats=["%Y-%m-%d"], validators=within, **kwargs)


class SignInForm(forms.Form):
    username = forms.CharField(
        label="账号",
        max_length=200,
        error_messages={"required": "请填写账号"},
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    # How long is too long is for the entrance to say: it answers with 400, not with a hint.
    password = forms.CharField(
        label="密码",
        strip=False,
        error_messages={"required": "请填写密码"},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class PasswordForm(forms.Form):
    old = forms.CharField(
        label="原密码",
        strip=False,
        max_length=BYTES_MAX,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label="新密码",
        strip=False,
        max_length=1000,
        help_text="至少 10 位；可以是一句话，长比复杂更安全。不要用姓名、账号或常见密码。",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="再输一次新密码",
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, person: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_new(self) -> str:
        new: str = self.cleaned_data["new"]
        validate_password(new, self.person)
        return new

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if "new" in given and given["new"] != given.get("again", given["new"]):
            self.add_error("again", "两次输入的新密码不一样")
        return given


class Appointment(forms.Form):
    role = forms.ChoiceField(label="岗位", choices=_POSTS)
    region = forms.CharField(
        label="任职地区的区划代码",
        max_length=14,
        required=False,
        help_text="12 位或到该级为止的前几位，如镇 9 位、村 12 位；全国留空",
    )
    from_on = Day(label="任职日期", initial=localdate)


class PostForm(Appointment):
    to_on = Day(label="离任日期", required=False, help_text="还没有定就留空")


class PersonForm(Appointment):
    username = forms.CharField(
        label="账号", max_length=40, help_text="小写字母或数字开头，如姓名拼音加编号"
    )
    name = forms.CharField(label="姓名", max_length=40)

    field_order = ("username", "name")


class EndForm(forms.Form):
    to_on = Day(label="离任日期（最后一天）", initial=localdate)


class ReasonForm(forms.Form):
    reason = forms.CharField(label="理由", max_length=200)


class RegionForm(forms.Form):
    code = forms.CharField(
        label="区划代码", max_length=14, help_text="12 位统计用区划代码；组为 14 位"
    )
    name = forms.CharField(label="名称", max_length=60)
    valid_from = Day(label="启用日期", required=False, help_text="一直就有的地区留空")


class RenameForm(forms.Form):
    name = forms.CharField(label="新名称", max_length=60)
    on = Day(label="从哪天起用新名称", initial=localdate)


class MergeForm(forms.Form):
    into = forms.CharField(label="并入地区的区划代码", max_length=14)
    on = Day(label="从哪天起并入", initial=localdate)


class PeopleQuery(forms.Form):
    q = forms.CharField(
        label="姓名或账号",
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "姓名或账号…"}),
    )
    role = forms.ChoiceField(label="岗位", choices=[("", "岗位：全部"), *_POSTS], required=False)
    state = forms.ChoiceField(
        label="状态",
        choices=[("", "状态：全部"), ("active", "启用"), ("inactive", "停用")],
        required=False,
    )


class LogQuery(forms.Form):
    q = forms.CharField(label="动作、事项、内容", max_length=60, required=False)
    actor = forms.CharField(label="账号或姓名", max_length=40, required=False)
    since = Day(label="从", required=False)
    until = Day(label="到", required=False)
    before = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)
