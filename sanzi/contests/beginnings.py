"""What a new contest may begin with: its rounds, each a title, a form, a weight and a card.

All are examples (examples.py says why); an office changes them, or copies last year's own. No
framework.
"""

from .cards import Sheet
from .examples import ASSESSMENT, FUNDING, PLANNING, RESULTS, SERVICE
from .yearly import YEARLY

BEGINNINGS: dict[str, tuple[tuple[str, str, int, Sheet], ...]] = {
    "assessment": (("年度考核", "数据考核", 100, ASSESSMENT),),
    "assessment-long": (("年度考核", "数据考核", 100, YEARLY),),
    "contest": (
        ("年初比规划", "上台路演", 30, PLANNING),
        ("年中比服务", "现场观摩", 30, SERVICE),
        ("年末比成效", "成果展示", 40, RESULTS),
    ),
    "funding": (("评审", "集中评审", 100, FUNDING),),
}
