"""A long card to begin with: five modules, twenty-five items, seventy-one lines, a hundred points.

Its shape is that of item sets in use elsewhere (platforms.md N-3); what stands in it is an example
of this product's own making, 示例，可修改，非官方依据. Lines that a figure tells are drawn from it,
the others are typed by the organiser with their evidence. No framework.
"""

from collections.abc import Iterator

from .cards import METRIC, TYPED, Row, Sheet
from .examples import STARS, VETOES

# Module, item, then its lines: title, full marks, metric ("" is typed), way, terms.
_Line = tuple[str, str, str, str, str]
_ITEMS: tuple[tuple[str, str, tuple[_Line, ...]], ...] = (
    ("清合同", "摸清底数", (
        ("合同台账登记率", "1", "", "line", "80%→100%"),
        ("合同原件扫描率", "1", "", "line", "60%→100%"),
        ("合同份数与上年底核对一致", "1", "", "line", "0→1"),
    )),
    ("清合同", "问题认定", (
        ("三查一访完成率", "1.5", "", "line", "70%→100%"),
        ("认定意见按期率", "1", "", "line", "80%→100%"),
        ("认定被推翻", "0.5", "", "deducted", "0.25"),
    )),
    ("清合同", "整改", (
        ("合同规范率", "5", "contracts.regularised_rate", "line", "50%→100%"),
        ("司法处置立案", "1", "contracts.litigated", "added", "0.5"),
        ("提级处置有结果", "1", "", "line", "0→100%"),
    )),
    ("清合同", "履约", (
        ("到期合同收回或续签率", "2", "", "line", "50%→100%"),
        ("清合同到账增收（元）", "2", "contracts.gain_received", "line", "0→50000"),
        ("清合同签订年增收（元）", "1", "contracts.gain_yearly", "line", "0→30000"),
    )),
    ("清合同", "备案归档", (
        ("合同备案率", "1", "", "line", "60%→100%"),
        ("合同归档率", "1", "", "line", "60%→100%"),
    )),
    ("化债务", "核对确认", (
        ("债权对账函发出率", "1", "", "line", "60%→100%"),
        ("债权对账函回函率", "1", "", "line", "30%→80%"),
        ("债务核实率", "1", "", "line", "80%→100%"),
    )),
    ("化债务", "债权清收", (
        ("债权清收率", "5", "receivables.recovery_rate", "line", "10%→75%"),
        ("现金清收率", "3", "receivables.cash_rate", "line", "0%→40%"),
        ("诉前调解债权（笔）", "1", "receivables.mediated_claims", "added", "0.1"),
    )),
    ("化债务", "时效与手续", (
        ("临近时效债权已处理率", "1", "", "line", "60%→100%"),
        ("核销、封存决议齐全率", "1", "", "line", "80%→100%"),
        ("凭证与决议不符", "1", "", "deducted", "0.5"),
    )),
    ("化债务", "债务化解", (
        ("债务化解率", "4", "debts.resolution_rate", "line", "10%→50%"),
        ("现金化解率", "2", "debts.cash_rate", "line", "0%→30%"),
        ("债务冲转抵顶（元）", "1", "debts.set_off", "line", "0→50000"),
    )),
    ("化债务", "新债控制", (
        ("新增债务（元）", "2", "debts.new", "line", "100000→0"),
        ("借款审批手续齐全率", "1", "", "line", "80%→100%"),
    )),
    ("收资源", "核实", (
        ("新增资源核实率", "1.5", "", "line", "60%→100%"),
        ("面积增加分原因登记率", "1", "", "line", "60%→100%"),
        ("边界签字率", "0.5", "", "line", "60%→100%"),
    )),
    ("收资源", "定费", (
        ("收费方案民主决议率", "1.5", "", "line", "80%→100%"),
        ("多收、错收", "0.5", "", "deducted", "0.25"),
    )),
    ("收资源", "收取", (
        ("新增资源收费率", "3", "", "line", "0%→90%"),
        ("资源费入账率", "1", "", "line", "80%→100%"),
        ("收费票据齐全率", "1", "", "line", "80%→100%"),
    )),
    ("收资源", "盘活", (
        ("盘活资源增收（元）", "2", "income.resources", "line", "0→50000"),
        ("盘活资产增收（元）", "1", "income.assets", "line", "0→50000"),
        ("闲置资产盘活率", "0.5", "", "line", "0%→60%"),
    )),
    ("收资源", "矛盾化解", (
        ("土地矛盾调解成功率", "1", "", "line", "60%→100%"),
        ("信访（件）", "0.5", "", "deducted", "0.25"),
    )),
    ("增收入", "收入水平", (
        ("集体收入达到 10 万元", "4", "villages.income_at_least_100k", "steps", "1=100%"),
        ("集体收入达到 100 万元", "2", "villages.income_at_least_1m", "steps", "1=100%"),
        ("经营性收入增长率", "3", "", "line", "0%→10%"),
    )),
    ("增收入", "项目", (
        ("项目造血（个）", "2", "income.projects", "added", "1"),
        ("项目造血预计增收（元）", "1", "income.projects_expected", "line", "0→100000"),
        ("项目按期开工率", "1", "", "line", "50%→100%"),
    )),
    ("增收入", "就业带动", (
        ("带动就业（人）", "1.5", "income.jobs", "added", "0.1"),
        ("村内用工占比", "0.5", "", "line", "30%→80%"),
        ("联农带农户数占比", "0.5", "", "line", "10%→50%"),
    )),
    ("增收入", "收支管理", (
        ("预算执行率", "1", "", "line", "70%→100%"),
        ("非生产性开支压减率", "1", "", "line", "0%→10%"),
        ("租金按期收取率", "1", "", "line", "70%→100%"),
    )),
    ("增收入", "结对帮带", (
        ("帮带协议落实率", "0.75", "", "line", "50%→100%"),
        ("帮带项目（个）", "0.5", "", "added", "0.25"),
        ("带头人培训出勤率", "0.25", "", "line", "60%→100%"),
    )),
    ("制度与公开", "责任落实", (
        ("四级包联到岗率", "1", "", "line", "80%→100%"),
        ("任务按期销号率", "2", "", "line", "60%→100%"),
        ("退回重办", "1", "", "deducted", "0.25"),
    )),
    ("制度与公开", "制度建设", (
        ("“1+10”制度上墙率", "1", "", "line", "50%→100%"),
        ("制度执行检查问题", "1", "", "deducted", "0.5"),
        ("四议两公开记录齐全率", "2", "", "line", "70%→100%"),
    )),
    ("制度与公开", "财务管理", (
        ("记账及时率", "2", "", "line", "70%→100%"),
        ("银行对账完成（月）", "2", "", "line", "0→12"),
        ("白条、坐支", "1", "", "deducted", "0.5"),
    )),
    ("制度与公开", "财务公开", (
        ("按期公开（次）", "2", "", "line", "0→4"),
        ("公开事项齐全率", "1", "", "line", "80%→100%"),
        ("群众询问按期答复率", "1", "", "line", "80%→100%"),
    )),
    ("制度与公开", "监督整改", (
        ("巡察问题整改率", "1", "", "line", "60%→100%"),
        ("审计问题整改率", "1", "", "line", "60%→100%"),
        ("数据填报差错", "1", "", "deducted", "0.5"),
    )),
)  # fmt: skip

# A village may have nothing of what these rates are about: their marks are then spread.
_SPREAD = ("%", "100%")


def _rows() -> Iterator[Row]:
    modules: list[str] = []
    items: dict[str, int] = {}
    for module, item, lines in _ITEMS:
        if module not in modules:
            modules.append(module)
        letter = "ABCDE"[modules.index(module)]
        items[letter] = items.get(letter, 0) + 1
        for place, (title, full, metric, way, terms) in enumerate(lines, start=1):
            yield Row(
                code=f"{letter}{items[letter]}.{place}",
                module=f"{module}／{item}",
                title=title,
                full=full,
                source=METRIC + metric if metric else TYPED,
                way=way,
                terms=terms,
                missing="spread" if terms.endswith(_SPREAD) and way == "line" else "zero",
            )


YEARLY = Sheet(
    title="“清化收”年度综合考核（5 类 25 项 71 小项）",
    rows=tuple(_rows()),
    vetoes=VETOES,
    bands=STARS,
    bonus_most="0",
    tie_break=("B2.1", "A3.1", "D1.1"),
)
