"""统一收据: what a payment is acknowledged with."""

from datetime import datetime
from typing import Any

from sanzi.access.models import Person
from sanzi.kernel.money import ZERO
from sanzi.letters.blocks import (
    Facts,
    Note,
    Paragraph,
    Seal,
    Signature,
    Signatures,
)
from sanzi.letters.form import Field, LetterForm
from sanzi.letters.models import Letter
from sanzi.letters.writing import write

from .said import OWNER

RECEIPT = LetterForm(
    code="receivables.receipt",
    title="收款收据",
    series="SJ",
    size=14,
    owner=OWNER,
    fields=(
        Field("claim_number", "债权编号"),
        Field("cause", "收款事由"),
        Field("paid_on", "收款日期", "date"),
        Field("principal", "其中本金", "money"),
        Field("interest", "其中利息", "money", required=False),
        Field("waived", "减免金额", "money", required=False),
        Field("paid", "实收金额", "money"),
        Field("left", "本次后尚欠", "money"),
        Field("method", "收款方式"),
        Field("collector", "收款人"),
    ),
    blocks=(
        Facts(
            (
                ("交款人", "{addressee}"),
                ("债权编号", "{claim_number}"),
                ("收款事由", "{cause}"),
                ("收款日期", "{paid_on}"),
                ("收款方式", "{method}"),
                ("其中本金（元）", "{principal}"),
                ("其中利息（元）", "{interest}"),
                ("政策减免（元）", "{waived}"),
                ("实收金额（元）", "{paid}"),
                ("本次后尚欠（元）", "{left}"),
            ),
            columns=2,
        ),
        Paragraph("实收人民币（大写）：{paid:大写}", indent=False),
        Note("本收据经主管会计复核入账后有效；扫描二维码可以查验。"),
        Signatures(
            (Signature("收款人", ("{collector}", "日期")), Signature("交款人", ("签名", "日期")))
        ),
        Seal(),
    ),
)


def write_receipt(proposal: Any, *, by: Person, now: datetime) -> Letter:
    """收据 for money taken; its number has no gaps. Runs inside an action."""
    claim = proposal.claim
    values = {
        "claim_number": claim.number,
        "cause": claim.cause or claim.nature,
        "paid_on": proposal.dated,
        "principal": proposal.amount - proposal.waived,
        "interest": proposal.interest,
        "waived": proposal.waived,
        "paid": proposal.amount - proposal.waived + proposal.interest,
        "left": (claim.left or ZERO) - proposal.amount,
        "method": proposal.facts.get("money_name") or "银行存款",
        "collector": by.name,
    }
    return write(
        RECEIPT, values, on=claim, addressee=claim.debtor, dated=proposal.dated, by=by, now=now
    )
