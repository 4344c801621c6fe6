"""What people type about responsibility; whether it makes sense the actions say."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.timezone import localdate

from sanzi.web.inputs import DayInput

from .models import ForceMember, Level, TaskForce

_WHY = {"required": "请写明理由"}


class _Once(forms.Form):
    """A form that is taken once."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=36)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        start = {"key": str(uuid4()), "from_on": localdate()}
        kwargs["initial"] = {**start, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)


class AssignmentForm(_Once):
    """One person's answer for one scope."""

    level = forms.ChoiceField(label="层级")
    area_id = forms.TypedChoiceField(
        label="片区", required=False, coerce=int, empty_value=None, help_text="包片的才选"
    )
    village = forms.ChoiceField(label="村", required=False)
    group = forms.CharField(label="组", max_length=30, required=False, help_text="如 第三组")
    household = forms.CharField(label="户主", max_length=30, required=False, help_text="包户的才填")
    person_id = forms.TypedChoiceField(
        label="责任人（系统里的人）", required=False, coerce=int, empty_value=None,
        help_text="党员等不登录系统的人，在下面填姓名",
    )  # fmt: skip
    name = forms.CharField(label="责任人姓名", max_length=30, required=False)
    title = forms.CharField(label="职务", max_length=30, required=False)
    phone = forms.CharField(
        label="电话", max_length=20, required=False, help_text="加密保存，页面上只显示头尾几位"
    )
    from_on = DayInput(label="从哪天起", help_text="原来负责的人到前一天为止，记录保留")

    def __init__(
        self,
        *args: Any,
        villages: list[tuple[str, str]],
        areas: list[tuple[int, str]],
        people: list[tuple[int, str]],
        is_town: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields
        below = (Level.GROUP, Level.HOUSEHOLD)
        chosen["level"].choices = [
            (level.value, level.label) for level in Level if is_town or level in below
        ]
        chosen["village"].choices = [("", "—"), *villages] if is_town else villages
        chosen["person_id"].choices = [("", "不在系统里，填姓名"), *people]
        chosen["area_id"].choices = [("", "—"), *areas]
        if not is_town:
            del self.fields["area_id"]


class PasteForm(_Once):
    """A table of assignments."""

    table = forms.CharField(
        label="从表格里复制，粘贴到这里", max_length=400_000, strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="列的顺序：层级、片区、村、组、户、姓名、职务、电话、起始日期；有表头时按表头认",
    )  # fmt: skip
    from_on = DayInput(label="没写起始日期的，从哪天起")


class EndForm(forms.Form):
    """An end without a successor."""

    on = DayInput(label="到哪天为止", initial=localdate)
    reason = forms.CharField(label="原因", max_length=100, error_messages=_WHY)


class ReasonForm(forms.Form):
    """Why a telephone is looked at."""

    reason = forms.CharField(label="用途", max_length=100, error_messages=_WHY)


class AreaForm(forms.Form):
    """An area and its villages."""

    name = forms.CharField(label="片区名称", max_length=30, help_text="已有的名称：改它包括的村")
    villages = forms.MultipleChoiceField(
        label="包括的村", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选一个村"},
    )  # fmt: skip
    from_on = DayInput(label="从哪天起", initial=localdate)

    def __init__(self, *args: Any, villages: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["villages"]
        chosen.choices = villages


class ForceForm(forms.Form):
    """A new task force."""

    kind = forms.ChoiceField(label="专班", choices=TaskForce.Kind.choices)
    region = forms.ChoiceField(label="设在", help_text="三个专项专班设在乡镇，村工作专班设在村")
    from_on = DayInput(label="成立日期", initial=localdate)

    def __init__(self, *args: Any, regions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["region"]
        chosen.choices = regions


class MemberForm(_Once):
    """A seat in a task force."""

    role = forms.ChoiceField(label="分工")
    person_id = forms.TypedChoiceField(
        label="系统里的人", required=False, coerce=int, empty_value=None,
        help_text="不登录系统的人，在下面填姓名",
    )  # fmt: skip
    name = forms.CharField(label="姓名", max_length=30, required=False)
    title = forms.CharField(label="职务", max_length=30, required=False)
    station = forms.CharField(
        label="单位", max_length=30, required=False, help_text="配合单位的填，如 法庭、派出所"
    )
    duty = forms.CharField(label="职责", max_length=100, required=False)
    phone = forms.CharField(label="电话", max_length=20, required=False)
    from_on = DayInput(label="从哪天起")

    def __init__(
        self, *args: Any, people: list[tuple[int, str]], force: TaskForce, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields
        chosen["person_id"].choices = [("", "不在系统里，填姓名"), *people]
        derived = ("leader", "deputy") if force.kind == TaskForce.Kind.VILLAGE else ()
        chosen["role"].choices = [c for c in ForceMember.Role.choices if c[0] not in derived]


class ChooseForm(forms.Form):
    """Who hands over to whom."""

    giver_id = forms.TypedChoiceField(label="移交人", coerce=int)
    taker_id = forms.TypedChoiceField(label="接交人", coerce=int)

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("giver_id", "taker_id"):
            chosen: Any = self.fields[name]
            chosen.choices = people


class HandoverForm(ChooseForm):
    """The handover of a list that was looked at."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=36)
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    on = DayInput(label="交接日期", initial=localdate)
    reason = forms.CharField(label="原因", max_length=100, error_messages=_WHY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": str(uuid4()), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        for name in ("giver_id", "taker_id"):
            self.fields[name].widget = forms.HiddenInput()
