"""Warnings about disclosure, income and tasks (platforms.md section 3, W-53 to W-60, L-8)."""

from decimal import Decimal

from . import looks
from .ladders import lines
from .rule import EXAMPLE, Parameter, Rule

_LATE = lines("天", yellow=5, orange=15)
_ASKED = lines("天", yellow=0, orange=10)
_GROWTH = lines("%", yellow=50)
_BAND = lines("元", blue=50_000)
_JUMP = lines("项", yellow=1)
_OVERDUE = lines("天", blue=1, yellow=10, orange=30)

RULES = (
    Rule(
        code="W-53", title="财务公开逾期", topic="公开", measures="超过公开期限", unit="天",
        per="村", basis="农村集体经济组织财务公开规定（2011）：至少每季度公开一次；"
        "村民委员会组织法（2018 修正）第三十条；天数是示例，可修改",
        ladder=_LATE[0], parameters=_LATE[1], look=looks.days_since, compare=">",
        todo="民主理财审核后公布上季度账目",
    ),
    Rule(
        code="W-54", title="群众提问逾期未答", topic="公开", measures="最久超过答复期限",
        unit="天", per="村", basis="某省规定十日内答复，示例，可修改", ladder=_ASKED[0],
        parameters=_ASKED[1], look=looks.days_since, compare=">", todo="答复提问人",
    ),
    Rule(
        code="W-58", title="收入大起大落", topic="收入", measures="比上年增减", unit="%", per="村",
        basis=EXAMPLE, ladder=_GROWTH[0],
        parameters=(
            *_GROWTH[1],
            Parameter("base_min", "上年低于多少元不比较", "元", Decimal(10_000)),
        ),
        look=looks.growth, compare=">", todo="说明原因，一次性收入单列",
    ),
    Rule(
        code="W-59", title="收入低于分档线", topic="收入", measures="村集体经济收入", unit="元",
        per="村", basis=EXAMPLE, ladder=_BAND[0], parameters=_BAND[1], look=looks.given,
        compare="<", lane="digest", todo="列入帮扶和增收计划",
    ),
    Rule(
        code="W-60", title="年底突击入账", topic="收入", measures="年底突击迹象", unit="项",
        per="村",
        basis="天数、比例由本地收入标准定（增收·突击入账），没有定的按示例，可修改",
        ladder=_JUMP[0], parameters=_JUMP[1], look=looks.every, together="count", is_fact=True,
        todo="说明这几笔收入的来由，一次性的单列",
    ),
    Rule(
        code="T-01", title="任务超期未办", topic="办理", measures="最久超期", unit="天", per="村",
        basis=EXAMPLE, ladder=_OVERDUE[0], parameters=_OVERDUE[1], look=looks.days_since,
        todo="到任务页办理、报进展，确实办不了的申请改时限",
    ),
)  # fmt: skip
