"""What each money step writes into the books, by accounting system. No framework.

Every step has a template of its own (accounting.md 1.5; clean-up.md 2.3): a write-off changes the
year's result, a set-off never does, and old arrears collected are never income again. Accounts
are named by what they are for; only ACCOUNTS knows their codes, and only together with a scheme.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sanzi.accounting.entry import Side
from sanzi.kernel.money import ZERO
from sanzi.kernel.refusals import Invalid

# 财会〔2023〕14号 and 财会〔2004〕12号; codes are reused with new meanings between the two.
ACCOUNTS: dict[str, dict[str, str]] = {
    "2023": {
        "cash": "101",
        "bank": "102",
        "payable": "211",
        "works": "153",
        "fixed": "151",
        "fund": "311",
        "allotted": "32201",
        "undistributed": "32202",
        "other_income": "504",
        "other_expense": "515",
    },
    "2004": {
        "cash": "101",
        "bank": "102",
        "payable": "202",
        "works": "154",
        "fixed": "151",
        "fund": "311",
        "allotted": "32201",
        "undistributed": "32202",
        "other_income": "531",
        "other_expense": "551",
    },
}
CLAIM_ACCOUNTS = ("112", "113")
# Accounts that make the year's result.
RESULT = frozenset({"other_income", "other_expense"})


@dataclass(frozen=True)
class Leg:
    """One line of a template: a side, what the account is for, and which amount stands there.

    `of` is gross (what the claim falls by), net (money that came in), waived, or interest.
    `who` is the counterparty: debtor, or the creditor of the debt that goes with it.
    """

    side: str
    account: str
    of: str = "gross"
    who: str = ""


@dataclass(frozen=True)
class Template:
    """The lines of one money step and the sentence that says what they do."""

    legs: tuple[Leg, ...]
    effect: str

    @property
    def touches_result(self) -> bool:
        """Whether the year's result moves, interest received apart."""
        return any(leg.account in RESULT and leg.of != "interest" for leg in self.legs)


def _money(effect: str) -> Template:
    return Template(
        (
            Leg("debit", "money", "net"),
            Leg("debit", "other_expense", "waived"),
            Leg("credit", "claim", "gross", "debtor"),
            Leg("credit", "other_income", "interest"),
        ),
        effect,
    )


TEMPLATES: dict[str, Template] = {
    "collected": _money("借：银行存款（或库存现金）；贷：应收款或内部往来。旧账收回不再计收入"),
    "booked_in": Template(
        (Leg("debit", "claim", who="debtor"), Leg("credit", "fund")),
        "借：应收款或内部往来；贷：公积公益金。账外债权补记入账，不计收入",
    ),
    "works": Template(
        (Leg("debit", "built"), Leg("credit", "claim", who="debtor")),
        "借：在建工程（或固定资产）；贷：应收款。预付工程款转为工程成本，不计损益",
    ),
    "corrected": Template(
        (Leg("debit", "undistributed"), Leg("credit", "claim", who="debtor")),
        "借：收益分配—未分配收益；贷：应收款或内部往来。更正以前年度多记、错记，不计当年损益",
    ),
    "written_off": Template(
        (Leg("debit", "other_expense"), Leg("credit", "claim", who="debtor")),
        "借：其他支出；贷：应收款或内部往来。核销影响当年收益，账销案存",
    ),
    "relieved": Template(
        (Leg("debit", "other_expense"), Leg("credit", "claim", who="debtor")),
        "借：其他支出；贷：应收款或内部往来。困难减免影响当年收益，和提前还款的减免同样记账",
    ),
    "dividend": Template(
        (
            Leg("debit", "allotted"),
            Leg("credit", "payable", who="debtor"),
            Leg("debit", "payable", who="debtor"),
            Leg("credit", "claim", who="debtor"),
        ),
        "借：收益分配—各项分配，贷：应付款；再借：应付款，贷：内部往来。不计收入、支出",
    ),
    "set_off": Template(
        (Leg("debit", "payable", who="debtor"), Leg("credit", "claim", who="debtor")),
        "借：应付款（对方）；贷：应收款（对方）。互负债务抵销，不计收入、支出",
    ),
    "three_party": Template(
        (Leg("debit", "payable", who="creditor"), Leg("credit", "claim", who="debtor")),
        "借：应付款（甲方）；贷：应收款（乙方）。三方冲转，不计收入、支出",
    ),
}


@dataclass(frozen=True)
class Amounts:
    """What a money step comes to, in yuan: the claim falls by `gross`, of which `waived` is given
    up; `interest` comes on top."""

    gross: Decimal
    waived: Decimal = ZERO
    interest: Decimal = ZERO

    @property
    def net(self) -> Decimal:
        """The money that came in."""
        return self.gross - self.waived + self.interest


def sides_of(
    template: str,
    amounts: Amounts,
    accounts: Mapping[str, str],
    parties: Mapping[str, int],
    memo: str = "",
) -> list[Side]:
    """The lines of a step. `accounts` gives a leaf for each purpose, `parties` the counterparty
    of the debtor and, where there is one, of the creditor. Raises Invalid for an impossible amount.
    """
    if amounts.gross <= 0 or not ZERO <= amounts.waived <= amounts.gross or amounts.interest < 0:
        raise Invalid("step.amount", "金额应大于零，减免不能超过本金，利息不能为负，请核对")
    found = []
    for leg in TEMPLATES[template].legs:
        amount: Decimal = getattr(amounts, leg.of)
        if amount:
            side = Side(accounts[leg.account], memo=memo, counterparty=parties.get(leg.who))
            setattr(side, leg.side, amount)
            found.append(side)
    return found


def purposes_of(template: str) -> list[str]:
    """What accounts a template needs, in the order of its lines."""
    return list(dict.fromkeys(leg.account for leg in TEMPLATES[template].legs))


def code_for(purpose: str, scheme: str) -> str:
    """The national account for a purpose under a scheme. Raises Invalid."""
    try:
        return ACCOUNTS[scheme][purpose]
    except KeyError:
        raise Invalid(
            "step.account", f"会计制度 {scheme} 没有这一步需要的科目，请核对账套"
        ) from None
