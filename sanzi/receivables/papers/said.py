"""What the papers of clearing claims share: whose claim, its items, a plan and its parties."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from sanzi.kernel.money import ZERO
from sanzi.letters.blocks import (
    Column,
    Signature,
    Signatures,
    Table,
)
from sanzi.letters.form import Field

OWNER = "receivables:claim"
WHO = (
    Field("debtor_id", "证件号", personal=True, required=False),
    Field("claim_number", "债权编号"),
    Field("cause", "形成原因"),
    Field("formed_on", "形成日期", "date", required=False),
    Field("voucher", "凭据", required=False),
    Field("owed", "尚欠金额", "money"),
    Field("contact", "联系人", required=False),
)
ITEMS = Field(
    "items",
    "欠款明细",
    "list",
    columns=(
        Field("number", "债权编号"),
        Field("cause", "事由"),
        Field("formed_on", "形成日期", "date"),
        Field("principal", "本金", "money"),
        Field("paid", "已还", "money"),
        Field("owed", "尚欠", "money"),
    ),
)
ITEM_TABLE = Table(
    "items",
    (
        Column("number", "编号"),
        Column("cause", "事由", 3),
        Column("formed_on", "形成日期"),
        Column("principal", "本金（元）"),
        Column("paid", "已还（元）"),
        Column("owed", "尚欠（元）"),
    ),
    totals=(("owed", "{owed}"),),
)
HAND = Signature("见证人", ("签名", "日期"))

PLAN = Field(
    "plan",
    "分期计划",
    "list",
    columns=(Field("due_on", "应还日期", "date"), Field("amount", "应还金额", "money")),
)
PLAN_TABLE = Table(
    "plan", (Column("due_on", "应还日期"), Column("amount", "应还金额（元）")),
    totals=(("amount", "{owed}"),),
)  # fmt: skip
PARTIES = Signatures((Signature("甲方（集体）"), Signature("乙方（债务人）")))


def facts_of(claim: Any, contact: str = "") -> dict[str, Any]:
    """What every paper says of a claim; the identity number in clear, to be kept sealed."""
    identity = claim.debtor_id.reveal() if claim.debtor_id else ""
    return {
        "debtor_id": identity,
        "claim_number": claim.number,
        "cause": claim.cause or claim.nature,
        "formed_on": claim.formed_on,
        "voucher": "有原始凭据" if claim.evidence == "有" else "",
        "owed": claim.left or ZERO,
        "contact": contact,
    }


class Single:
    """One payment where no plan was agreed."""

    def __init__(self, due_on: date, amount: Decimal) -> None:
        self.due_on, self.amount = due_on, amount


def rows_of(plan: Iterable[Any]) -> list[dict[str, Any]]:
    """A plan's payments as the table of a paper takes them."""
    return [{"due_on": one.due_on, "amount": one.amount} for one in plan]


def total_of(plan: Iterable[Any]) -> Decimal:
    """What a plan comes to, in yuan."""
    return sum((one.amount for one in plan), ZERO)
