"""抵销（冲转）协议."""

from datetime import datetime
from typing import Any

from sanzi.access.models import Person
from sanzi.letters.blocks import (
    Paragraph,
    Salutation,
    Signature,
    Signatures,
)
from sanzi.letters.form import Field, LetterForm
from sanzi.letters.models import Letter
from sanzi.letters.writing import write

from .said import OWNER, PARTIES, WHO, facts_of

SET_OFF = LetterForm(
    code="receivables.set_off",
    title="债务抵销通知暨协议",
    series="DX",
    size=14,
    owner=OWNER,
    fields=(
        *WHO,
        Field("counter", "应付款项"),
        Field("amount", "抵销金额", "money"),
        Field("creditor", "第三方", required=False),
        Field("dated_on", "抵销日期", "date"),
    ),
    blocks=(
        Salutation(),
        Paragraph(
            "您（贵单位）因{cause}尚欠{issuer}人民币{owed}元（债权编号{claim_number}）；"
            "我方另有{counter}应付。现就等额部分人民币{amount}元（大写：{amount:大写}）"
            "于{dated_on}抵销，自本通知到达时生效，不附条件和期限（民法典第五百六十八条）。"
        ),
        Paragraph(
            "第三方{creditor}同意由债务人直接向其履行相应款项，三方债权债务就上述金额同时消灭"
            "（民法典第五百四十六条、第五百五十一条）。",
            when="creditor",
        ),
        Paragraph("标的物种类、品质不相同的，经双方协商一致抵销（民法典第五百六十九条）。"),
        PARTIES,
        Signatures((Signature("第三方"),), when="creditor"),
    ),
)


def write_set_off(proposal: Any, *, by: Person, now: datetime) -> Letter:
    """债务抵销通知暨协议 for a set-off that is proposed. Runs inside an action."""
    claim = proposal.claim
    values = facts_of(claim) | {
        "counter": proposal.facts.get("counter", ""),
        "amount": proposal.amount,
        "creditor": proposal.facts.get("creditor", ""),
        "dated_on": proposal.dated,
    }
    return write(
        SET_OFF, values, on=claim, addressee=claim.debtor, dated=proposal.dated, by=by, now=now
    )
