"""Warnings about money and payments (platforms.md section 3, W-01 to W-14)."""

from decimal import Decimal

from . import looks
from .ladders import any_of, lines
from .rule import EXAMPLE, Level, Parameter, Rule

_COLLECTIVE_LAW = "农村集体经济组织法（2025-05-01 起施行）第四十四条"

_FLOOR = lines("元", least=-1_000_000_000, yellow=0)
_CEILING = lines("元", yellow=5000)
_CASH = lines("笔", yellow=1)
_DAYS = lines("天", yellow=10, orange=30)
_DIFFERENCE = lines("元", yellow=0)
_SPLIT = lines("元", orange=10000)
_PERSONAL = any_of(Level.RED, _COLLECTIVE_LAW, "个")
_LENT = lines("天", yellow=30, orange=90, red=180)
_BUDGET = lines("%", blue=80, orange=100)
_TREATS = lines("元", red=0)

RULES = (
    Rule(
        code="W-01", title="账户余额低于下限", topic="资金", measures="账面余额", unit="元",
        per="银行账户", basis=EXAMPLE, ladder=_FLOOR[0], parameters=_FLOOR[1], look=looks.given,
        compare="<", replays=False, todo="核对是否透支或记错账，及时补足",
    ),
    Rule(
        code="W-02", title="库存现金超限额", topic="资金", measures="库存现金", unit="元",
        per="村", basis=EXAMPLE, ladder=_CEILING[0], parameters=_CEILING[1], look=looks.given,
        compare=">", replays=False, todo="把超出的现金存入银行",
    ),
    Rule(
        code="W-04", title="大额现金支付", topic="资金", measures="超限额的现金付款", unit="笔",
        per="账套", basis="某镇规定一千元以上走银行，示例，可修改", ladder=_CASH[0],
        parameters=(
            *_CASH[1],
            Parameter("limit", "单笔现金限额", "元", Decimal(1000)),
        ),
        look=looks.over("limit"), together="count", is_fact=True,
        todo="说明为什么没有转账，以后走银行",
    ),
    Rule(
        code="W-08", title="支出接近或超过预算", topic="资金", measures="已用预算", unit="%",
        per="预算项目", basis="预算控制方式以本村预算和县规定为准；八成提醒是示例，可修改",
        ladder=_BUDGET[0], parameters=_BUDGET[1], look=looks.share, replays=False,
        todo="报请调整预算，或停止这项支出",
    ),
    Rule(
        code="W-09", title="银行与账面不符", topic="资金", measures="相差", unit="元",
        per="银行账户", basis=EXAMPLE, ladder=_DIFFERENCE[0], parameters=_DIFFERENCE[1],
        look=looks.apart, compare=">", replays=False, todo="逐笔勾对，编制余额调节表",
    ),
    Rule(
        code="W-09-2", title="银行流水超期未勾对", topic="资金", measures="最久未勾对", unit="天",
        per="银行账户", basis=EXAMPLE, ladder=_DAYS[0], parameters=_DAYS[1],
        look=looks.days_since, compare=">", replays=False, todo="到银行对账页勾对，或补记账",
    ),
    Rule(
        code="W-10", title="疑似拆分付款", topic="资金", measures="同一收款人短期合计", unit="元",
        per="收款人", basis=EXAMPLE, ladder=_SPLIT[0],
        parameters=(
            *_SPLIT[1],
            Parameter("limit", "单笔限额（各笔都低于它才算）", "元", Decimal(10000)),
            Parameter("days", "多少天之内", "天", Decimal(30), Decimal(1), Decimal(366)),
        ),
        look=looks.split_payments, together="sum", compare=">", is_fact=True,
        todo="核对是否一件事拆成几笔付款，说明原因",
    ),
    Rule(
        code="W-12", title="公款存入个人账户", topic="资金", measures="个人户名的账户", unit="个",
        per="村", basis=_COLLECTIVE_LAW, ladder=_PERSONAL[0], parameters=_PERSONAL[1],
        look=looks.of_persons, together="count", replays=False,
        todo="立即把款项转回集体账户，注销或更正账户",
    ),
    Rule(
        code="W-13", title="个人借款长期未清", topic="资金", measures="最久未清", unit="天",
        per="村", basis=EXAMPLE, ladder=_LENT[0],
        parameters=(
            *_LENT[1],
            Parameter("amount_min", "多少元以下不算", "元", Decimal(0)),
        ),
        look=looks.days_since, compare=">", replays=False, todo="催还，或按清收七步办理",
    ),
    Rule(
        code="W-14", title="招待费支出", topic="资金", measures="本年招待类支出", unit="元",
        per="账套", basis="实行零招待的地方适用，示例，可修改", ladder=_TREATS[0],
        parameters=_TREATS[1], look=looks.given, compare=">", replays=False,
        todo="说明事由和依据，不合规定的追回",
    ),
)  # fmt: skip
