"""Rules about the warnings themselves (platforms.md section 3, W-62). W-61 is no rule: what nobody
deals with goes up a level as the same warning (`raising.py`), it makes no further one."""

from decimal import Decimal

from . import looks
from .ladders import lines
from .rule import Parameter, Rule

_SEEN_IN = "某县作法：一年内四黄、三橙或二红一票否决，示例，可修改，非官方依据"
_VETO = lines("%", red=100)

RULES = (
    Rule(
        code="W-62", title="一年内多次亮灯", topic="办理",
        measures="一年内同色预警为一票否决次数的", unit="%", per="村、年", basis=_SEEN_IN,
        ladder=_VETO[0],
        parameters=(
            *_VETO[1],
            Parameter("yellow_most", "黄色几次", "次", Decimal(4), Decimal(1), Decimal(1000)),
            Parameter("orange_most", "橙色几次", "次", Decimal(3), Decimal(1), Decimal(1000)),
            Parameter("red_most", "红色几次", "次", Decimal(2), Decimal(1), Decimal(1000)),
        ),
        # For whoever assesses the village at the year's end; its own list is full enough.
        look=looks.repeated, lane="digest", is_fact=True,
        todo="逐条核对亮灯经过；考核时由考核单位决定是否否决",
    ),
)  # fmt: skip
