"""What people fill in about a claim's limitation."""

from typing import Any

from django import forms

from sanzi.documents.kinds import UnfitPaper, kind_of
from sanzi.documents.papers import shown_name
from sanzi.web.inputs import DayInput

from .limitation.facts import CONFIRMED, CREDITORS, DEBTORS, OBSTACLES, PROCEDURES
from .models import EVENT_KINDS, LimitationEvent

ACCEPTED = ".pdf,.jpg,.jpeg,.png,.heic,.docx,.ofd,image/*"
_BEGINNINGS = {kind: EVENT_KINDS[kind] for kind in ("grace_end", "refused_on")}
KINDS = (
    ("我方主张", list(CREDITORS.items())),
    ("对方同意或履行", list(DEBTORS.items())),
    ("司法、仲裁、调解", list(PROCEDURES.items())),
    ("只是对账", list(CONFIRMED.items())),
    ("不能主张的障碍", list(OBSTACLES.items())),
    ("没有约定到期日的，起算", list(_BEGINNINGS.items())),
)


class EventForm(forms.Form):
    """One event, with the day and what proves it."""

    kind = forms.ChoiceField(label="发生了什么", choices=KINDS)
    dated = DayInput(label="日期", help_text="催收的按送达或签收的日期。")
    evidence = forms.ChoiceField(
        label="证据",
        choices=LimitationEvent.Proof,
        widget=forms.RadioSelect,
        help_text="没有证据的事项照样登记，但不计算中断。",
    )
    file = forms.FileField(
        label="签收单、回执、还款计划等",
        required=False,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    note = forms.CharField(
        label="说明", max_length=200, required=False, help_text="不要写证件号、电话。"
    )

    def clean_file(self) -> Any:
        """A paper that can be kept, asked by its bytes."""
        file = self.cleaned_data["file"]
        if file:
            try:
                kind_of(file.file, file.size or 0, shown_name(file.name or ""))
            except UnfitPaper as unfit:
                raise forms.ValidationError(unfit.message, unfit.code) from None
        return file


class EndForm(forms.Form):
    dated = DayInput(label="程序终结的日期", help_text="撤诉、调解书生效、判决执行终结等的日期。")


class WithdrawForm(forms.Form):
    reason = forms.CharField(label="撤回的原因", max_length=200, min_length=2)
