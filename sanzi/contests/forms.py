"""The shape of what people type about contests; whether it makes sense the actions say."""

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms

from sanzi.kernel.money import ZERO
from sanzi.web.inputs import DayInput, YuanInput

from . import cards
from .cards import ROWS_MAX, Row
from .models import Contest
from .scorecard import Indicator, Veto

_REASON = {"required": "请写明依据或理由"}


class ContestForm(forms.Form):
    """A new contest."""

    title = forms.CharField(label="名称", max_length=100)
    year = forms.IntegerField(label="年度", min_value=2000, max_value=2199)
    kind = forms.ChoiceField(label="类型", choices=Contest.Kind.choices)
    level = forms.ChoiceField(label="参评对象")
    purse = YuanInput(
        label="资金总额（元）", required=False, least=ZERO, help_text="只有资金评审才填"
    )
    like = forms.TypedChoiceField(
        label="评分表沿用", required=False, coerce=int, empty_value=None,
        help_text="选往年的评比，连同各轮评分表一起沿用；不选则用示例评分表",
    )  # fmt: skip

    is_long = forms.BooleanField(
        label="年度考核用 71 小项的示例评分表", required=False,
        help_text="5 类 25 项 71 小项，示例，可修改，非官方依据；沿用往年的不用勾",
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        levels: Iterable[tuple[str, str]],
        earlier: Iterable[Contest] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(one.pk), str(one)) for one in earlier]
        chosen: Any = self.fields
        chosen["level"].choices = levels
        chosen["like"].choices = [("", "示例评分表"), *choices]


class ArrangeForm(forms.Form):
    """How a round is held."""

    form = forms.CharField(label="形式", max_length=40)
    weight = forms.IntegerField(label="占总成绩（%）", min_value=0, max_value=100)
    cut_off_on = DayInput(label="数据截止日", help_text="取数指标按这一天的数字计算")
    dropped = forms.IntegerField(label="去掉最高、最低各几个", min_value=0, max_value=5)
    judges_min = forms.IntegerField(label="满几名评委才去掉", min_value=1, max_value=50)


class JudgeForm(forms.Form):
    """A judge by account."""

    username = forms.CharField(label="评委账号", max_length=40)
    group = forms.CharField(
        label="组别", max_length=20, required=False, help_text="不填则评全部参评对象"
    )


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(label="理由", max_length=200, error_messages=_REASON)


class StepForm(forms.Form):
    """A step of a round."""

    step = forms.CharField(max_length=20, widget=forms.HiddenInput)
    reason = forms.CharField(label="理由", max_length=200, required=False)


class StatementForm(forms.Form):
    """What a participant hands in."""

    statement = forms.CharField(
        label="申报材料", required=False, widget=forms.Textarea(attrs={"rows": 10}),
        help_text="家底、目标、项目、措施、时间表；最多 5,000 字",
    )  # fmt: skip
    pledge = YuanInput(label="承诺（申请）金额（元）", required=False, least=ZERO)


class GrantForm(forms.Form):
    """What is granted after a review."""

    amount = YuanInput(label="核定金额（元）", least=ZERO)
    document_number = forms.CharField(label="批复文号", max_length=60)
    granted_on = DayInput(label="批复日期")


class UseForm(forms.Form):
    """One use of granted money."""

    used_on = DayInput(label="日期")
    amount = YuanInput(label="金额（元）", help_text="登记错了的，用负数冲回")
    matter = forms.CharField(label="用途", max_length=200)
    voucher_number = forms.CharField(label="凭证号", max_length=60, required=False)


class FillForm(forms.Form):
    """What no figure says of one participant, and the vetoes that meet it."""

    basis = forms.CharField(
        label="依据", max_length=200, help_text="检查记录、文号等", error_messages=_REASON
    )

    def __init__(
        self,
        *args: Any,
        lines: Iterable[Indicator],
        vetoes: Iterable[Veto],
        known: Mapping[str, str],
        met: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        basis = self.fields.pop("basis")
        for line in lines:
            self.fields[f"value-{line.code}"] = forms.DecimalField(
                label=f"{line.title}（{line.full:f} 分）", required=False, max_digits=15,
                decimal_places=4, initial=known.get(line.code),
                help_text=line.scoring.words(line.full),
            )  # fmt: skip
        for veto in vetoes:
            self.fields[f"veto-{veto.code}"] = forms.CharField(
                label=f"一票否决：{veto.title}", required=False, max_length=200,
                initial=met.get(veto.code), help_text="有此情形的写明事实，没有的留空",
            )  # fmt: skip
        self.fields["basis"] = basis

    def values(self) -> dict[str, str]:
        return {code: f"{value:f}" for code, value in self._named("value-") if value is not None}

    def vetoes(self) -> dict[str, str]:
        return dict(self._named("veto-"))

    def _named(self, prefix: str) -> list[tuple[str, Any]]:
        found = self.cleaned_data.items()
        return [(name.removeprefix(prefix), v) for name, v in found if name.startswith(prefix)]


class MarkForm(forms.Form):
    """One judge's marks for one participant, a field a line."""

    def __init__(
        self,
        *args: Any,
        lines: Iterable[Indicator],
        given: Mapping[str, Decimal],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for line in lines:
            self.fields[line.code] = forms.DecimalField(
                label=f"{line.title}（满分 {line.full:f}）", min_value=Decimal(0),
                max_value=line.full, decimal_places=2, initial=given.get(line.code),
                widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.01"}),
                error_messages={
                    "required": "还没有打分", "max_value": f"最高 {line.full:f} 分",
                    "min_value": "最低 0 分", "invalid": "请填数字，如 18.5",
                },
            )  # fmt: skip


class CardForm(forms.Form):
    """What a card holds beside its rows."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    bonus_most = forms.DecimalField(
        label="加分最多", min_value=0, max_value=50, decimal_places=2, initial=0
    )
    tie_break = forms.CharField(
        label="同分时依次比较", required=False, max_length=200, help_text="指标编号，如 B1、A1"
    )
    bands = forms.CharField(
        label="等级", required=False, max_length=300, help_text="如 90=五星；80=四星；60=三星"
    )
    vetoes = forms.CharField(
        label="一票否决", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="每行一项，如 弄虚作假=0：有此情形的总分最多为等号后的分数",
    )  # fmt: skip

    def clean_bands(self) -> Any:
        return self._pairs(self.cleaned_data["bands"], cards.read_bands)

    def clean_vetoes(self) -> Any:
        return self._pairs(self.cleaned_data["vetoes"], cards.read_vetoes)

    def clean_tie_break(self) -> tuple[str, ...]:
        return tuple(re.split(r"[、，,\s]+", self.cleaned_data["tie_break"].strip()) if
                     self.cleaned_data["tie_break"].strip() else ())  # fmt: skip

    def _pairs(self, text: str, read: Callable[[str], Any]) -> Any:
        try:
            return read(text)
        except cards.UnclearTerms as wrong:
            raise forms.ValidationError(str(wrong)) from None


FIELDS = ("code", "module", "title", "full", "source", "way", "terms", "missing")


def rows_of(posted: Any) -> list[Row]:
    """The rows of the card's grid as typed; rows left wholly blank are passed over."""
    columns = {name: posted.getlist(name) for name in FIELDS}
    count = min(min(map(len, columns.values())), ROWS_MAX)
    bonuses = set(posted.getlist("is_bonus"))
    rows = []
    for index in range(count):
        cells = {name: columns[name][index].strip() for name in FIELDS}
        if any(cells[name] for name in ("code", "title", "full", "terms")):
            rows.append(Row(**cells, is_bonus=str(index) in bonuses))
    return rows
