"""Warnings about claims, debts and distribution (platforms.md section 3, W-42 to W-52)."""

from decimal import Decimal

from . import looks
from .ladders import any_of, lines
from .rule import EXAMPLE, Level, Parameter, Rule

_CIVIL = "民法典（2021-01-01 起施行）"
_CLOCK = lines(
    "天", f"{_CIVIL}第一百八十八条、第一百九十五条；天数是示例，可修改",
    least=-3650, yellow=180, orange=90, red=30,
)  # fmt: skip
_IDLE = lines("天", yellow=90)
_UNBOOKED = lines("天", yellow=5)
_NEW = lines("元", red=0)
_BEHIND = lines("元", yellow=0)
_RATE = any_of(Level.YELLOW, "民间借贷利率上限按订立日适用，未核对的上限按示例", "笔")
_STOPPED = lines("年", yellow=2)

RULES = (
    Rule(
        code="W-42", title="债权临近诉讼时效", topic="债权债务", measures="最近的还剩", unit="天",
        per="村", basis=f"{_CIVIL}第一百八十八条、第一百九十五条", ladder=_CLOCK[0],
        parameters=(
            *_CLOCK[1],
            Parameter("past_max", "届满后再提示多少天", "天", Decimal(90), most=Decimal(3650)),
        ),
        look=looks.days_left, compare="<=", replays=False, past="最早的已届满",
        todo="发催收函并取得签收，或起诉；办了就登记时效事项",
    ),
    Rule(
        code="W-43", title="债权长期没有催收", topic="债权债务", measures="最久没有动作",
        unit="天", per="村", basis=EXAMPLE, ladder=_IDLE[0],
        parameters=(
            *_IDLE[1],
            Parameter("amount_min", "多少元以上才算", "元", Decimal(10_000)),
        ),
        look=looks.days_since, compare=">", replays=False, todo="指定专人，下函催收",
    ),
    Rule(
        code="W-44", title="收了款没有入账", topic="债权债务", measures="最久未入账", unit="天",
        per="村", basis=EXAMPLE, ladder=_UNBOOKED[0], parameters=_UNBOOKED[1],
        look=looks.days_since, compare=">", todo="由主管会计复核入账，或退回更正",
    ),
    Rule(
        code="W-46", title="新增债务", topic="债权债务", measures="基准日后新增", unit="元",
        per="村", basis="“严控新债”，各地要求应为零；示例，可修改", ladder=_NEW[0],
        parameters=_NEW[1], look=looks.given, compare=">",
        todo="核对是否经过议决和批准，没有的追究",
    ),
    Rule(
        code="W-47", title="化债落后于计划", topic="债权债务", measures="比计划多欠", unit="元",
        per="村", basis="某地化债方案按债务规模分档，示例；以本地文件为准", ladder=_BEHIND[0],
        parameters=_BEHIND[1], look=looks.given, compare=">", todo="调整化债措施，倒排时间",
    ),
    Rule(
        code="W-48", title="约定利率超过上限", topic="债权债务", measures="超上限的债务", unit="笔",
        per="村", basis="民间借贷利率按订立日的上限，未核对的上限标为示例", ladder=_RATE[0],
        parameters=_RATE[1], look=looks.every, together="count", replays=False,
        todo="按上限重新算息，协商减息",
    ),
    Rule(
        code="W-52", title="多年没有分红", topic="成员分配", measures="有可分配收益而未分配",
        unit="年", per="账套", basis=EXAMPLE, ladder=_STOPPED[0], parameters=_STOPPED[1],
        look=looks.given, replays=False, todo="由成员大会议定收益分配方案，或说明不分的理由",
    ),
)  # fmt: skip
