"""What people hand in about a matter."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.timezone import localdate

from sanzi.access.models import Person
from sanzi.accounting.models import Book
from sanzi.documents.inputs import PapersInput
from sanzi.web.inputs import YuanInput

from .actions.steps import WORDS_MAX, WORDS_MIN
from .duties import STOOD_IN, TITLES
from .models import Draft
from .once import OnceField
from .workflow import BY_ITS_OWN_ACTION, MATTERS, WITH_REASON

ACCEPTED = ".pdf,.jpg,.jpeg,.png,.heic,.xlsx,.docx,.ofd,image/*"
_DAY = {
    "widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    "error_messages": {"invalid": "日期应写成 2024-03-05", "required": "请填写日期"},
}


def status_of(form: forms.Form) -> int:
    """The answer to a form that is wrong: 422, or what an unfit file asks for (400, 413, 415)."""
    faults = [fault for listed in form.errors.as_data().values() for fault in listed]
    told = [params["status"] for f in faults if (params := f.params or {}).get("status")]
    return int(told[0]) if told and len(told) == len(faults) else 422


def _files(**more: Any) -> PapersInput:
    return PapersInput(
        label="附件",
        help_text="发票、收据、合同、签字单的照片或扫描件，可一次选多个；每个不超过 50 MB。",
        **more,
    )


class ReportForm(forms.Form):
    """报账单: what was received or paid, in the village's words."""

    book = forms.TypedChoiceField(label="账套", coerce=int)
    flow = forms.ChoiceField(
        label="收支", choices=Draft.Flow, widget=forms.RadioSelect, initial=Draft.Flow.EXPENSE
    )
    dated = forms.DateField(label="日期", initial=localdate, **_DAY)  # type: ignore[arg-type]
    memo = forms.CharField(
        label="事由",
        max_length=200,
        help_text="写明什么事、什么用途，例如：村南水渠清淤人工费。不要写证件号、银行账号。",
        error_messages={"required": "请写明事由"},
    )
    amount = YuanInput(label="金额（元）")
    payee = forms.CharField(
        label="对方", max_length=100, required=False, help_text="付给谁、从谁那里收来。"
    )
    attachments = forms.IntegerField(
        label="附件张数",
        min_value=0,
        max_value=9999,
        required=False,
        help_text="纸质原始凭证共几张；不填的，按下面上传的文件个数。",
    )
    moves_money = forms.BooleanField(
        label="动用现金或银行存款", required=False, initial=True, help_text="不收付钱的事项请去掉。"
    )
    files = _files(required=False)  # type: ignore[assignment]
    once = OnceField()

    def __init__(self, *args: Any, books: Iterable[Book], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["book"]
        chosen.choices = [(book.pk, book.name) for book in books]
        if len(chosen.choices) == 1:
            self.initial.setdefault("book", chosen.choices[0][0])
            chosen.widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        told = dict(super().clean() or {})
        # One book alone is no question, so its error would stand nowhere.
        if "book" in self.errors and "book" in self.fields:
            self.add_error(None, "账套不对，可能已经更换，请刷新后重新填写")
        return told

    def facts(self) -> dict[str, Any]:
        """As the actions take them."""
        told = dict(self.cleaned_data)
        told["book_id"] = told.pop("book")
        told["attachments"] = told["attachments"] or 0
        return told


class AmendForm(ReportForm):
    """The same once it has been reported: its book stays, papers are added on its page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, books=(), **kwargs)
        del self.fields["book"], self.fields["files"], self.fields["once"]

    def facts(self) -> dict[str, Any]:
        return {**self.cleaned_data, "attachments": self.cleaned_data["attachments"] or 0}


class PapersForm(forms.Form):
    """More papers for a matter."""

    files = _files()  # type: ignore[assignment]


class RemoveForm(forms.Form):
    """Which paper is taken off."""

    paper = forms.IntegerField()


class StepForm(forms.Form):
    """A step with a matter, and what there is to say; a way back needs its reason."""

    step = forms.ChoiceField(
        choices=[
            (s.name, s.label) for s in MATTERS.steps if s.name not in BY_ITS_OWN_ACTION - {"post"}
        ]
    )
    words = forms.CharField(label="意见", required=False, max_length=WORDS_MAX)

    def clean(self) -> dict[str, Any]:
        told = dict(super().clean() or {})
        if told.get("step") in WITH_REASON and len(told.get("words", "").strip()) < WORDS_MIN:
            self.add_error("words", f"请写明原因，至少 {WORDS_MIN} 个字，对方才知道怎么改")
        return told


class PostingForm(forms.Form):
    """Which matters are posted in one go."""

    matters = forms.TypedMultipleChoiceField(
        coerce=int, error_messages={"required": "请勾选要记账的事项"}
    )

    def __init__(self, *args: Any, matters: Iterable[Draft], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["matters"]
        chosen.choices = [(draft.pk, draft.memo) for draft in matters]


class StandInForm(forms.Form):
    """Who takes whose duty, and when."""

    duty = forms.ChoiceField(label="职责", choices=[(d, TITLES[d]) for d in STOOD_IN])
    absent_id = forms.TypedChoiceField(label="谁不在", coerce=int)
    person_id = forms.TypedChoiceField(label="由谁代办", coerce=int)
    from_on = forms.DateField(label="从", initial=localdate, **_DAY)  # type: ignore[arg-type]
    to_on = forms.DateField(label="到", initial=localdate, help_text="含当日。", **_DAY)  # type: ignore[arg-type]
    reason = forms.CharField(
        label="事由",
        max_length=200,
        help_text="例如：外出培训三天。会写入操作日志。",
        error_messages={"required": "请写明事由"},
    )

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(person.pk, person.name) for person in people]
        for field in ("absent_id", "person_id"):
            chosen: Any = self.fields[field]
            chosen.choices = named
