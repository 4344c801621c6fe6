"""What people type about a task; whether it makes sense is for the actions to say."""

from collections.abc import Iterable
from typing import Any

from django import forms

from sanzi.access.models import Post
from sanzi.documents.inputs import PapersInput
from sanzi.web.inputs import DayInput

from .actions import PROBLEM_MAX, WORDS_MAX
from .workflow import TASKS

_ROWS = forms.Textarea(attrs={"rows": 2})
_REASON = {"required": "请写明理由"}


class StepForm(forms.Form):
    """A step that asks no more than words, and a day for striking off."""

    step = forms.ChoiceField(choices=[(step.name, step.label) for step in TASKS.steps])
    words = forms.CharField(required=False, max_length=WORDS_MAX)
    look_back_on = DayInput(required=False)


class ReportForm(forms.Form):
    """How it goes."""

    progress = forms.IntegerField(
        label="进度（%）", min_value=0, max_value=100,
        error_messages=dict.fromkeys(("min_value", "max_value"), "进度应在 0 到 100 之间"),
    )  # fmt: skip
    words = forms.CharField(label="办了什么", required=False, max_length=WORDS_MAX, widget=_ROWS)
    problem = forms.CharField(
        label="存在的问题", required=False, max_length=PROBLEM_MAX, widget=_ROWS
    )
    needs_above = forms.BooleanField(label="需要上级解决", required=False)
    files = PapersInput(label="佐证材料", required=False)  # type: ignore[assignment]
    seen = forms.IntegerField(widget=forms.HiddenInput)


class HandInForm(forms.Form):
    """The doer's own check, and the evidence."""

    words = forms.CharField(
        label="自查情况", max_length=WORDS_MAX, widget=_ROWS,
        error_messages={"required": "请写明自查情况"},
    )  # fmt: skip
    files = PapersInput(label="佐证材料", required=False)  # type: ignore[assignment]


class ExtendForm(forms.Form):
    """Another limit."""

    due_on = DayInput(label="新的完成时限")
    words = forms.CharField(label="理由", max_length=WORDS_MAX, error_messages=_REASON)


class ReassignForm(forms.Form):
    """Who answers for it from now on."""

    person = forms.TypedChoiceField(
        label="责任人", required=False, coerce=int, empty_value=None,
        help_text="选了人，任务就列在他的“今天要办”里，催办也发给他。",
    )  # fmt: skip
    responsible = forms.CharField(
        label="或写姓名", required=False, max_length=40, help_text="没有账号的人写在这里。"
    )
    words = forms.CharField(label="理由", max_length=WORDS_MAX, error_messages=_REASON)

    def __init__(self, *args: Any, posts: Iterable[Post] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["person"]
        chosen.choices = [("", "—"), *people_choices(posts)]


def people_choices(posts: Iterable[Post]) -> list[tuple[str, str]]:
    """People to choose from by their posts, each once."""
    found = {str(post.person_id): f"{post.person}　{post}" for post in posts}
    return list(found.items())
