"""Warnings about contracts (platforms.md section 3, W-28 to W-41).

What the clean-up already finds contract by contract is not found a second time here: one event a
village says how many there are, and leads to the findings.
"""

from . import looks
from .ladders import any_of, lines
from .rule import EXAMPLE, Level, Rule

_CIVIL = "民法典（2021-01-01 起施行）"
_LAND = "农村土地承包法（2019-01-01 修正施行）"

_EXPIRING = lines("天", blue=90, yellow=60, orange=30)
_EXPIRED = lines("天", f"{_CIVIL}第七百三十四条；天数是示例，可修改", orange=1, red=30)
_TERM = any_of(Level.RED, f"{_CIVIL}第七百零五条；{_LAND}第二十一条、第四十九条", "份")
_ORAL = any_of(Level.RED, f"{_CIVIL}第七百零七条", "份")
_VOTE = any_of(Level.RED, f"{_LAND}第五十二条", "份")
_CHEAP = lines("份", orange=1)
_LATE = lines("天", blue=1, yellow=30, orange=90, red=180)
_AHEAD = lines("年", yellow=3)
_TYPED = lines("倍", yellow=10)
_MARKET = any_of(Level.RED, "以本地应进必进规定为准，示例，可修改", "份")
_TWICE = any_of(Level.RED, EXAMPLE, "份")
_KIN = lines("份", yellow=1)
_PAPERS = lines("份", blue=1)

RULES = (
    Rule(
        code="W-28", title="合同即将到期", topic="合同", measures="距到期", unit="天", per="合同",
        basis=EXAMPLE, ladder=_EXPIRING[0], parameters=_EXPIRING[1], look=looks.days_until,
        compare="<=", todo="商定续租还是收回，重新发包要先议决、再公开",
    ),
    Rule(
        code="W-29", title="到期未收回也未续签", topic="合同", measures="到期已过", unit="天",
        per="合同", basis=f"{_CIVIL}第七百三十四条", ladder=_EXPIRED[0], parameters=_EXPIRED[1],
        look=looks.days_since, todo="收回、续签或登记终止；拖下去就成了不定期租赁",
    ),
    Rule(
        code="W-30", title="合同期限超过法定上限", topic="合同", measures="超期限的合同", unit="份",
        per="村", basis="合同问题 P02，按合同种类适用不同条款", ladder=_TERM[0],
        parameters=_TERM[1], look=looks.every, together="count", todo="到清理事项办理",
    ),
    Rule(
        code="W-31", title="没有书面合同", topic="合同", measures="口头合同", unit="份", per="村",
        basis=f"{_CIVIL}第七百零七条；合同问题 P01", ladder=_ORAL[0], parameters=_ORAL[1],
        look=looks.every, together="count", todo="补签书面合同",
    ),
    Rule(
        code="W-32", title="没有履行民主程序", topic="合同", measures="未经议决的合同", unit="份",
        per="村", basis=f"{_LAND}第五十二条；合同问题 P06", ladder=_VOTE[0], parameters=_VOTE[1],
        look=looks.every, together="count", todo="补办民主程序，或解除撤销",
    ),
    Rule(
        code="W-33", title="价格明显低于同类", topic="合同", measures="价格偏低的合同", unit="份",
        per="村", basis="合同问题 P04，比例由县认定标准定", ladder=_CHEAP[0],
        parameters=_CHEAP[1], look=looks.every, together="count", todo="协商调价，或到期重新发包",
    ),
    Rule(
        code="W-35", title="租金逾期未交", topic="合同", measures="最久逾期", unit="天", per="合同",
        basis=EXAMPLE, ladder=_LATE[0], parameters=_LATE[1], look=looks.days_since,
        todo="催收；逾期久的转为债权，按清收七步办理",
    ),
    Rule(
        code="W-36", title="一次收取多年租金", topic="合同", measures="最长一次收取", unit="年",
        per="村", basis=EXAMPLE, ladder=_AHEAD[0], parameters=_AHEAD[1], look=looks.given,
        compare=">", replays=False, todo="核对款项去向和年限，以后按年收取",
    ),
    Rule(
        code="W-37", title="单价疑似录错", topic="合同", measures="与同类中位价相差", unit="倍",
        per="合同", basis=EXAMPLE, ladder=_TYPED[0], parameters=_TYPED[1], look=looks.times_off,
        compare=">", replays=False, todo="对照合同原件核对单价、面积、总价",
    ),
    Rule(
        code="W-38", title="应进场交易未进场", topic="合同", measures="未公开竞价的合同", unit="份",
        per="村", basis="合同问题 P07、P23，限额由县认定标准定", ladder=_MARKET[0],
        parameters=_MARKET[1], look=looks.every, together="count", todo="到清理事项办理",
    ),
    Rule(
        code="W-39", title="同一标的重复发包", topic="合同", measures="同一标的同时有效的合同",
        unit="份", per="村", basis="合同问题 P08", ladder=_TWICE[0], parameters=_TWICE[1],
        look=looks.every, together="count", todo="查清先后和效力，到清理事项办理",
    ),
    Rule(
        code="W-40", title="村干部或近亲属承包", topic="合同", measures="登记的合同", unit="份",
        per="村", basis="监督线索，只有可看线索的岗位看得到；示例，可修改", ladder=_KIN[0],
        parameters=_KIN[1], look=looks.every, together="count", is_restricted=True,
        replays=False, todo="核对程序和价格，有问题的移送",
    ),
    Rule(
        code="W-41", title="合同没有扫描件", topic="合同", measures="没有任何附件的合同", unit="份",
        per="村", basis=EXAMPLE, ladder=_PAPERS[0], parameters=_PAPERS[1], look=looks.every,
        together="count", lane="digest", replays=False, todo="拍照上传合同原件",
    ),
)  # fmt: skip

# Which findings of the clean-up feed which rule.
FOUND = {
    "W-25": ("P19",),
    "W-30": ("P02",),
    "W-31": ("P01",),
    "W-32": ("P06",),
    "W-33": ("P04",),
    "W-38": ("P07", "P23"),
    "W-39": ("P08",),
}
SANITY_COMPARED_MIN = 5  # so few comparable contracts make no median
