"""The shape of what people type about help; whether it makes sense the actions say."""

from collections.abc import Iterable
from typing import Any

from django import forms

from sanzi.documents.inputs import PapersInput
from sanzi.web.inputs import DayInput

from .matching.terms import LEVELS, WEIGHTS, Terms
from .measures import MEASURES, MONTHLY
from .models import GROUPS, Help, Lesson
from .roster import COLUMNS, RosterRow, UnclearRoster, read_roster
from .skills import FIELDS, SKILLS

_REASON = {"required": "请写明理由"}
Choices = Iterable[tuple[str, str]]


def lines_of(width: int = 3, **more: Any) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": width, **more})


def chosen_from(field: forms.Field, choices: Choices, blank: str = "") -> None:
    """Give a choice field its choices; `blank` names the empty one."""
    field.choices = [*([("", blank)] if blank else []), *choices]  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label="理由", max_length=200, error_messages=_REASON)


class SkillsForm(forms.Form):
    """What an expert can do: a level for each skill, or none."""

    load_max = forms.IntegerField(label="最多帮扶几个村", min_value=1, max_value=9, initial=1)
    conflicts = forms.CharField(
        label="需要回避的村或乡镇", required=False, widget=lines_of(2), max_length=500,
        help_text="每行一处：区划代码=理由，如 140302100201=亲属任职",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = [("0", "无"), *((str(level), word) for level, word in LEVELS.items())]
        for code, (title, field) in SKILLS.items():
            self.fields[f"skill-{code}"] = forms.TypedChoiceField(
                label=f"{title}（{FIELDS[field]}）", choices=levels, coerce=int, required=False,
                empty_value=None,
            )  # fmt: skip

    def clean_conflicts(self) -> dict[str, str]:
        found = {}
        for line in self.cleaned_data["conflicts"].splitlines():
            if not line.strip():
                continue
            code, _, reason = line.replace("＝", "=").partition("=")
            code, reason = code.strip(), reason.strip()
            if not (code.isascii() and code.isdigit() and len(code) in (9, 12) and reason):
                raise forms.ValidationError(f"“{line[:40]}”应写成：区划代码=理由")
            found[code] = reason[:60]
        return found

    @property
    def skills(self) -> dict[str, int]:
        given = self.cleaned_data
        return {code: given[f"skill-{code}"] for code in SKILLS if given.get(f"skill-{code}")}


class ExpertForm(SkillsForm):
    """A new expert."""

    name = forms.CharField(label="姓名", max_length=40)
    unit = forms.CharField(label="单位", max_length=80)
    title = forms.CharField(label="职称", max_length=40, required=False)
    field = forms.ChoiceField(label="领域", choices=list(FIELDS.items()))
    base = forms.ChoiceField(label="所在地", required=False, help_text="路程按它与村的关系计算")
    phone = forms.CharField(
        label="电话", max_length=20, required=False, help_text="加密保存，页面只显示打码后的"
    )

    field_order = ("name", "unit", "title", "field", "base", "phone", "load_max", "conflicts")

    def __init__(self, *args: Any, bases: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen_from(self.fields["base"], bases)


class RosterForm(forms.Form):
    """Experts pasted from a spreadsheet."""

    text = forms.CharField(
        label="名单", widget=lines_of(10), max_length=100_000, strip=False,
        help_text="从表格里复制后粘贴，各列依次为：" + "、".join(COLUMNS)
        + "。专长写成“合同法务精通、电商营销熟悉”",
    )  # fmt: skip

    def clean_text(self) -> list[RosterRow]:
        try:
            return read_roster(self.cleaned_data["text"])
        except UnclearRoster as fault:
            raise forms.ValidationError(str(fault)) from None


class NeedForm(forms.Form):
    """One thing a village lacks."""

    skill = forms.ChoiceField(
        label="缺什么", choices=[(code, title) for code, (title, _) in SKILLS.items()]
    )
    weight = forms.TypedChoiceField(
        label="程度", choices=[(str(w), word) for w, word in WEIGHTS.items()], coerce=int, initial=2
    )
    note = forms.CharField(label="具体情况", max_length=200, required=False)


class MatchingForm(forms.Form):
    """A new matching: its weights are points, an editable default."""

    title = forms.CharField(label="名称", max_length=80, initial="百名人才进百村")
    until_on = DayInput(label="帮扶截止日")
    gap = forms.IntegerField(
        label="专长完全不对口计", min_value=0, max_value=10_000, initial=Terms.gap,
        help_text="分；部分对口按比例",
    )  # fmt: skip
    per_km = forms.IntegerField(
        label="每公里计", min_value=0, max_value=100, initial=Terms.per_km,
        help_text="分；没有坐标的，同乡镇按 5、同县 20、同市 60 公里计",
    )  # fmt: skip
    load = forms.IntegerField(
        label="手上每已有一个村计", min_value=0, max_value=10_000, initial=Terms.load,
        help_text="分；让任务分得均匀",
    )  # fmt: skip
    quotas = forms.CharField(
        label="县定额", required=False, max_length=300, widget=lines_of(2),
        help_text="每行一县：县代码=本县专家合计最多帮几个村；不填则不限",
    )  # fmt: skip

    def clean_quotas(self) -> dict[str, int]:
        found = {}
        for line in self.cleaned_data["quotas"].splitlines():
            code, _, most = (part.strip() for part in line.replace("＝", "=").partition("="))
            if not code:
                continue
            if not (len(code) == 6 and (code + most).isascii() and (code + most).isdigit()):
                raise forms.ValidationError(f"“{line[:40]}”应写成：六位县代码=村数")
            found[code] = min(int(most[:6] or 0), 100_000)
        return found

    def terms(self) -> Terms:
        given = self.cleaned_data
        return Terms(given["gap"], given["per_km"], given["load"])


class PairForm(forms.Form):
    """A pair to be pinned or forbidden, or only looked at."""

    village = forms.ChoiceField(label="村")
    expert = forms.TypedChoiceField(label="专家", coerce=int)

    def __init__(self, *args: Any, villages: Choices, experts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen_from(self.fields["village"], villages)
        chosen_from(self.fields["expert"], experts)


class FixForm(PairForm):
    """The same, to be kept."""

    way = forms.ChoiceField(
        label="怎么办", choices=[("pin", "指定"), ("forbid", "排除"), ("free", "取消指定或排除")]
    )
    reason = forms.CharField(label="理由", max_length=200, error_messages=_REASON)
    revision = forms.IntegerField(widget=forms.HiddenInput)


class HelpForm(forms.Form):
    """A new tie of help."""

    kind = forms.ChoiceField(
        label="方式", choices=[one for one in Help.Kind.choices if one[0] != Help.Kind.EXPERT]
    )
    village = forms.ChoiceField(label="受帮扶村")
    helper = forms.CharField(
        label="帮扶方",
        max_length=80,
        required=False,
        help_text="单位、企业或领导职务；强村带弱村的不填",
    )
    helper_village = forms.ChoiceField(label="强村", required=False, help_text="只有强村带弱村才选")
    contact = forms.CharField(label="联系人", max_length=40, required=False)
    phone = forms.CharField(label="联系电话", max_length=20, required=False)
    matter = forms.CharField(
        label="帮扶内容", max_length=300, widget=lines_of(2),
        help_text="人才支持、业务培养、项目推广、资金扶持等",
    )  # fmt: skip
    from_on = DayInput(label="开始")
    until_on = DayInput(label="截止")

    def __init__(self, *args: Any, villages: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        villages = list(villages)
        chosen_from(self.fields["village"], villages)
        chosen_from(self.fields["helper_village"], villages, "（不是强村带弱村）")


class DeedForm(forms.Form):
    """One visit or deed."""

    done_on = DayInput(label="日期")
    what = forms.CharField(label="做了什么", max_length=500, widget=lines_of(3))
    next = forms.CharField(label="下一步", max_length=200, required=False)
    files = PapersInput(label="照片或材料", required=False)  # type: ignore[assignment]


class GoalForm(forms.Form):
    """A goal by a measure; where it stood is drawn."""

    measure = forms.ChoiceField(
        label="指标", choices=[(one.id, f"{one.label}（{one.unit}）") for one in MEASURES.values()]
    )
    base_on = DayInput(label="起点日", help_text="起点值由系统按这一天的台账和账簿取数")
    target = forms.DecimalField(
        label="目标值", max_digits=16, decimal_places=4,
        help_text="元、个、人等照单位填；比率填小数，如 80% 填 0.8",
    )  # fmt: skip
    due_on = DayInput(label="期限")


class ReadingForm(forms.Form):
    """A day to draw a goal's figure for."""

    as_of = DayInput(label="截至")
    note = forms.CharField(label="说明", max_length=200, required=False)


class EndForm(forms.Form):
    """How a tie of help ended."""

    ended_on = DayInput(label="结束日期")
    reason = forms.CharField(label="结束说明", max_length=200, error_messages=_REASON)


class DecideForm(forms.Form):
    """Agreed, or not and why."""

    step = forms.CharField(max_length=20, widget=forms.HiddenInput)
    reason = forms.CharField(label="不同意的理由", max_length=200, required=False)


class CohortForm(forms.Form):
    """A new cohort."""

    title = forms.CharField(label="名称", max_length=80, initial="农村党组织书记能力提升长训班")
    year = forms.IntegerField(label="年度", min_value=2000, max_value=2199)
    seats_max = forms.IntegerField(label="名额", min_value=1, max_value=500, initial=40)
    starts_on = DayInput(label="开班")
    ends_on = DayInput(label="结业")
    criteria = forms.CharField(
        label="选拔条件", required=False, max_length=500, widget=lines_of(2),
        initial="想干事、能干事、干成事的村党组织书记",
    )  # fmt: skip
    measures = forms.MultipleChoiceField(
        label="每月取哪些数", widget=forms.CheckboxSelectMultiple, initial=list(MONTHLY),
        choices=[(one.id, f"{one.label}（{one.unit}）") for one in MEASURES.values()],
        help_text="由系统按台账和账簿取数，学员村不用填报",
    )  # fmt: skip


class SeatForm(forms.Form):
    """A recommendation or an application."""

    village = forms.ChoiceField(label="村")
    name = forms.CharField(label="姓名", max_length=40)
    duty = forms.CharField(label="职务", max_length=40, initial="村党组织书记")
    statement = forms.CharField(label="推荐（申请）理由", max_length=500, widget=lines_of(3))

    def __init__(self, *args: Any, villages: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen_from(self.fields["village"], villages)


class LessonForm(forms.Form):
    """A new lesson."""

    kind = forms.ChoiceField(label="类型", choices=Lesson.Kind.choices)
    title = forms.CharField(label="主题", max_length=100)
    held_on = DayInput(label="日期")
    place = forms.CharField(label="地点", max_length=80, required=False)
    teacher = forms.CharField(label="授课（带队）人", max_length=60, required=False)
    group = forms.ChoiceField(
        label="班次", required=False, choices=[("", "两班合上"), *((g, f"{g} 班") for g in GROUPS)]
    )
    homework = forms.CharField(label="作业", max_length=200, required=False)
    homework_due_on = DayInput(label="作业期限", required=False)


class HomeworkForm(forms.Form):
    """What a participant hands in."""

    text = forms.CharField(label="作业内容", max_length=5_000, widget=lines_of(6))


class DayForm(forms.Form):
    """A day figures are drawn for."""

    as_of = DayInput(label="截至")
