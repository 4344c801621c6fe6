"""The seven linked steps (七环相扣) as one table: proof, approval, effect, counting. No framework.

clean-up.md 2.3. `RINGS` says what each step is; `KINDS` is everything that can be proposed on a
claim within them: who decides, which template it posts, how it counts, what the clock hears.
"""

from dataclasses import dataclass

WORK, APPROVE, CONFIRM, CLUES = "claims.work", "claims.approve", "claims.confirm", "clues.view"


@dataclass(frozen=True)
class Ring:
    """One of the seven: what proves it, who decides, what it does to the books, how it counts."""

    number: int
    title: str
    evidence: str
    approval: str
    effect: str
    counts: str


RINGS: tuple[Ring, ...] = (
    Ring(
        1, "下函对账", "对账函、催缴通知书及送达证明；回函", "经办人确认回函",
        "不记账；对账函写明主张权利，送达即中断时效", "不计入清收",
    ),
    Ring(
        2, "专人清收", "统一收据、银行进账单", "经办人登记，主管会计复核入账",
        "借：银行存款；贷：应收款或内部往来；利息计其他收入", "计入现金清收",
    ),
    Ring(
        3, "打包封存", "封存清单、四议两公开决议", "乡镇审批",
        "不记账，余额留在账上；封存不是核销", "单列；是否计入清收率按口径",
    ),
    Ring(
        4, "账务调整", "合同、发票或税务意见", "经办人提出，主管会计复核入账",
        "账外补记入账；在建工程虚拟债权转工程成本", "计入调账清收",
    ),
    Ring(
        5, "冲销冲转", "决议、死亡或注销证明；抵销通知、三方协议", "核销须决议并经乡镇审批",
        "核销计其他支出；抵扣、抵销、三方冲转不计损益", "抵扣、抵销、核销分列",
    ),
    Ring(
        6, "诉前调解", "调解协议、司法确认裁定（协议生效30日内申请）", "调解员主持，双方签字",
        "按履行方式记账", "按履行结果计入",
    ),
    Ring(
        7, "依法追缴", "支付令、判决、执行裁定；线索移送函", "法院；纪检监察",
        "到账按收款记账", "按追缴结果计入",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """Something proposed on a claim. `decides` are the permissions that pass it, in order; the last
    completes it. `method` is how the movement is named; empty: none. `matter` is the resolution it
    waits for. `event` is what it does to the limitation clock."""

    code: str
    label: str
    ring: int
    decides: tuple[str, ...]
    template: str = ""
    method: str = ""
    matter: str = ""
    event: str = ""
    # What must be named besides amount and day.
    asks: tuple[str, ...] = ()


KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind(
            "cash", "收款", 2, (CONFIRM,), "collected", "专人清收", event="part_payment",
            asks=("money", "interest"),
        ),
        Kind("seal", "打包封存", 3, (APPROVE,), method="打包封存", matter="claim.seal"),
        Kind("book_in", "账外补记入账", 4, (CONFIRM,), "booked_in", asks=("basis",)),
        Kind("works", "工程款转账", 4, (CONFIRM,), "works", "账务调整", asks=("built", "basis")),
        Kind("corrected", "错账调整", 4, (CONFIRM,), "corrected", "账务调整", asks=("basis",)),
        Kind(
            "write_off", "核销", 5, (APPROVE, CONFIRM), "written_off", "冲销", "claim.write_off",
            asks=("ground", "basis"),
        ),
        Kind(
            "hardship", "困难减免", 5, (APPROVE, CONFIRM), "relieved", "减免", "claim.reduce",
            asks=("plight", "basis"),
        ),
        Kind(
            "dividend", "分红抵扣", 5, (CONFIRM,), "dividend", "冲转", event="part_payment",
            asks=("basis",),
        ),
        Kind(
            "set_off", "双方抵销", 5, (CONFIRM,), "set_off", "抵顶", event="part_payment",
            asks=("counter", "basis"),
        ),
        Kind(
            "three_party", "三方冲转", 5, (CONFIRM,), "three_party", "冲转", event="part_payment",
            asks=("creditor", "counter", "basis"),
        ),
        Kind(
            "mediated", "调解履行收款", 6, (CONFIRM,), "collected", "诉前调解",
            event="part_payment", asks=("money", "interest"),
        ),
        Kind(
            "mediated_adjusted", "调解后调账", 6, (CONFIRM,), "corrected", "诉前调解",
            asks=("basis",),
        ),
        Kind(
            "pursued", "追缴到账", 7, (CONFIRM,), "collected", "依法追缴", event="part_payment",
            asks=("money", "interest"),
        ),
        Kind("take_back", "冲回", 2, (CONFIRM,), asks=("basis",)),
        Kind(
            "unlisted", "其他方式收回", 2, (CONFIRM,), "collected", "未分项",
            event="part_payment", asks=("money", "basis"),
        ),
    )
}  # fmt: skip

# Why a claim may be written off (坏账条件, clean-up.md 2.3); none of them waives recourse.
GROUNDS: dict[str, str] = {
    "dead": "债务人死亡，遗产不足清偿，无继承人或担保人",
    "dissolved": "债务人破产或注销，财产不足清偿",
    "hopeless": "长期无法收回且证据充分（撤并、资不抵债、灾害停产）",
    "overdue": "逾期三年以上，确实无法收回（会计标准，不等于诉讼时效届满）",
}
# Why a debtor is in hardship (困难减免); the papers that show it are asked for.
PLIGHTS: tuple[str, ...] = (
    "脱贫户",
    "低保户",
    "五保户",
    "重大疾病",
    "重度残疾",
    "遭受重大灾害",
    "其他生活困难",
)
# Which debt of ours stands against the claim; kernel/protections.py says which may not.
COUNTERS: tuple[str, ...] = (
    "应付工程款",
    "应付货款",
    "应付劳务费",
    "集体欠对方的往来款",
    "承包收益",
    "流转收益",
    "征地补偿",
    "土地补偿款",
    "地力保护补贴",
)


def ring(number: int) -> Ring:
    """One of the seven by its number."""
    return RINGS[number - 1]
