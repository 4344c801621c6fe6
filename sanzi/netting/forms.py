"""What people fill in about netting."""

from typing import Any
from uuid import uuid4

from django import forms

from sanzi.documents.inputs import PapersInput
from sanzi.web.inputs import DayInput, YuanInput

from .actions.private import Told
from .models import PREFERENCES, Consent, PrivateDebt

_LONGEST = [("", "不限"), *((str(n), f"最多 {n} 方") for n in (2, 3, 4, 5, 6))]


class ProposeForm(forms.Form):
    """A new proposal over the chosen region."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=40)
    title = forms.CharField(label="名称", max_length=80)
    prefer = forms.ChoiceField(
        label="同样金额时", required=False, choices=PREFERENCES,
        help_text="只在总额相同的方案之间挑选，不会因此少冲一分钱。",
    )  # fmt: skip
    longest = forms.TypedChoiceField(
        label="一个圈最多几方", required=False, choices=_LONGEST, coerce=int, empty_value=None,
        help_text="圈越短，一份协议要签字的人越少；比不限少冲多少，方案上会写明。",
    )  # fmt: skip
    signers_max = forms.IntegerField(
        label="最多请几方签字", required=False, min_value=2, max_value=9999,
        help_text="不填为不限。填了就先选每签一个字冲得最多的各方，少冲多少方案上会写明。",
    )  # fmt: skip
    is_one_paper = forms.BooleanField(
        label="连在一起的各方合签一份协议（每方只签一次，签字最少，但协议较长）", required=False
    )
    with_unconfirmed = forms.BooleanField(
        label="没有对过账的也参加，由各方在同意书上一并确认", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).update(key=str(uuid4()))
        super().__init__(*args, **kwargs)


class AnswerForm(forms.Form):
    """Two answers and a name; for anybody, on a phone."""

    given = forms.ChoiceField(
        label="您的答复", choices=Consent.Answer.choices, widget=forms.RadioSelect,
        error_messages={"required": "请选择同意或不同意"},
    )  # fmt: skip
    signed_as = forms.CharField(
        label="您的姓名（单位填单位名称和经办人）", max_length=40, min_length=2
    )


class EnterForm(AnswerForm):
    """The signed paper as it came back."""

    files = PapersInput(  # type: ignore[assignment]
        label="同意书扫描件",
        required=False,
        help_text="签名、盖章或按了指印的同意书；不同意的可以不传。",
    )


class StepForm(forms.Form):
    """Which button, and the reason where one is asked for."""

    step = forms.CharField(max_length=20)
    reason = forms.CharField(max_length=200, required=False)


class HereForm(forms.Form):
    """The village's own answer; who is signed in is the signature."""

    given = forms.ChoiceField(choices=Consent.Answer.choices)


_SIDES = {"debtor": "欠款方", "creditor": "被欠方"}


class DeclareForm(forms.Form):
    """A debt between two parties that are no villages, as one of them tells it."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=40)
    village = forms.ChoiceField(label="登记在哪个村")
    told_by = forms.ChoiceField(
        label="由谁申报", choices=PrivateDebt.Side.choices, widget=forms.RadioSelect,
        help_text="另一方会收到一份带二维码的确认书，确认以后才能参加冲转。",
    )  # fmt: skip
    amount = YuanInput(label="欠款金额（元）")
    formed_on = DayInput(label="形成日期")
    due_on = DayInput(label="约定归还日期", required=False)
    words = forms.CharField(
        label="事由", max_length=100,
        help_text="例如：2024年修渠人工费。承包、流转收益和补偿、补贴不能冲抵，系统会自动排除。",
    )  # fmt: skip
    evidence = forms.CharField(label="凭据", max_length=100, help_text="例如：欠条、工资表。")
    files = PapersInput(  # type: ignore[assignment]
        label="凭据照片或扫描件", required=False, help_text="可一次选多个。"
    )

    def __init__(self, *args: Any, villages: list[tuple[str, str]], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("key", str(uuid4()))
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["village"]
        choices.choices = villages if len(villages) == 1 else [("", "请选择"), *villages]
        for side, title in _SIDES.items():
            for name, field in _side(title).items():
                self.fields[f"{side}_{name}"] = field
        self.order_fields([
            "village", *(f"{side}_{name}" for side in _SIDES for name in _side("")), "told_by",
        ])  # fmt: skip

    def told(self) -> dict[str, Any]:
        """What the action takes: each side as one value."""
        told = dict(self.cleaned_data)
        for side in _SIDES:
            told[side] = Told(*(told.pop(f"{side}_{name}") for name in _side("")))
        return told


def _side(title: str) -> dict[str, Any]:
    return {
        "name": forms.CharField(label=f"{title}姓名（单位名称）", max_length=100),
        "kind": forms.ChoiceField(label=f"{title}类型", choices=PrivateDebt.Kind.choices),
        "number": forms.CharField(
            label=f"{title}证件号", required=False, max_length=30,
            help_text="身份证号或统一社会信用代码，加密保存。填了才能和台账里的同一个人对上，避免同名弄错。",
        ),
        "phone": forms.CharField(label=f"{title}电话", required=False, max_length=30),
    }  # fmt: skip


class ConfirmForm(forms.Form):
    """Whether a debt is as it was told, and a name; for anybody, on a phone."""

    given = forms.ChoiceField(
        label="这笔欠款属实吗", choices=[("yes", "确认属实"), ("no", "不认可")],
        widget=forms.RadioSelect, error_messages={"required": "请选择确认属实或不认可"},
    )  # fmt: skip
    signed_as = forms.CharField(
        label="您的姓名（单位填单位名称和经办人）", max_length=40, min_length=2
    )


class EnterDebtForm(ConfirmForm):
    """The signed paper as it came back."""

    files = PapersInput(  # type: ignore[assignment]
        label="确认书扫描件", required=False,
        help_text="签名、盖章或按了指印的确认书；不认可的可以不传。",
    )  # fmt: skip


class FundForm(forms.Form):
    """How much relief money there would be."""

    fund = YuanInput(label="投入（元）")


class RuleForm(forms.Form):
    """From which amount a village's meeting decides, from a day on."""

    from_on = DayInput(label="自哪天起")
    amount_min = YuanInput(
        label="一个村一次冲转达到多少元须经决议", required=False, help_text="不填：不要求决议。"
    )
    source = forms.CharField(label="依据（文件名称和文号）", max_length=200, min_length=2)
