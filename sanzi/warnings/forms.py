"""Shape and spelling of what people hand in about warnings."""

from collections.abc import Sequence
from typing import Any

from django import forms

from .actions.handling import WORDS_MAX, WORDS_MIN
from .parameters import Effective, parameters_of
from .rules.rule import LANES
from .workflow import HANDLING_STEPS

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class IdsField(forms.TypedMultipleChoiceField):
    """Which warnings: their keys, as boxes ticked in a list."""

    def __init__(self) -> None:
        super().__init__(
            coerce=int, label="", widget=forms.MultipleHiddenInput,
            error_messages={"required": "请先勾选要办的预警"},
        )  # fmt: skip

    def valid_value(self, value: Any) -> bool:
        return str(value).isdecimal() and len(str(value)) < 19


class StepForm(forms.Form):
    """One step with a warning, with the words it may need."""

    step = forms.ChoiceField(choices=[(step.name, step.label) for step in HANDLING_STEPS.steps])
    words = forms.CharField(
        label="情况说明",
        required=False,
        max_length=WORDS_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=f"报办结、报误报、退回、确认误报时必填，{WORDS_MIN} 个字以上",
    )


class DispatchForm(forms.Form):
    """Whom warnings are given to."""

    events = IdsField()
    username = forms.ChoiceField(
        label="交办给",
        error_messages={"required": "请选择办理的人", "invalid_choice": "请从名单中选"},
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].choices = [("", "请选择"), *people]  # type: ignore[attr-defined]


class SnoozeForm(forms.Form):
    """Until when, and why."""

    events = IdsField()
    until = forms.DateField(
        label="暂缓到",
        widget=_DAY,
        error_messages={"required": "请选一个日期", "invalid": "请选一个日期"},
    )
    reason = forms.CharField(
        label="原因", max_length=200, error_messages={"required": "请写明暂缓的原因"}
    )


class RuleForm(forms.Form):
    """A rule's numbers, as a county may set them."""

    def __init__(self, code: str, now: Effective, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in parameters_of(code):
            self.fields[one.name] = forms.CharField(
                label=f"{one.title}（{one.unit}）",
                max_length=20,
                initial=str(now.values[one.name]),
                help_text="" if not one.is_example else f"出厂 {one.default}，示例",
                widget=forms.TextInput(attrs={"inputmode": "decimal"}),
                error_messages={"required": f"“{one.title}”请填数字"},
            )
        self.fields["lane"] = forms.ChoiceField(
            label="通道",
            choices=[(name, LANES[name]) for name in ("warn", "digest")],
            initial=now.lane if now.lane in ("warn", "digest") else "warn",
        )
        self.fields["is_on"] = forms.TypedChoiceField(
            label="启用还是停用",
            choices=[("on", "启用"), ("off", "停用")],
            coerce=lambda chosen: chosen == "on",
            initial="on" if now.is_on else "off",
        )
        self.fields["from_on"] = forms.DateField(
            label="施行日期", widget=_DAY, error_messages={"required": "请填施行日期",
                                                       "invalid": "请选一个日期"},
        )  # fmt: skip
        self.fields["basis"] = forms.CharField(
            label="依据或理由", max_length=200,
            help_text="文件名称和文号，或改动的理由",
            error_messages={"required": "请写明依据或理由"},
        )  # fmt: skip
