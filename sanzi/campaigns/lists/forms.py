"""What people type when they give tasks or write a list; whether it makes sense actions say."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.timezone import localdate

from sanzi.access.models import Post
from sanzi.access.roles import ROLES
from sanzi.campaigns.completion import UNITS
from sanzi.campaigns.giving import MATTER_MAX
from sanzi.campaigns.models import Campaign
from sanzi.campaigns.places import Choice
from sanzi.campaigns.tasks.forms import people_choices
from sanzi.campaigns.tasks.stages import CATEGORIES
from sanzi.metrics.catalogue import METRICS
from sanzi.web.inputs import DayInput

from .actions import ROLES_TOLD
from .lines import Line

_PLACES = {"required": "请勾选给谁下达"}
_CATEGORIES = [(one, one) for one in CATEGORIES]
METRIC_CHOICES = [("", "—"), *((one.id, f"{one.label}（{one.unit}）") for one in METRICS)]
ROLE_CHOICES = [("", "—"), *((code, ROLES[code].title) for code in ROLES_TOLD)]
UNIT_CHOICES = [(unit, unit) for unit in ("", "元", *UNITS, "份", "笔", "个", "人", "村")]


class _PlacesForm(forms.Form):
    """To whom: boxes to tick."""

    places = forms.MultipleChoiceField(
        label="给谁", widget=forms.CheckboxSelectMultiple, error_messages=_PLACES
    )
    campaign = forms.TypedChoiceField(
        label="属于哪项行动", required=False, coerce=int, empty_value=None
    )

    def __init__(
        self, *args: Any, places: Iterable[Choice], campaigns: Iterable[Campaign], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        boxes: Any = self.fields["places"]
        boxes.choices = [(one.value, one.title) for one in places]
        if len(boxes.choices) == 1:
            boxes.initial = [boxes.choices[0][0]]
        chosen: Any = self.fields["campaign"]
        chosen.choices = [("", "—"), *((str(one.pk), str(one)) for one in campaigns)]


class GiveListForm(_PlacesForm):
    """Which lines of a list, to whom, from when."""

    codes = forms.MultipleChoiceField(error_messages={"required": "请勾选要下达的条目"})
    given_on = DayInput(label="起算日期", initial=localdate, help_text="各条的天数从这一天算起。")

    def __init__(self, *args: Any, codes: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        boxes: Any = self.fields["codes"]
        boxes.choices = [(code, code) for code in codes]


class TaskForm(_PlacesForm):
    """One task, typed."""

    matter = forms.CharField(
        label="事项", max_length=MATTER_MAX, widget=forms.Textarea(attrs={"rows": 2})
    )
    category = forms.ChoiceField(label="类别", choices=_CATEGORIES)
    standard = forms.CharField(label="完成标准", max_length=300, required=False)
    starts_on = DayInput(label="开始日期", initial=localdate)
    due_on = DayInput(label="完成时限")
    role = forms.ChoiceField(label="责任岗位", choices=ROLE_CHOICES, required=False)
    person = forms.TypedChoiceField(
        label="责任人", required=False, coerce=int, empty_value=None,
        help_text="只给一个地方下达时可以指定到人；不指定的，由该地该岗位的人办。",
    )  # fmt: skip
    lead_unit = forms.CharField(label="牵头单位", max_length=60, required=False)
    joint_units = forms.CharField(label="配合单位", max_length=120, required=False)
    metric = forms.ChoiceField(
        label="按指标认定完成", choices=METRIC_CHOICES, required=False,
        help_text="选了指标，由系统按台账计算是否完成，不用填报。",
    )  # fmt: skip
    target = forms.DecimalField(
        label="目标值", required=False, max_digits=15, decimal_places=4, min_value=0
    )
    unit = forms.ChoiceField(label="单位", choices=UNIT_CHOICES, required=False)
    at_most = forms.BooleanField(label="是上限（不超过）", required=False)
    field_order = ("matter", "category", "standard", "starts_on", "due_on", "places")
    # The row it is about, where it was opened from one.
    on = forms.CharField(max_length=80, required=False, widget=forms.HiddenInput)
    # One form is one giving, however often it is sent.
    once = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, posts: Iterable[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["person"]
        chosen.choices = [("", "—"), *people_choices(posts)]


class ListForm(forms.Form):
    """What stands around the lines."""

    title = forms.CharField(label="名称", max_length=60)
    note = forms.CharField(label="说明", max_length=300, required=False)


_TEXTS = ("code", "category", "matter", "standard", "level", "role", "lead_unit", "joint_units",
          "metric", "target", "unit")  # fmt: skip


def lines_of(sent: QueryDict) -> list[Line]:
    """The lines of the grid as typed; a row without a matter is none."""
    columns = {name: sent.getlist(name) for name in (*_TEXTS, "after", "days")}
    ceilings = set(sent.getlist("at_most"))
    found = []
    for at, matter in enumerate(columns["matter"]):
        if not matter.strip():
            continue
        told = {name: _cell(columns[name], at) for name in _TEXTS}
        found.append(
            Line(
                after=_whole(_cell(columns["after"], at)),
                days=_whole(_cell(columns["days"], at)),
                at_most=str(at) in ceilings,
                **told,
            )
        )
    return found


def _cell(column: list[str], at: int) -> str:
    return column[at].strip()[:400] if at < len(column) else ""


def _whole(text: str) -> int:
    """A number of days; what is none is so far out that the line is refused by its number."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else -1
