"""Cards to begin with: examples of this product's own making, never anybody's official weights.

No source publishes a score sheet of the reference places (domain/clean-up.md 4.4, 4.5); what stands
here is shown as 示例，可修改，非官方依据.
"""

from .cards import METRIC, PANEL, TYPED, Row, Sheet

EXAMPLE = "示例，可修改，非官方依据"


def _rate(code: str, module: str, title: str, full: str, metric: str, terms: str) -> Row:
    return Row(code, module, title, full, METRIC + metric, "line", terms, missing="spread")


def _judged(code: str, module: str, title: str, full: str) -> Row:
    return Row(code, module, title, full, PANEL, "judged", "100")


STARS = (("90", "五星"), ("80", "四星"), ("70", "三星"), ("60", "二星"), ("0", "一星"))
VETOES = (
    ("false", "弄虚作假、虚报数字", "0"),
    ("debt", "违规新增债务", "59.99"),
    ("petition", "因三资问题引发群体性上访且处置不力", "59.99"),
)

ASSESSMENT = Sheet(
    title="镇考村“清化收”年度考核",
    rows=(
        _rate("A1", "清合同", "合同规范率", "15", "contracts.regularised_rate", "50%→100%"),
        Row("A2", "清合同", "到期合同收回或续签率", "5", TYPED, "line", "50%→100%", "spread"),
        Row("A3", "清合同", "合同备案率", "5", TYPED, "line", "60%→100%", "spread"),
        _rate("B1", "化债务", "债权清收率", "12", "receivables.recovery_rate", "10%→75%"),
        _rate("B2", "化债务", "债务化解率", "12", "debts.resolution_rate", "10%→50%"),
        Row("B3", "化债务", "新增债务（元）", "6", METRIC + "debts.new", "line", "100000→0"),
        Row("C1", "收资源", "新增资源收费率", "20", TYPED, "line", "0%→90%", "spread"),
        Row("D1", "增收入", "盘活资源增收（元）", "8", METRIC + "income.resources", "line",
            "0→50000"),
        Row("D2", "增收入", "盘活资产增收（元）", "7", METRIC + "income.assets", "line", "0→50000"),
        Row("E1", "制度与公开", "财务公开按期完成次数", "10", TYPED, "line", "0→4"),
        Row("F1", "加分", "典型案例被上级采用", "5", TYPED, "added", "2.5", is_bonus=True),
    ),
    vetoes=VETOES,
    bands=STARS,
    bonus_most="5",
    tie_break=("B1", "A1"),
)  # fmt: skip

PLANNING = Sheet(
    title="大比武第一轮：年初比规划",
    rows=(
        _judged("P1", "规划", "家底清楚、问题找得准", "25"),
        _judged("P2", "规划", "目标具体、可核对", "25"),
        _judged("P3", "规划", "项目可行、资金有着落", "30"),
        _judged("P4", "路演", "现场讲述与答问", "20"),
    ),
    tie_break=("P3", "P2"),
)

SERVICE = Sheet(
    title="大比武第二轮：年中比服务",
    rows=(
        _judged("S1", "现场观摩", "项目进度与现场管理", "30"),
        _judged("S2", "现场观摩", "带动群众与服务", "20"),
        _rate("S3", "清化收", "合同规范率", "15", "contracts.regularised_rate", "50%→100%"),
        _rate("S4", "清化收", "债权清收率", "15", "receivables.recovery_rate", "10%→75%"),
        _rate("S5", "清化收", "债务化解率", "20", "debts.resolution_rate", "10%→50%"),
    ),
    tie_break=("S1",),
)

RESULTS = Sheet(
    title="大比武第三轮：年末比成效",
    rows=(
        _judged("R1", "成果展示", "成果与经验", "30"),
        Row("R2", "成效", "盘活增收（元）", "20", METRIC + "income.resources", "line", "0→100000"),
        Row("R3", "成效", "年度承诺完成率", "20", TYPED, "line", "50%→100%"),
        _rate("R4", "成效", "债权清收率", "15", "receivables.recovery_rate", "20%→85%"),
        _rate("R5", "成效", "债务化解率", "15", "debts.resolution_rate", "20%→60%"),
    ),
    tie_break=("R3",),
)

FUNDING = Sheet(
    title="专项资金竞争性评审",
    rows=(
        _judged("G1", "项目", "立项必要、前期扎实", "30"),
        _judged("G2", "项目", "资金测算合理、自筹到位", "25"),
        _judged("G3", "效益", "收益可核对、能带动群众", "30"),
        Row("G4", "基础", "债权清收率", "15", METRIC + "receivables.recovery_rate", "line",
            "0%→75%", "spread"),
    ),
    # 资格条件: who is met by one is not eligible, with the evidence written beside it.
    vetoes=(
        ("fiscal", "不符合申报资格：上年度违规新增债务", "0"),
        ("books", "不符合申报资格：财务没有按期公开", "0"),
        ("former", "不符合申报资格：以前核定的资金没有按用途使用", "0"),
    ),
    tie_break=("G3",),
)  # fmt: skip
