"""What people fill in about a step out of a debt, and about interest."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.timezone import localdate

from sanzi.documents.inputs import PapersInput
from sanzi.kernel.money import grouped
from sanzi.kernel.protections import LAND_INCOME
from sanzi.web.inputs import DayInput, YuanInput
from sanzi.web.sections import SectionedForm

from .auditing import Told
from .plans import Band
from .ways import Way

ACCEPTED = ".pdf,.jpg,.jpeg,.png,.heic,.xlsx,.docx,.ofd,image/*"
# The fields of an audit report and what it calls them.
AUDITED = {
    "audit_number": "number",
    "audit_firm": "firm",
    "audit_on": "dated",
    "audit_scope": "scope",
}
MEANS = ("", "应付工程款", "应付货款", "应付劳务费", "往来款", *sorted(LAND_INCOME))


class ProposeForm(forms.Form):
    """One step; what a way does not ask for is not on the form."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=36)
    amount = YuanInput(label="化解金额（元）", least=Decimal("0.01"))
    dated = DayInput(label="日期")
    paid = YuanInput(label="其中付出现金（元）", least=Decimal(0))
    carrying = YuanInput(
        label="抵债资产账面净值（元）",
        least=Decimal("0.01"),
        help_text="资产净值先由代理会计转入固定资产清理。",
    )
    claim_id = forms.TypedChoiceField(label="用来抵销的债权", coerce=int)
    means = forms.ChoiceField(
        label="抵销的是哪一种款项",
        required=False,
        choices=[(word, word or "其他") for word in MEANS],
        help_text="农户的承包收益、流转收益、补偿和补贴依法不得抵扣。",
    )
    money = forms.ChoiceField(label="付款途径", choices=[("bank", "银行存款"), ("cash", "现金")])
    audit_number = forms.CharField(label="审计报告文号", max_length=60)
    audit_firm = forms.CharField(label="审计机构", max_length=80)
    audit_on = DayInput(label="报告日期")
    audit_scope = forms.CharField(
        label="审计范围", max_length=200, help_text="审了哪些债务、哪一段时间。"
    )
    basis = forms.CharField(label="依据和说明", max_length=200, required=False)
    files = PapersInput(  # type: ignore[assignment]
        label="证明材料",
        required=False,
    )

    def __init__(self, *args: Any, way: Way, claims: list[Any], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).update(key=str(uuid4()), dated=localdate())
        super().__init__(*args, **kwargs)
        asked = {"key", "amount", "dated", "basis", "files", *way.asks}
        if "audit" in way.asks:
            asked |= AUDITED.keys()
        if "claim" in way.asks:
            asked |= {"claim_id", "means"}
            chosen: Any = self.fields["claim_id"]
            chosen.choices = [("", "请选择")] + [(c.pk, _claim_words(c)) for c in claims]
        for name in list(self.fields):
            if name not in asked:
                del self.fields[name]
        self.fields["files"].help_text = f"{way.proof}；可一次选多个，每个不超过 50 MB。"
        self.fields["basis"].required = "basis" in way.asks

    @property
    def audit(self) -> Told:
        """The report told of, out of the cleaned fields; empty where the way asks for none."""
        said = {name: self.cleaned_data.pop(field, None) for field, name in AUDITED.items()}
        return Told(**{name: value for name, value in said.items() if value})


def _claim_words(claim: Any) -> str:
    return f"{claim.number} {claim.debtor}，尚欠 {grouped(claim.left)} 元"


class StepForm(forms.Form):
    """A step taken, with its reason where one is needed."""

    step = forms.CharField(max_length=20)
    reason = forms.CharField(max_length=200, required=False)


class InterestForm(forms.Form):
    """What the recalculation is told; nothing is kept."""

    principal = YuanInput(label="最初借款本金（元）", least=Decimal("0.01"))
    rate = forms.DecimalField(
        label="约定年利率（%）", min_value=0, max_value=1000, max_digits=7, decimal_places=4
    )
    agreed_on = DayInput(label="借款日期")
    until = DayInput(label="计算到")
    rolled = forms.CharField(
        label="利息转本金",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="一行一笔：日期 金额，例如 2021-12-31 3000",
    )
    paid = forms.CharField(
        label="已经归还",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="一行一笔：日期 金额。",
    )


class CapForm(forms.Form):
    """One row of the table of caps, as an office found it."""

    from_on = DayInput(label="借款订立日期自")
    rate = forms.DecimalField(
        label="年利率上限（%）", min_value=0, max_value=100, max_digits=6, decimal_places=4
    )
    source = forms.CharField(label="依据（文件、发布日期）", max_length=200)


BANDS_MAX = 6


class PlanForm(SectionedForm):
    """A plan as its paper has it: a name, a day, and up to six bands by size of debt."""

    parts = {
        f"第 {n} 档": tuple(f"{name}_{n}" for name in ("most", "yearly", "clear", "by_year"))
        for n in range(1, BANDS_MAX + 1)
    }

    name = forms.CharField(label="方案名称、文号", max_length=120)
    from_on = DayInput(label="施行日期")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, BANDS_MAX + 1):
            self._add_band(n)

    def _add_band(self, n: int) -> None:
        least = "0 元" if n == 1 else f"第 {n - 1} 档上限"
        share = {"min_value": 0, "max_value": 100, "max_digits": 5, "decimal_places": 2}
        self.fields |= {
            f"most_{n}": YuanInput(
                label=f"{least}以上，至多少元", least=Decimal("0.01"), required=False,
                help_text="最后一档不填上限。" if n > 1 else "",
            ),
            f"yearly_{n}": forms.DecimalField(
                label="每年减少（%）", required=False, **share  # type: ignore[arg-type]
            ),
            f"clear_{n}": forms.IntegerField(
                label="还清年份", min_value=2000, max_value=2100, required=False
            ),
            f"by_year_{n}": forms.CharField(
                label="分年目标", required=False, max_length=200,
                help_text="年份 累计减少%，用逗号分开，例如：2027 30，2028 60",
            ),
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        try:
            told["bands"] = [] if self.errors else _bands(told)
        except ValueError as fault:
            self.add_error(None, str(fault))
        return told


def _bands(told: dict[str, Any]) -> list[Band]:
    """The bands that were filled in; a band without any word ends the table."""
    found: list[Band] = []
    edge: Decimal | None = Decimal(0)
    for n in range(1, BANDS_MAX + 1):
        most, yearly, clear = (told.get(f"{name}_{n}") for name in ("most", "yearly", "clear"))
        by_year = _by_year(told.get(f"by_year_{n}") or "", n)
        if most is None and yearly is None and clear is None and not by_year:
            break
        share = None if yearly is None else yearly / 100
        over = edge if edge is not None else Decimal(-1)
        found.append(Band(over, most, share, clear, by_year))
        edge = most
    return found


def _by_year(text: str, n: int) -> tuple[tuple[int, Decimal], ...]:
    found = []
    for part in text.replace("，", ",").replace("；", ",").split(","):
        year, _, share = part.strip().rstrip("%％").partition(" ")
        if not year:
            continue
        if not (len(year) == 4 and year.isdecimal() and share.strip().isdecimal()):
            raise ValueError(f"第 {n} 档分年目标应写成：2027 30，2028 60")
        found.append((int(year), Decimal(share.strip()) / 100))
    return tuple(found)
