"""What a person is asked before a paper is written; everything else comes from the contract."""

from typing import Any

from django import forms

from sanzi.web.inputs import DayInput, YuanInput

from .models import Amendment

_BASIS = "民主决议、清理事项或文书的名称和编号。"


class PaperForm(forms.Form):
    """The base: whoever answers questions about it."""

    contact = forms.CharField(label="联系人和电话", max_length=60, required=False)

    @property
    def asked(self) -> dict[str, Any]:
        """What was said; what was left out is left to the contract."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if value not in (None, "") and name != "amendment"
        }


class AgreementForm(forms.Form):
    """A supplement, or a contract signed anew: which amendment it is about."""

    amendment = forms.ModelChoiceField(
        label="依据哪一份协议", queryset=Amendment.objects.none(), empty_label=None,
        help_text="先在合同页登记协议的条款，再由此打印成文书。",
        error_messages={"required": "请先在合同页登记补充协议或重新签订，再打印文书"},
    )  # fmt: skip
    basis = forms.CharField(label="依据", max_length=200, required=False, help_text=_BASIS)
    representative = forms.CharField(label="发包方代表人", max_length=40, required=False)
    extra = forms.CharField(
        label="其他约定", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, contract: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Amendment.objects.visible_to(person).filter(contract=contract)
        self.fields["amendment"].queryset = mine.order_by("-ordinal")  # type: ignore[attr-defined]

    asked = PaperForm.asked


class ResignedForm(AgreementForm):
    """With where the money goes."""

    account = forms.CharField(
        label="收款账户", max_length=200, required=False, help_text="户名、开户行、账号。"
    )


class TerminationForm(PaperForm):
    """Why, by which article, on which decision."""

    ground = forms.CharField(label="解除事由", max_length=300, help_text="写清事实和时间。")
    law = forms.CharField(
        label="法律依据", max_length=200, initial="民法典第563条、第565条",
        help_text="因欠付租金的，另写第722条；以通知解除的，通知到达时解除。",
    )  # fmt: skip
    basis = forms.CharField(label="决议等依据", max_length=200, help_text=_BASIS)
    settle_on = DayInput(label="结清期限", required=False)


class VacateForm(PaperForm):
    """Until when, and what each day after it costs."""

    basis = forms.CharField(label="依据", max_length=200, help_text=_BASIS)
    vacate_on = DayInput(label="腾退期限", required=False, help_text="不填则为三十天后。")
    fee = YuanInput(label="逾期每日占用费（元）", required=False)


class ExpiryForm(PaperForm):
    """Until when to answer."""

    reply_on = DayInput(label="答复期限", required=False, help_text="不填则为十五天后。")


FORMS_BY_CODE: dict[str, type[forms.Form]] = {
    "contracts.supplement": AgreementForm,
    "contracts.resigned": ResignedForm,
    "contracts.termination": TerminationForm,
    "contracts.vacate": VacateForm,
    "contracts.expiry": ExpiryForm,
}
# The last part of a paper's address.
SLUGS = {code.rpartition(".")[2]: code for code in FORMS_BY_CODE}
