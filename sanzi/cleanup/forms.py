from django import forms

from .actions import REASON_MAX, REASON_MIN
from .rules import RULES
from .workflow import JUDGING


class JudgeForm(forms.Form):
    """A person's word on one finding."""

    rule = forms.ChoiceField(choices=[(rule.code, rule.title) for rule in RULES])
    ruling = forms.ChoiceField(choices=[(step.name, step.label) for step in JUDGING.steps])
    reason = forms.CharField(
        label="理由",
        min_length=REASON_MIN,
        max_length=REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": "请写明理由",
            "min_length": f"理由太短，至少 {REASON_MIN} 个字",
            "max_length": f"理由太长，最多 {REASON_MAX} 个字",
        },
    )
