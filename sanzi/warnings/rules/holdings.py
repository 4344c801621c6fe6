"""Warnings about assets and resources (platforms.md section 3, W-21 to W-25)."""

from decimal import Decimal

from . import looks
from .ladders import lines
from .rule import EXAMPLE, Parameter, Rule

_IDLE = lines("天", yellow=90, orange=180, red=365)
_WITHOUT = lines("处", orange=1)
_AREA = lines("块", yellow=1)
_OVERLAP = lines("份", yellow=1)

RULES = (
    Rule(
        code="W-21", title="资产资源闲置", topic="资产资源", measures="最久闲置", unit="天",
        per="村", basis=EXAMPLE, ladder=_IDLE[0], parameters=_IDLE[1], look=looks.days_since,
        compare=">", todo="公开招租，或列入增收项目；没有租出过、查不到闲置日期的不计",
    ),
    Rule(
        code="W-23", title="在用但没有合同", topic="资产资源", measures="没有有效合同的", unit="处",
        per="村", basis=EXAMPLE, ladder=_WITHOUT[0], parameters=_WITHOUT[1], look=looks.every,
        together="count", replays=False, todo="补签合同或收回，按应签未签办理",
    ),
    Rule(
        code="W-24", title="登记面积与实测不符", topic="资产资源", measures="超出容差的地块",
        unit="块", per="村", basis=EXAMPLE, ladder=_AREA[0],
        parameters=(
            *_AREA[1],
            Parameter("percent_max", "相差比例容差", "%", Decimal(5), most=Decimal(100)),
            Parameter("mu_max", "相差面积容差", "亩", Decimal(5), most=Decimal(10_000)),
        ),
        look=looks.area_apart, together="count", replays=False, todo="复测，更正登记或合同面积",
    ),
    Rule(
        code="W-25", title="地块边界重叠、占用承包地", topic="资产资源", measures="认定的合同",
        unit="份", per="村", basis="由合同问题 P19 的认定而来，依据见问题清单", ladder=_OVERLAP[0],
        parameters=_OVERLAP[1], look=looks.every, together="count", todo="到清理事项办理",
    ),
)  # fmt: skip
