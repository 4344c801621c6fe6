"""What people fill in about a policy; the form begins with the example of one village."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.timezone import localdate

from sanzi.web.inputs import DayInput, YuanInput

from .relief import EXAMPLE, THREE_TWO_ONE, Cap, Terms, Tier


def _days(label: str, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=365, **more)


def _percent(label: str, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=0, max_value=99, max_digits=5, decimal_places=2, **more
    )


class PolicyForm(forms.Form):
    key = forms.CharField(widget=forms.HiddenInput, max_length=36)
    village = forms.ChoiceField(label="村")
    name = forms.CharField(label="名称", max_length=60, help_text=EXAMPLE)
    from_on = DayInput(label="施行日期")
    until_on = DayInput(label="截止日期")
    days_1 = _days("第一档：确认后几天内付清", required=False)
    rate_1 = _percent("第一档减免（%）", required=False)
    days_2 = _days("第二档：几天内", required=False)
    rate_2 = _percent("第二档减免（%）", required=False)
    days_3 = _days("第三档：几天内", required=False)
    rate_3 = _percent("第三档减免（%）", required=False)
    hardship_days = _days("脱贫、低保、五保户：几天内", required=False)
    hardship_rate = _percent("脱贫、低保、五保户减免（%）", required=False)
    cap_rate = forms.DecimalField(
        label="困难减免：每户最多减免所欠的（%）", required=False, min_value=Decimal("0.01"),
        max_value=100, max_digits=5, decimal_places=2,
        help_text="对确有困难的债务人，一户一议、逐笔决议减免的上限；不开展的不填。",
    )  # fmt: skip
    cap_amount = YuanInput(
        label="困难减免：每户最多减免（元）", required=False, least=Decimal("0.01")
    )
    waives_heirless = forms.BooleanField(label="死亡且没有继承人的，全部免除", required=False)

    def __init__(self, *args: Any, villages: list[tuple[str, str]], **kwargs: Any) -> None:
        kwargs["initial"] = {**_example(), "key": str(uuid4()), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["village"]
        chosen.choices = villages

    def facts(self) -> dict[str, Any]:
        """As the action takes them."""
        told = self.cleaned_data
        tiers = [_tier(told, str(n)) for n in (1, 2, 3)]
        hardship = None
        if told["hardship_days"] and told["hardship_rate"]:
            hardship = Tier(told["hardship_days"], told["hardship_rate"] / 100)
        rate, most = told["cap_rate"], told["cap_amount"]
        cap = Cap(rate / 100, most or None) if rate else None
        terms = Terms(tuple(t for t in tiers if t), hardship, told["waives_heirless"], cap)
        names = ("village", "name", "from_on", "until_on", "key")
        return {**{name: told[name] for name in names}, "terms": terms}


def _tier(told: dict[str, Any], n: str) -> Tier | None:
    days, rate = told[f"days_{n}"], told[f"rate_{n}"]
    return Tier(days, rate / Decimal(100)) if days and rate else None


def _percent_of(rate: Decimal) -> str:
    """0.30 as people type it: 30, never 3E+1."""
    return f"{(rate * 100).normalize():f}"


def _example() -> dict[str, Any]:
    found: dict[str, Any] = {"name": "提前还款优惠", "from_on": localdate()}
    for n, tier in enumerate(THREE_TWO_ONE.tiers, start=1):
        found |= {f"days_{n}": tier.days, f"rate_{n}": _percent_of(tier.rate)}
    assert THREE_TWO_ONE.hardship is not None
    hardship = THREE_TWO_ONE.hardship
    found |= {"hardship_days": hardship.days, "hardship_rate": _percent_of(hardship.rate)}
    return {**found, "waives_heirless": THREE_TWO_ONE.waives_heirless}
