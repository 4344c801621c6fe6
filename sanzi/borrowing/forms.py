"""What people fill in about a loan."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms

from sanzi.documents.kinds import UnfitPaper, kind_of
from sanzi.documents.papers import shown_name
from sanzi.web.inputs import DayInput, YuanInput

from .limits import BANNED, EXAMPLE, PURPOSES

ACCEPTED = ".pdf,.jpg,.jpeg,.png,.heic,.docx,.ofd,image/*"


class LoanForm(forms.Form):
    """A loan asked for."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=36)
    village = forms.ChoiceField(label="村")
    lender = forms.CharField(label="向谁借", max_length=100)
    amount = YuanInput(label="借款金额（元）", least=Decimal("0.01"))
    rate = forms.DecimalField(
        label="年利率（%）", min_value=0, max_value=100, max_digits=6, decimal_places=4
    )
    purpose = forms.ChoiceField(
        label="用途",
        choices=PURPOSES.items(),
        help_text=f"{'；'.join(BANNED.values())}（{EXAMPLE}）。",
    )
    repaid_from = forms.CharField(label="还款来源", max_length=200)
    due_on = DayInput(label="还款期限")
    file = forms.FileField(
        label="借款合同、“两委”会议记录",
        required=False,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )

    def __init__(self, *args: Any, villages: list[tuple[str, str]], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {})["key"] = str(uuid4())
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["village"]
        chosen.choices = villages

    def clean_file(self) -> Any:
        """A paper that can be kept, asked by its bytes."""
        file = self.cleaned_data["file"]
        if file:
            try:
                kind_of(file.file, file.size or 0, shown_name(file.name or ""))
            except UnfitPaper as unfit:
                raise forms.ValidationError(unfit.message, unfit.code) from None
        return file

    def facts(self) -> dict[str, Any]:
        """As the action takes them."""
        told = dict(self.cleaned_data)
        file = told.pop("file")
        told["yearly_rate"] = told.pop("rate") / 100
        return {**told, "files": [file] if file else []}


class DecideForm(forms.Form):
    decision = forms.ChoiceField(choices=[("approve", "批准"), ("refuse", "不批准")])
    reason = forms.CharField(max_length=200, required=False)
