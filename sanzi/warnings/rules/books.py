"""Warnings about closing and the books (platforms.md section 3, W-15 to W-20, W-45)."""

from decimal import Decimal

from . import looks
from .ladders import any_of, lines
from .rule import EXAMPLE, Level, Parameter, Rule

_CLOSE = lines("天", yellow=10, orange=20, red=30)
_NONE = any_of(Level.RED, EXAMPLE, "个")
_REOPEN = lines("次", blue=1)
_BARE = lines("张", yellow=1)
_NEGATIVE = lines("元", least=-1_000_000_000, orange=0)
_CARDS = lines("元", yellow=0)
_RATIO = lines("%", yellow=50, orange=70, red=100)

RULES = (
    Rule(
        code="W-15", title="上月未结账", topic="结账账簿", measures="月末已过", unit="天",
        per="账套", basis="各地有结账率通报，天数是示例，可修改", ladder=_CLOSE[0],
        parameters=_CLOSE[1], look=looks.days_since, compare=">", todo="按结账清单补齐后结账",
    ),
    Rule(
        code="W-16", title="没有建账套", topic="结账账簿", measures="没有账套的村", unit="个",
        per="村", basis="农村集体经济组织法（2025-05-01 起施行）要求按国家统一会计制度核算；"
        "何时预警是示例，可修改",
        ladder=_NONE[0], parameters=_NONE[1], look=looks.every, together="count", replays=False,
        todo="由代理记账机构建账套、录期初",
    ),
    Rule(
        code="W-17", title="反结账", topic="结账账簿", measures="反结账", unit="次", per="账套",
        basis=EXAMPLE, ladder=_REOPEN[0], parameters=_REOPEN[1], look=looks.every,
        together="count", lane="digest", is_fact=True, todo="核对反结账的原因和改动",
    ),
    Rule(
        code="W-18", title="凭证没有附件", topic="结账账簿", measures="没有附件的凭证",
        unit="张", per="账套的一个月", basis="票据六要素检查，金额下限是示例，可修改",
        ladder=_BARE[0],
        parameters=(*_BARE[1], Parameter("amount_min", "多少元以上才要求", "元", Decimal(500))),
        look=looks.over("amount_min"), together="count", is_fact=True,
        todo="补齐原始凭证，说明缺失原因",
    ),
    Rule(
        code="W-19", title="资产类科目出现负数", topic="结账账簿", measures="余额", unit="元",
        per="科目", basis=EXAMPLE, ladder=_NEGATIVE[0], parameters=_NEGATIVE[1],
        look=looks.given, compare="<", todo="查明是漏记收入还是记错科目，更正凭证",
    ),
    Rule(
        code="W-20", title="资产卡片与账面不符", topic="结账账簿", measures="相差", unit="元",
        per="账套", basis=EXAMPLE, ladder=_CARDS[0], parameters=_CARDS[1], look=looks.apart,
        compare=">", replays=False, todo="盘点核对，补登卡片或更正账面",
    ),
    Rule(
        code="W-45", title="资产负债率偏高", topic="债权债务", measures="负债占资产", unit="%",
        per="账套", basis=EXAMPLE, ladder=_RATIO[0], parameters=_RATIO[1], look=looks.share,
        todo="列入化债计划，停止新增债务",
    ),
)  # fmt: skip
