"""Shape and spelling of what people hand in to the clean-up."""

from collections.abc import Sequence
from typing import Any

from django import forms

from sanzi.contracts.terms import UNCONTRACTED, UNSIGNED

from .actions.judging import REASON_MAX, REASON_MIN
from .rules import RULES
from .thresholds import SETTINGS
from .workflow import JUDGING


class JudgeForm(forms.Form):
    """A person's word on one finding."""

    rule = forms.ChoiceField(choices=[(rule.code, rule.title) for rule in RULES])
    ruling = forms.ChoiceField(choices=[(step.name, step.label) for step in JUDGING.steps])
    reason = forms.CharField(
        label="理由",
        min_length=REASON_MIN,
        max_length=REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": "请写明理由",
            "min_length": f"理由太短，至少 {REASON_MIN} 个字",
            "max_length": f"理由太长，最多 {REASON_MAX} 个字",
        },
    )


class VisitForm(forms.Form):
    """Who was visited, when, and what was said."""

    visited = forms.CharField(
        label="走访了谁",
        max_length=30,
        error_messages={"required": "请写明走访了谁；无人可访的写“无”"},
    )
    their_post = forms.CharField(
        label="当时的职务", max_length=60, required=False, help_text="例如：1998—2005 年村主任"
    )
    visited_on = forms.DateField(
        label="哪一天",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填走访日期", "invalid": "请选一个日期"},
    )
    said = forms.CharField(
        label="说了什么",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="不要写身份证号、电话、银行卡号",
        error_messages={"required": "请写明说了什么"},
    )


class TimerForm(forms.Form):
    """What was done before a right died."""

    rule = forms.ChoiceField(choices=[(rule.code, rule.title) for rule in RULES])
    done_on = forms.DateField(
        label="哪一天办的",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填办理日期", "invalid": "请选一个日期"},
    )
    done = forms.CharField(
        label="办了什么、凭据在哪里",
        min_length=4,
        max_length=200,
        error_messages={"required": "请写明办了什么", "min_length": "太短，至少 4 个字"},
    )


class UnsignedForm(forms.Form):
    """An arrangement that was never signed, or ground used without a contract."""

    village = forms.ChoiceField(label="哪个村", error_messages={"required": "请选村"})
    way = forms.ChoiceField(
        label="是哪一种",
        choices=[
            (UNSIGNED, "应签未签：说好了、也在履行，没签合同"),
            (UNCONTRACTED, "无合同占用：没说好就在用"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "请选一种"},
    )
    contractor = forms.CharField(
        label="谁在用",
        max_length=100,
        error_messages={"required": "请写明谁在用；不清楚的写“不明”"},
    )
    category = forms.ChoiceField(
        label="类别",
        choices=[("资源类", "资源类（土地、水面）"), ("资产类", "资产类（房屋、设备）")],
    )
    legal_nature = forms.ChoiceField(
        label="性质",
        choices=[
            (word, word) for word in ("其他方式承包", "租赁", "机动地短期发包", "建设用地出让出租")
        ],
    )
    object_number = forms.CharField(label="资源或资产编号", max_length=60, required=False)
    location = forms.CharField(
        label="坐落", max_length=200, required=False, help_text="没有编号的写明在哪里"
    )
    area_mu = forms.DecimalField(
        label="面积（亩）", required=False, min_value=0, max_digits=12, decimal_places=2
    )
    starts_on = forms.DateField(
        label="从哪一天开始用",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    yearly_amount = forms.DecimalField(
        label="每年交多少（元）", required=False, min_value=0, max_digits=14, decimal_places=2
    )
    remark = forms.CharField(label="说明", max_length=300, required=False)

    def __init__(self, *args: Any, villages: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["village"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(villages)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not told.get("object_number") and not told.get("location"):
            self.add_error("location", "请填编号，或写明坐落")
        return told


class ThresholdForm(forms.Form):
    """A threshold a region lays down."""

    name = forms.ChoiceField(
        label="哪一项", choices=[(setting.name, setting.title) for setting in SETTINGS]
    )
    value = forms.CharField(
        label="数值",
        max_length=30,
        error_messages={"required": "请填数值"},
        help_text="比例写小数（0.70）；金额写元；日期写 2023-01-01",
    )
    from_on = forms.DateField(
        label="施行日期",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填施行日期", "invalid": "请选一个日期"},
    )
    basis = forms.CharField(
        label="依据",
        max_length=200,
        help_text="文件名称和文号",
        error_messages={"required": "请写明依据"},
    )


class OutlinesForm(forms.Form):
    """A file of parcels' outlines."""

    village = forms.ChoiceField(label="哪个村", error_messages={"required": "请选村"})
    file = forms.FileField(
        label="边界文件",
        help_text="测绘单位给的边界文件（GeoJSON 格式，2000 国家大地坐标系经纬度），每个地块带编号",
        error_messages={"required": "请选文件", "empty": "文件是空的，请重新导出"},
    )

    def __init__(self, *args: Any, villages: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["village"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(villages)
