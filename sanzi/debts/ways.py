"""The thirteen ways out of a debt (D01–D13): condition, proof, who decides, what is posted, how it
counts. One table; forms, pages, vouchers and the workflow read it. No framework.

Source: domain/clean-up.md 2.7, accounting.md 1.5. Nobody decides a reduction alone.
"""

from dataclasses import dataclass
from decimal import Decimal

from sanzi.kernel.money import ZERO

APPROVE, CONFIRM = "debts.approve", "debts.confirm"


@dataclass(frozen=True)
class Leg:
    """One line of a posting: a side, what the account is for, which amount, whose it is.

    `of`: gross (what the debt falls by), paid (money that goes out), waived (the rest), carrying
    (book value of an asset given), gain or loss (what the debt was more or less than that).
    `who`: creditor, or the debtor of a claim set off.
    """

    side: str
    account: str
    of: str = "gross"
    who: str = ""


@dataclass(frozen=True)
class Way:
    """One way. `methods` are the words of its movements (paid, waived); `decides` the permissions
    that pass it in order, the last completing it; `matter` the resolution it waits for."""

    code: str
    title: str
    condition: str
    proof: str
    effect: str
    legs: tuple[Leg, ...]
    methods: tuple[str, ...]
    matter: str = ""
    decides: tuple[str, ...] = (CONFIRM,)
    asks: tuple[str, ...] = ()

    @property
    def moves_money(self) -> bool:
        """Whether money leaves or enters."""
        return any(leg.account == "money" for leg in self.legs)

    @property
    def changes_result(self) -> bool:
        """Whether the year's result moves: a set-off must never do that."""
        return any(leg.account in ("other_income", "other_expense") for leg in self.legs)

    @property
    def approval(self) -> str:
        """Who decides, in words."""
        said = ["会议决议"] if self.matter else []
        said += ["乡镇批准"] if APPROVE in self.decides else []
        return "、".join([*said, "主管会计确认"])


_PAID = (Leg("debit", "debt", who="creditor"), Leg("credit", "money"))
_GIVEN_UP = (Leg("debit", "debt", who="creditor"), Leg("credit", "other_income"))
_PAYING = "借：应付款或借款；贷：银行存款。偿还旧债不计支出"


def _paying(code: str, title: str, condition: str, proof: str) -> Way:
    return Way(code, title, condition, proof, _PAYING, _PAID, ("现金偿还",), asks=("money",))


WAYS: tuple[Way, ...] = (
    _paying("D01", "现金偿还", "直接付到债权人账户", "付款回单、债权人收据"),
    _paying("D02", "清收还债", "用清收回来的欠款偿还，付到债权人账户", "付款回单、清收收据"),
    _paying("D03", "增收还债", "用当年经营增收偿还，付到债权人账户", "付款回单、收入凭证"),
    _paying("D04", "盘活还债", "用资产资源盘活收入偿还，付到债权人账户", "付款回单、交易合同"),
    Way(
        "D05", "抵冲抵销", "互负到期债务，种类相同，通知对方（民法典第568条）；不得附条件",
        "抵销通知及送达，或抵销协议", "借：应付款（对方）；贷：应收款（对方）。不计收入、支出",
        (Leg("debit", "debt", who="creditor"), Leg("credit", "claim", who="debtor")),
        ("抵顶",), asks=("claim",),
    ),
    Way(
        "D06", "三角债冲转", "三方书面同意；债务转移须经债权人同意（民法典第551条）",
        "三方协议", "借：应付款（甲方）；贷：应收款（乙方）。不计收入、支出",
        (Leg("debit", "debt", who="creditor"), Leg("credit", "claim", who="debtor")),
        ("冲转",), asks=("claim",),
    ),
    Way(
        "D07", "降息减债", "按订立时的利率上限重算，超过部分核减", "利息重算表、双方协议",
        "借：应付款（利息）；贷：其他收入", _GIVEN_UP, ("减息",), asks=("basis",),
    ),
    Way(
        "D08", "协商打折、豁免", "债权人书面免除（民法典第575条）；可一次付清一部分，其余免除",
        "债权人签字的免除书或打折协议",
        "借：应付款；贷：银行存款（付出部分）、其他收入（免除部分）",
        (
            Leg("debit", "debt", who="creditor"),
            Leg("credit", "money", "paid"),
            Leg("credit", "other_income", "waived"),
        ),
        ("现金偿还", "减免"), asks=("paid", "money"),
    ),
    Way(
        "D09", "核销无法支付的债务", "债权人撤销、死亡无继承人或下落不明", "核实证明、公示记录",
        "借：应付款；贷：其他收入", _GIVEN_UP, ("核销",), "debt.write_off", (APPROVE, CONFIRM),
        ("basis",),
    ),
    Way(
        "D10", "资产抵债", "先评估，经决议，通过交易平台", "评估报告、抵债协议",
        "借：应付款；贷：固定资产清理；差额计其他收入或其他支出。资产净值先转入清理",
        (
            Leg("debit", "debt", who="creditor"),
            Leg("debit", "other_expense", "loss"),
            Leg("credit", "disposal", "carrying"),
            Leg("credit", "other_income", "gain"),
        ),
        ("资产抵债",), "debt.resolve", (APPROVE, CONFIRM), ("carrying",),
    ),
    Way(
        "D11", "剔除水分、虚假债务", "经审计认定不实，登记审计报告", "审计报告",
        "借：应付款；贷：收益分配—未分配收益", (
            Leg("debit", "debt", who="creditor"), Leg("credit", "undistributed"),
        ),
        ("剔除水分",), "", (APPROVE, CONFIRM), ("audit", "basis"),
    ),
    Way(
        "D12", "财政奖补", "上级专款，直接付给债权人，不得挪作他用", "奖补文件、付款回单",
        "借：银行存款，贷：专项应付款；付出时借：应付款，贷：银行存款；"
        "同时借：专项应付款，贷：公积公益金",
        (
            Leg("debit", "money"),
            Leg("credit", "special"),
            Leg("debit", "debt", who="creditor"),
            Leg("credit", "money"),
            Leg("debit", "special"),
            Leg("credit", "fund"),
        ),
        ("现金偿还",), asks=("money", "basis"),
    ),
    Way(
        "D13", "挂账停息", "双方签停息协议，本金挂账不减", "停息协议",
        "不记账，只备查；余额不变，不计入化解", (), (), "debt.resolve", (APPROVE, CONFIRM),
    ),
)  # fmt: skip
BY_CODE = {way.code: way for way in WAYS}

# National accounts by scheme: a code alone means nothing (财会〔2023〕14号; 财会〔2004〕12号).
ACCOUNTS: dict[str, dict[str, str]] = {
    "2023": {
        "bank": "102", "cash": "101", "payable": "211", "wages": "212", "short": "201",
        "long": "221", "disposal": "154", "special": "241", "fund": "311",
        "undistributed": "32202", "other_income": "504", "other_expense": "515",
        "outsiders": "112", "insiders": "113",
    },
    "2004": {
        "bank": "102", "cash": "101", "payable": "202", "wages": "211", "short": "201",
        "long": "221", "disposal": "153", "special": "241", "fund": "311",
        "undistributed": "32202", "other_income": "531", "other_expense": "551",
        "outsiders": "112", "insiders": "113",
    },
}  # fmt: skip
# Where a debt stands whose register row names no account.
STANDS_AT = {"金融借款": "short", "基金会": "long", "民间借款": "short", "工资": "wages"}


@dataclass(frozen=True)
class Amounts:
    """What a step comes to, in yuan: the debt falls by `gross`, of which `paid` is money."""

    gross: Decimal
    paid: Decimal = ZERO
    carrying: Decimal = ZERO

    @property
    def waived(self) -> Decimal:
        return self.gross - self.paid

    @property
    def gain(self) -> Decimal:
        """What the debt was more than the asset stood at."""
        return max(self.gross - self.carrying, ZERO)

    @property
    def loss(self) -> Decimal:
        return max(self.carrying - self.gross, ZERO)


def fault_of(way: Way, amounts: Amounts) -> str | None:
    """Why these amounts make no sense for a way; None when they do."""
    if amounts.gross <= 0:
        return "化解金额应大于零"
    if "paid" in way.asks and not ZERO <= amounts.paid < amounts.gross:
        return "付出的现金应少于化解金额；全额支付的请选现金偿还"
    if "carrying" in way.asks and amounts.carrying <= 0:
        return "请填写抵债资产的账面净值"
    return None


def parts_of(way: Way, amounts: Amounts) -> list[tuple[str, Decimal]]:
    """The movements of a way: the word of the register and the amount, in order."""
    if len(way.methods) == 2:
        parts = [(way.methods[0], amounts.paid), (way.methods[1], amounts.waived)]
        return [(method, amount) for method, amount in parts if amount]
    return [(method, amounts.gross) for method in way.methods]
