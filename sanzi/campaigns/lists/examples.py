"""Task lists shipped as examples: the “373” method of the reference town, as tasks.

What each step is called comes from the published account of the method (domain/clean-up.md 1.4,
2.3, 4.1); the days, posts and standards are this project's examples, marked so on every page, to
be copied and changed by each office. A metric is named only where the catalogue computes it.
"""

from dataclasses import dataclass

from .lines import Line

_HEAD, _ACCOUNTANT, _CLERK, _LEADER = (
    "village_head", "village_accountant", "town_clerk", "town_leader",
)  # fmt: skip
NOTE = "示例，可修改，非官方依据"


@dataclass(frozen=True)
class Example:
    """A template that comes with the system; it has no version but its own."""

    key: str
    title: str
    note: str
    lines: tuple[Line, ...]


def _line(
    code: str, category: str, matter: str, standard: str, *more: object, **rest: object
) -> Line:
    role, after, days = more
    return Line(
        code=code, category=category, matter=matter, standard=standard, role=role,  # type: ignore[arg-type]
        after=after, days=days, **rest,  # type: ignore[arg-type]
    )  # fmt: skip


_TOWN = {"level": "town"}

TACTICS = Example(
    "373-tactics",
    "“七种战术”（镇级）",
    f"一个体系、一张网络、一张清单、一套专班、一项机制、一批案例、一把尺子。{NOTE}",
    (
        _line("T1", "制度", "建立责任体系：四级包联定到人", "包片、包村、包组、包户都有姓名和电话",
              _LEADER, 0, 7, **_TOWN),
        _line("T2", "制度", "铺开宣传网络：公开、解读、培训", "每村至少张贴一处、开会一次，有照片",
              _CLERK, 0, 15, **_TOWN),
        _line("T3", "制度", "制定镇村两级任务清单", "步骤、时限、责任人齐全，下达到村",
              _CLERK, 0, 7, **_TOWN),
        _line("T4", "制度", "组建合同清理、债务化解、增加收入三个专班", "有文件、有名单、有分工",
              _LEADER, 0, 7, lead_unit="党政办", joint_units="法庭、派出所、自然资源所", **_TOWN),
        _line("T5", "制度", "建立调度机制：一日一调度、一事一研判", "有调度表，有研判记录",
              _CLERK, 7, 90, **_TOWN),
        _line("T6", "制度", "总结推广典型案例", "案例经核实后发布",
              _CLERK, 60, 30, **_TOWN),
        _line("T7", "制度", "制定考核方案，纳入镇考村", "方案印发，评分表建好",
              _LEADER, 15, 30, **_TOWN),
    ),
)  # fmt: skip

CONTRACTS = Example(
    "373-contracts",
    "“三步发力”清合同",
    f"三查一访、两个聚焦、四种办法。{NOTE}",
    (
        _line("H1", "清合同", "三查一访：查会议记录、查账簿、查合同文本，走访历任干部",
              "逐份有核查表，应签未签的登记", _ACCOUNTANT, 0, 30),
        _line("H2", "清合同", "两个聚焦：列出资源资产类合同和大额合同", "清单经村两委确认并公示",
              _HEAD, 30, 10),
        _line("H3", "清合同", "四种办法：逐份完善修订、解除撤销、司法处置、提级处置",
              "不规范合同全部处置", _HEAD, 40, 50, metric="contracts.regularised_rate",
              target="100", unit="%", lead_unit="合同清理专班", joint_units="司法所、法庭"),
        _line("H4", "清合同", "合同备案、档案归档", "修订后的合同有备案号，原件扫描上传",
              _ACCOUNTANT, 90, 10),
    ),
)  # fmt: skip

CLAIMS = Example(
    "373-claims",
    "“七环相扣”收债权",
    f"下函对账、专人清收、打包封存、账务调整、冲销冲转、诉前调解、依法追缴。{NOTE}",
    (
        _line("Q1", "化债务", "下函对账：逐人逐笔下达对账函", "函件送达有回执或见证",
              _ACCOUNTANT, 0, 20),
        _line("Q2", "化债务", "专人清收：两委干部分片包干", "包干到人，收款入账",
              _HEAD, 20, 40, lead_unit="债务化解专班"),
        _line("Q3", "化债务", "打包封存：历史原因暂不清收的债权", "有决议，余额留在账上",
              _HEAD, 20, 30),
        _line("Q4", "化债务", "账务调整：账外债权入账、剔除虚拟债权", "凭证附审批件",
              _ACCOUNTANT, 20, 40, joint_units="税务所、财政所"),
        _line("Q5", "化债务", "冲销冲转：主体消失的经四议两公开，三角债协商冲转",
              "决议、公示、协议齐全", _HEAD, 30, 40),
        _line("Q6", "化债务", "诉前调解：进入诉调对接", "调解书或终止记录",
              _HEAD, 30, 40, joint_units="法庭、司法所"),
        _line("Q7", "化债务", "依法追缴：起诉、移送", "立案或移送回执", _HEAD, 50, 40,
              joint_units="法庭、纪委"),
        _line("Q8", "化债务", "清收率达到目标", "系统按锁定债权和清收债权计算", _HEAD, 0, 99,
              metric="receivables.recovery_rate", target="75", unit="%"),
        _line("Q9", "化债务", "没有新增债务", "系统按债务台账计算", _HEAD, 0, 99,
              metric="debts.new", target="0", unit="元", at_most=True),
    ),
)  # fmt: skip

INCOME = Example(
    "373-income",
    "“三条路径”促增收",
    f"盘活资源、盘活资产、项目造血。{NOTE}",
    (
        _line("Z1", "增收", "盘活资源：清出的耕地、荒山、荒坡公开流转",
              "经产权交易平台成交，合同备案",
              _HEAD, 0, 90, lead_unit="增加收入专班"),
        _line("Z2", "增收", "盘活资产：闲置厂房、院落出租或入股", "资产台账状态更新，租金入账",
              _HEAD, 0, 90),
        _line("Z3", "增收", "项目造血：党支部领办合作社等项目开工", "项目登记，有预计增收",
              _HEAD, 0, 99, metric="income.projects", target="1", unit="个"),
        _line("Z4", "收资源费", "新增资源摸底：面积、成因、收费方案",
              "逐块有面积和依据，方案经决议", _ACCOUNTANT, 0, 45),
    ),
)  # fmt: skip

EXAMPLES: tuple[Example, ...] = (TACTICS, CONTRACTS, CLAIMS, INCOME)
BY_KEY = {example.key: example for example in EXAMPLES}
