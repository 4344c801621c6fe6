"""Thresholds a region may set, as a table: what each is called, how it is written, what it decides.

Pure. What is not set is this product's example (contracts/terms.py: Policy); no law fixes any.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from sanzi.contracts.terms import DEFAULT_POLICY, Policy
from sanzi.kernel.money import grouped, to_fen
from sanzi.kernel.refusals import Invalid

Kind = Literal["share", "amount", "area", "years", "count", "day"]


@dataclass(frozen=True)
class Setting:
    """One threshold: a field of Policy, its words, its bounds, and the rules it decides."""

    name: str
    title: str
    kind: Kind
    rules: tuple[str, ...]
    hint: str
    least: Decimal = Decimal(0)
    most: Decimal = Decimal(1_000_000_000)

    @property
    def unit(self) -> str:
        """What stands behind the number."""
        return {"share": "（小数）", "amount": "元", "area": "亩", "years": "年", "count": "份",
                "day": ""}[self.kind]  # fmt: skip


_SHARE = (Decimal("0.01"), Decimal("1"))
SETTINGS = (
    Setting(
        "price_ratio",
        "价格偏低：低于同类中位价的比例",
        "share",
        ("P04",),
        "0.70 表示低于同类中位价的 70% 算偏低",
        *_SHARE,
    ),
    Setting(
        "comparables_min",
        "价格比较：至少多少份同类合同",
        "count",
        ("P04", "P17"),
        "同乡镇、同地类、前后两年内；不够的不比较",
        Decimal(1),
        Decimal(1000),
    ),
    Setting(
        "collusion_ratio",
        "价格线索：村干部或近亲属承包低于中位价的比例",
        "share",
        ("P17",),
        "0.50 表示低于一半的作为线索",
        *_SHARE,
    ),
    Setting(
        "area_tolerance",
        "面积不实：允许相差的比例",
        "share",
        ("P05",),
        "0.05 表示相差 5% 以内不算",
        Decimal("0"),
        Decimal("1"),
    ),
    Setting(
        "area_floor_mu", "面积不实：相差多少亩以下不算", "area", ("P05",), "", most=Decimal(1000)
    ),
    Setting(
        "wasteland_years_max", "四荒承包最长年限", "years", ("P02",), "", Decimal(1), Decimal(100)
    ),
    Setting(
        "reserve_years_max",
        "机动地短期发包最长年限",
        "years",
        ("P02",),
        "",
        Decimal(1),
        Decimal(30),
    ),
    Setting(
        "bidding_from",
        "公开交易：从哪一天签订的起要求",
        "day",
        ("P07", "P23"),
        "本地规定的施行日期，之前签的不追溯",
    ),
    Setting(
        "bidding_amount", "公开交易：多少元以上", "amount", ("P07",), "合同总价，没有总价的看年租金"
    ),
    Setting("bidding_area_mu", "公开交易：多少亩以上", "area", ("P07",), "只用于土地"),
    Setting("tender_amount", "工程招标：多少元以上", "amount", ("P23",), ""),
    Setting(
        "overlap_share",
        "边界重叠：超过较小地块的比例",
        "share",
        ("P08", "P19"),
        "",
        Decimal("0"),
        Decimal("1"),
    ),
    Setting(
        "overlap_floor_mu",
        "边界重叠：多少亩以下不算",
        "area",
        ("P08", "P19"),
        "",
        most=Decimal(1000),
    ),
    Setting("large_fen", "大额合同：多少元以上", "amount", (), "影响大额合同的份数和办理层级"),
)
SETTING_OF = {setting.name: setting for setting in SETTINGS}


def read(name: str, text: str) -> str:
    """A threshold as it is stored. Raises Invalid, saying what may be written."""
    setting, text = SETTING_OF[name], text.strip().replace(",", "").replace("，", "")
    if setting.kind == "day":
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            raise Invalid("threshold.day", "请写成 2023-01-01 这样的日期") from None
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise Invalid("threshold.number", "请填数字") from None
    if not number.is_finite() or not setting.least <= number <= setting.most:
        raise Invalid("threshold.range", f"须在 {setting.least} 到 {setting.most} 之间")
    if setting.kind in ("years", "count") and number != number.to_integral_value():
        raise Invalid("threshold.whole", "请填整数")
    if number != round(number, 2):
        raise Invalid("threshold.places", "最多两位小数")
    return str(number)


def value_of(name: str, stored: str) -> Any:
    """A stored threshold as Policy takes it."""
    kind = SETTING_OF[name].kind
    if kind == "day":
        return date.fromisoformat(stored)
    if name == "large_fen":
        return to_fen(Decimal(stored))
    return int(Decimal(stored)) if kind in ("years", "count") else Decimal(stored)


def policy_with(policy: Policy, stored: Mapping[str, str]) -> Policy:
    """The policy with these thresholds in place of its own."""
    return replace(policy, **{name: value_of(name, text) for name, text in stored.items()})


def said(name: str, policy: Policy = DEFAULT_POLICY) -> str:
    """One threshold of a policy in words: 70%, 500,000.00元, 5年, 2025-05-01."""
    setting, value = SETTING_OF[name], getattr(policy, name)
    if name == "large_fen":
        return f"{grouped(Decimal(value) / 100)}元"
    if setting.kind == "share":
        return f"{value:.0%}"
    if setting.kind == "amount":
        return f"{grouped(value)}元"
    return f"{value}{setting.unit}"
