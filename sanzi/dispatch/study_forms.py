"""The shape of what people type about a study and an opinion."""

from typing import Any

from django import forms

from sanzi.web.inputs import DayInput
from sanzi.web.sections import SectionedForm

from .drawing import Law
from .studies import Study

OPTIONS_MAX = 4
_AREA = {"rows": 4}


class BeginForm(forms.Form):
    """A study about to be begun."""

    matter = forms.CharField(label="研判事项", max_length=100)
    on = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput)
    once = forms.CharField(max_length=36, widget=forms.HiddenInput)


class WriteForm(SectionedForm):
    """The draft: facts, law, options."""

    parts = {
        f"备选方案 {n}": (f"title{n}", f"pros{n}", f"cons{n}") for n in range(1, OPTIONS_MAX + 1)
    }

    revision = forms.IntegerField(widget=forms.HiddenInput)
    matter = forms.CharField(label="研判事项", max_length=100)
    facts = forms.CharField(
        label="基本事实", max_length=5000, required=False,
        widget=forms.Textarea(attrs={"rows": 6}), help_text="已从台账带出，可以改写、补充",
    )  # fmt: skip
    laws = forms.CharField(
        label="政策法律依据", max_length=5000, required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="一行一条；出处写在竖线后面，如：民法典第七百零五条 | 已核对原文",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for at in range(1, OPTIONS_MAX + 1):
            for name, label, most in (
                (f"title{at}", "方案", 200), (f"pros{at}", "有利", 500),
                (f"cons{at}", "不利", 500),
            ):  # fmt: skip
                self.fields[name] = forms.CharField(
                    label=label, max_length=most, required=False,
                )  # fmt: skip

    @staticmethod
    def initial_of(study: Study) -> dict[str, Any]:
        """What the form shows of a study."""
        found: dict[str, Any] = {
            "revision": study.revision,
            "matter": study.matter,
            "facts": study.facts,
            "laws": "\n".join(_line(one) for one in study.laws),
        }
        for at, one in enumerate(study.options, 1):
            found |= {f"{name}{at}": one.get(name, "") for name in ("title", "pros", "cons")}
        return found

    def read(self) -> dict[str, Any]:
        """What the action takes. Options without a title are left out."""
        given = self.cleaned_data
        options = [
            {name: given[f"{name}{at}"].strip() for name in ("title", "pros", "cons")}
            for at in range(1, OPTIONS_MAX + 1)
        ]
        return {
            "revision": given["revision"],
            "matter": given["matter"],
            "facts": given["facts"],
            "laws": [_law(line) for line in given["laws"].splitlines() if line.strip()],
            "options": [one for one in options if one["title"]],
        }


def _line(law: Law) -> str:
    return f"{law['text']} | {law['source']}" if law.get("source") else law["text"]


def _law(line: str) -> Law:
    text, _, source = line.partition("|")
    return {"text": text.strip(), "source": source.strip() or "未核对"}


class HoldForm(forms.Form):
    """The meeting that studied it."""

    held_on = DayInput(label="研判日期")
    venue = forms.CharField(label="地点", max_length=60)
    chair = forms.CharField(label="主持人", max_length=40)
    participants = forms.CharField(
        label="参加人", max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="姓名和职务，用顿号隔开",
    )  # fmt: skip


class DecideForm(forms.Form):
    """What was decided."""

    chosen = forms.TypedChoiceField(label="采用方案", coerce=int, empty_value=None, required=False)
    decision = forms.CharField(
        label="决定", max_length=3000, widget=forms.Textarea(attrs={"rows": 4})
    )
    responsible = forms.CharField(label="责任人", max_length=60)
    due_on = DayInput(label="完成时限")

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titles = [(str(at), one["title"]) for at, one in enumerate(study.options, 1)]
        choices = [("", "另定办法（写在决定里）"), *titles]
        self.fields["chosen"].choices = choices  # type: ignore[attr-defined]


class WordsForm(forms.Form):
    """Words a step needs."""

    words = forms.CharField(label="说明", max_length=2000, widget=forms.Textarea(attrs=_AREA))


class OpinionForm(forms.Form):
    """An opinion for all matters of this kind."""

    title = forms.CharField(label="共性问题", max_length=100)
    text = forms.CharField(label="统一口径", max_length=3000, widget=forms.Textarea(attrs=_AREA))
    basis = forms.CharField(label="依据", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    revises = forms.TypedChoiceField(
        label="修订哪一条", coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, known: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "新的一条"), *known]
        self.fields["revises"].choices = choices  # type: ignore[attr-defined]


class CiteForm(forms.Form):
    """An opinion applied to a matter."""

    opinion = forms.IntegerField(widget=forms.HiddenInput)
    on = forms.CharField(max_length=80, widget=forms.HiddenInput)
