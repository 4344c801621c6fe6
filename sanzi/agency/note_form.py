"""记一笔: a village tells on a telephone what money came or went, in its own words."""

from datetime import date
from typing import Any

from django import forms
from django.utils.timezone import localdate

from sanzi.documents.inputs import PapersInput

from .forms import ReportForm
from .models import Draft

WAYS = (
    (Draft.Flow.INCOME, "收了钱"),
    (Draft.Flow.EXPENSE, "花了钱"),
    (Draft.Flow.TRANSFER, "转了钱"),
)


class NoteForm(ReportForm):
    """One question each; what the town's accountants ask beyond it is left to them."""

    flow = forms.ChoiceField(
        label="收了钱，还是花了钱？",
        choices=WAYS,
        widget=forms.RadioSelect,
        error_messages={"required": "请选一项", "invalid_choice": "请选一项"},
    )
    files = PapersInput(
        label="拍一下单据",
        required=False,
        help_text="发票、收条、签字单都行，可以拍几张。没有单据的先存着，补拍后再交。",
    )

    QUESTIONS = {
        "book": ("记哪一本账？", ""),
        "amount": ("多少钱？（元）", ""),
        "memo": ("因为什么事？", "例如：修村口水渠的工钱。不要写身份证号、银行卡号。"),
        "payee": ("跟谁？", "收了谁的、付给谁。"),
        "dated": ("哪一天？", ""),
    }
    PLACES = ("book", "flow", "amount", "memo", "payee", "dated", "files")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["attachments"], self.fields["moves_money"]
        self.order_fields(self.PLACES)
        for name, (label, help_text) in self.QUESTIONS.items():
            self.fields[name].label = label
            self.fields[name].help_text = help_text
        self.fields["memo"].error_messages["required"] = "请写明是什么事"
        self.fields["amount"].widget.attrs["class"] = "sum"
        self.fields["dated"].widget.attrs["max"] = localdate().isoformat()

    def clean_dated(self) -> date:
        """What has not happened yet is no note."""
        day: date = self.cleaned_data["dated"]
        if day > localdate():
            raise forms.ValidationError("还没到这一天，请核对日期")
        return day

    def facts(self) -> dict[str, Any]:
        """As the action takes them."""
        told = dict(self.cleaned_data)
        told["book_id"] = told.pop("book")
        return {**told, "is_note": True}
