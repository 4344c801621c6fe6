"""Rules of the same table that already stand in the way where a thing is done, and those that
nothing on record can feed (platforms.md section 3). Shown in the catalogue, so that nobody looks
for them here, or thinks that something watches which does not."""

from .rule import Absent, Gate

GATES = (
    Gate(
        code="W-06", title="大额支付分级签批", topic="资金", lane="warn",
        basis="限额由各地规定，示例，可修改",
        where="付款超过本村的支出报告限额时，填报、审核这一步当场提示须附支出预算报告（预决算·支出规定）",
    ),
    Gate(
        code="W-07", title="未经审批、越级审批的付款", topic="资金", lane="block",
        basis="会计法；不相容岗位分离",
        where="报账按固定环节走，没走完记不了账；制单、复核、出纳不能是同一人（过账关口）",
    ),
    Gate(
        code="W-08", title="超预算支付", topic="资金", lane="block",
        basis="本村预算的控制方式",
        where="预算项目的控制方式为“禁止”的，超支记不了账；为“提醒”的，当场提示",
    ),
    Gate(
        code="W-26", title="资产处置没有决议", topic="资产资源", lane="block",
        basis="农村集体经济组织法（2025-05-01 起施行）第二十六条",
        where="债权封存、核销、清收优惠、清理事项等须先有生效的民主决议，没有就办不下去",
    ),
    Gate(
        code="W-46", title="未经批准的新增债务", topic="债权债务", lane="block",
        basis="严控新债的规定；示例，可修改",
        where="借款没有批准、超过批准数或用途不许可的，凭证过不了账（借款审批）",
    ),
    Gate(
        code="W-51", title="超额分配、未补亏先分配", topic="成员分配", lane="block",
        basis="农村集体经济组织法（2025-05-01 起施行）第四十二条",
        where="年终分配方案按补亏、提公积公益金、分配的顺序核对，超过可分配数的不能确认（年终结转）",
    ),
    Gate(
        code="W-39", title="同一标的重复发包", topic="合同", lane="confirm",
        basis="合同问题 P08",
        where="台账导入和三查一访时指出重叠的合同；认定后由人确认或推翻",
    ),
)  # fmt: skip

ABSENT = (
    Absent(code="W-03", title="现金收入未及时存行", topic="资金",
           why="账上没有每笔现金何时存入银行的记录"),
    Absent(code="W-05", title="坐收坐支", topic="资金",
           why="需要逐笔现金日记账和缴存记录，现有报账只记事项"),
    Absent(code="W-11", title="重复票据", topic="资金", why="没有登记发票代码、号码"),
    Absent(code="W-22", title="完工未转资产", topic="资产资源", why="没有工程付款和验收台账"),
    Absent(code="W-27", title="年度清查未上报", topic="资产资源", why="清查报表不在本系统上报"),
    Absent(code="W-34", title="假续租", topic="合同",
           why="续签时的疑点在合同页当场提示；市场价变动没有成交数据"),
    Absent(code="W-49", title="已故人员仍领款", topic="成员分配", why="没有成员名册和民政比对名单"),
    Absent(code="W-50", title="一人在两个集体", topic="成员分配", why="没有成员名册"),
    Absent(code="W-55", title="交易审核、退款、签约超期", topic="产权交易", why="没有交易数据"),
    Absent(code="W-56", title="一人报名、零溢价偏多", topic="产权交易", why="没有交易数据"),
    Absent(code="W-57", title="竞买人设备、付款人相同", topic="产权交易", why="没有交易数据"),
)  # fmt: skip
