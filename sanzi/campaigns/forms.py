"""What people type about a campaign; whether it makes sense the actions say."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict

from sanzi.metrics.catalogue import METRICS, metric
from sanzi.web.inputs import DayInput

from .models import Aim
from .outline import AimPlan, Outline, PhasePlan
from .pasting import number_of
from .reaching import shown_unit
from .standing import called

METRIC_CHOICES = [(one.id, f"{one.label}（{shown_unit(one.unit)}）") for one in METRICS]
WEIGHT_CHOICES = [(one.id, one.label) for one in METRICS if not one.is_rate]
_FAR = date(1, 1, 1)


class CampaignForm(forms.Form):
    """What a campaign is called, what for, from when to when."""

    title = forms.CharField(label="名称", max_length=60)
    goals = forms.CharField(label="目标", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    starts_on = DayInput(label="开始日期")
    ends_on = DayInput(
        label="结束日期", help_text="开始和结束当天都算；一百天的行动，结束日为开始日后第 99 天。"
    )
    base_on = DayInput(label="基准日", help_text="“新增”的指标从这一天算起；分摊也按这一天的数。")
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)


class CloseForm(forms.Form):
    """What there is to say when it ends."""

    summary = forms.CharField(
        label="总结", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "请写总结"},
    )  # fmt: skip


class ReopenForm(forms.Form):
    reason = forms.CharField(
        label="理由", max_length=200, error_messages={"required": "请写明理由"}
    )


class SpreadForm(forms.Form):
    """Which aim over which level by what."""

    aim = forms.TypedChoiceField(label="指标", coerce=int)
    level = forms.ChoiceField(label="分到", choices=[("village", "各村"), ("town", "各乡镇")])
    weight = forms.ChoiceField(
        label="按什么的比例", choices=WEIGHT_CHOICES, help_text="比率类指标各地相同，不按比例。"
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, aims: list[Aim], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["aim"]
        chosen.choices = [(str(aim.pk), label) for aim, label in called(aims)]


class PasteForm(forms.Form):
    """A table copied from a spreadsheet."""

    table = forms.CharField(
        label="粘贴表格", max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="第一列是村（乡镇）名或区划代码，后面各列按指标顺序；可以带表头。",
    )  # fmt: skip
    revision = forms.IntegerField(widget=forms.HiddenInput)


def outline_of(form: CampaignForm, sent: QueryDict) -> Outline:
    """The outline as typed; empty rows are none, a cell that is no day or number is refused."""
    typed = form.cleaned_data
    return Outline(
        title=typed["title"].strip(), goals=typed["goals"].strip(), starts_on=typed["starts_on"],
        ends_on=typed["ends_on"], base_on=typed["base_on"], phases=phases_of(sent),
        aims=aims_of(sent),
    )  # fmt: skip


def phases_of(sent: QueryDict) -> list[PhasePlan]:
    columns = [sent.getlist(name) for name in ("phase", "phase_from", "phase_to")]
    rows = zip(*columns, strict=False)
    return [PhasePlan(title.strip(), _day(a), _day(b)) for title, a, b in rows if title.strip()]


def aims_of(sent: QueryDict) -> list[AimPlan]:
    columns = [sent.getlist(name) for name in ("metric", "measure", "goal")]
    rows = zip(*columns, strict=False)
    return [AimPlan(one, way, _goal(one, goal)) for one, way, goal in rows if one]


def _goal(one: str, typed: str) -> Decimal:
    known = {m.id: m.unit for m in METRICS}
    found = number_of(typed, known.get(one, "个"))
    # What is no number is below zero, and refused by its row.
    return Decimal(-1) if found is None else found


def _day(text: str) -> date:
    """A day; what is none lies before every campaign, and is refused by its row."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return _FAR


def cells_of(sent: QueryDict, aims: list[Aim], codes: list[str]) -> tuple[Any, list[str]]:
    """The grid's values by aim and place, and what is wrong; an empty cell is no target."""
    values: dict[tuple[int, str], Decimal | None] = {}
    faults = []
    for aim in aims:
        one = metric(aim.metric)
        for code in codes:
            text = sent.get(f"t-{aim.pk}-{code}")
            if text is None:
                continue
            found = number_of(text, one.unit) if text.strip() else None
            if text.strip() and found is None:
                faults.append(
                    f"“{one.label}”里的“{text[:20]}”不是可用的数，单位为{shown_unit(one.unit)}"
                )
            else:
                values[aim.pk, code] = found
    return values, faults
