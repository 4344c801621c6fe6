"""What people type about a case; whether it makes sense is for the actions to say."""

from typing import Any

from django import forms
from django.utils.timezone import localdate

from sanzi.contracts.wording import COLUMNS, read, written
from sanzi.documents.inputs import PapersInput
from sanzi.web.inputs import DayInput, YuanInput

from .actions import WORDS_MAX
from .carrying import REVISED, Work
from .models import Suit
from .paths import EVIDENCE, PATHS, Path
from .workflow import CASES, WITH_FORM

_WORDS = {"widget": forms.Textarea(attrs={"rows": 2}), "max_length": WORDS_MAX}
ACCEPTED = ".pdf,.jpg,.jpeg,.png,.heic,.docx,.ofd,image/*"


class OpenForm(forms.Form):
    """Which irregular contracts become cases."""

    contracts = forms.TypedMultipleChoiceField(
        coerce=int, error_messages={"required": "请勾选要立案的合同"}
    )

    def __init__(self, *args: Any, contracts: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["contracts"]
        chosen.choices = [(pk, pk) for pk in contracts]


class PlanForm(forms.Form):
    """By which way, who answers for it, since when its ground is known."""

    path = forms.ChoiceField(
        label="处置方式", choices=[(p.code, f"{p.method}：{p.title}") for p in PATHS]
    )
    responsible = forms.CharField(
        label="责任人", max_length=40, error_messages={"required": "请填写责任人"}
    )
    known_on = DayInput(
        label="知悉事由日期", initial=localdate,
        help_text="解除、撤销和仲裁的期限从这一天起算；查出问题的那一天。",
    )  # fmt: skip
    words = forms.CharField(label="方案要点", required=False, **_WORDS)  # type: ignore[arg-type]


class WorkForm(forms.Form):
    """What was carried out, by the way of the plan; each way asks for its own."""

    on = DayInput(label="签订日期", initial=localdate)
    effective_on = DayInput(label="生效日期", required=False, help_text="不填即签订日期。")
    number = forms.CharField(label="备案编号", max_length=60)
    filed_on = DayInput(label="备案日期", initial=localdate)
    body = forms.CharField(label="备案机关", max_length=60, help_text="盖备案章的机关。")
    words = forms.CharField(label="说明", required=False, **_WORDS)  # type: ignore[arg-type]

    def __init__(self, *args: Any, path: Path, terms: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.path, self._terms = path, terms
        if path.change != "amend":
            self._without("effective_on", "filed_on")
        if path.change == "end":
            self._without("number", "body")
            self.fields["on"].label = "通知到达日期" if path.kind == "notice" else "终止日期"
        if path.change == "suit":
            self.fields["on"].label = "立案日期"
            self.fields["number"].label, self.fields["body"].label = "案号", "受理机关"
            self.fields["body"].help_text = "法院或仲裁委员会的全称。"
        if path.change == "amend" and path.kind != "procedure":
            self._ask_terms(terms)
        for kind in path.evidence:
            self.fields[f"paper_{kind}"] = PapersInput(label=EVIDENCE[kind], required=False)

    def _without(self, *names: str) -> None:
        for name in names:
            del self.fields[name]

    def _ask_terms(self, terms: Any) -> None:
        for name in REVISED:
            field = _field(name)
            field.initial = terms.get(name)
            self.fields[f"term_{name}"] = field
        self.order_fields(["on", "effective_on", *(f"term_{n}" for n in REVISED)])

    @property
    def work(self) -> Work:
        """As the action takes it: of the terms, those that were filled in."""
        told = self.cleaned_data
        changes = {n: told[f"term_{n}"] for n in REVISED if self._differs(n)}
        names = ("on", "effective_on", "number", "filed_on", "body", "words")
        return Work(changes=changes, **{n: told[n] for n in names if told.get(n)})

    def _differs(self, name: str) -> bool:
        """Whether a term was filled in and says something else than before."""
        typed = self.cleaned_data.get(f"term_{name}")
        if typed in (None, ""):
            return False
        return bool(read(name, written(typed)) != read(name, written(self._terms.get(name))))

    @property
    def sheaves(self) -> dict[str, Any]:
        return {kind: self.cleaned_data[f"paper_{kind}"] for kind in self.path.evidence}


def _field(name: str) -> Any:
    column = COLUMNS[name]
    label = f"{column.title}（修订后）"
    if column.type == "date":
        return DayInput(label=label, required=False)
    if column.type == "money":
        return YuanInput(label=label, required=False)
    if column.type == "area":
        return forms.DecimalField(label=label, required=False, min_value=0, decimal_places=4)
    if column.allowed:
        options = [("", ""), *((word, word) for word in column.allowed)]
        return forms.ChoiceField(label=label, required=False, choices=options)
    return forms.CharField(label=label, required=False, max_length=100)


class StepForm(forms.Form):
    """A step without a form of its own, and what there is to say."""

    step = forms.ChoiceField(
        choices=[(s.name, s.label) for s in CASES.steps if s.name not in WITH_FORM]
    )
    words = forms.CharField(label="意见", required=False, **_WORDS)  # type: ignore[arg-type]


class EscalateForm(forms.Form):
    """Why it goes up, with the decision's paper."""

    words = forms.CharField(
        label="提级的理由",
        error_messages={"required": "请写明理由"},
        **_WORDS,  # type: ignore[arg-type]
    )
    files = PapersInput(label=EVIDENCE["up"], required=False)  # type: ignore[assignment]


class ClosingForm(forms.Form):
    """How a suit ended."""

    suit_id = forms.TypedChoiceField(label="案件", coerce=int)
    closed_on = DayInput(label="结案日期", initial=localdate)
    outcome = forms.CharField(
        label="结果", max_length=300, error_messages={"required": "请填写结果"}
    )
    files = PapersInput(  # type: ignore[assignment]
        label=EVIDENCE["ruling"], error_messages={"required": "请上传裁判文书"}
    )

    def __init__(self, *args: Any, suits: list[Suit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["suit_id"]
        chosen.choices = [(suit.pk, str(suit)) for suit in suits]


class PapersForm(forms.Form):
    """More evidence of one kind."""

    kind = forms.ChoiceField(label="种类", choices=list(EVIDENCE.items()))
    files = PapersInput(label="文件")  # type: ignore[assignment]
