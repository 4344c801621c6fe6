"""对账函 and 催缴通知书 in three tones: what each says, and the drafts for many claims."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sanzi.kernel.money import ZERO
from sanzi.letters.blocks import (
    Cut,
    Heading,
    Lines,
    Note,
    Paragraph,
    Salutation,
    Seal,
    Signature,
    Signatures,
    Ticks,
)
from sanzi.letters.form import Field, LetterForm
from sanzi.letters.writing import Draft

from .said import (
    HAND,
    ITEM_TABLE,
    ITEMS,
    OWNER,
    WHO,
    facts_of,
)

RECONCILIATION = LetterForm(
    code="receivables.reconciliation",
    title="对账函",
    series="DZ",
    size=14,
    owner=OWNER,
    reply="receivables:reply",
    serving="receivables:serve",
    fields=(
        *WHO,
        Field("as_of", "对账截止日", "date"),
        Field("reply_by", "回函期限", "date"),
        ITEMS,
    ),
    blocks=(
        Salutation(),
        Paragraph("为核清往来，现将截至{as_of}您（贵单位）与我方的往来款项列明如下，请核对："),
        ITEM_TABLE,
        Paragraph("尚欠合计人民币{owed}元（大写：{owed:大写}）。"),
        Paragraph(
            "本函同时主张权利，请及时清偿上述款项。请于{reply_by}前填写下面的回执交回，"
            "或用手机扫描右上角二维码回函；金额不符的，请写明认可的金额和理由。"
        ),
        Note("联系人：{contact}", when="contact"),
        Seal(),
        Cut(),
        Heading("对账回执（{serial}）"),
        Ticks("核对结果", ("认可", "部分认可", "不认可", "申请分期")),
        Lines("认可金额、理由或分期计划", 2),
        Signatures((Signature("债务人", ("签名（盖章、按指印）", "日期")), HAND)),
    ),
)

# The tone of a demand: its title's second line, its opening, its close. Reminder, demand, final.

TONES: dict[str, tuple[str, str, str]] = {
    "reminder": (
        "催缴通知书（提醒）",
        "您有以下款项尚未缴清，可能因事耽搁，特此提醒。",
        "如已缴纳，请携收据与我们核对；如一时有困难，可以来商量分期。",
    ),
    "demand": (
        "催缴通知书（催告）",
        "以下款项早已到期，经提醒仍未缴清，现正式催告。",
        "逾期仍不缴纳的，将依照约定和法律计收利息，并可能申请调解或者支付令。",
    ),
    "final": (
        "催缴通知书（最后通知）",
        "以下款项屡经催告仍未缴清，这是进入法律程序前的最后一次通知。",
        "期满仍不缴纳又不说明理由的，将依法申请支付令或者提起诉讼，由此产生的费用依法由责任方承担。",
    ),
}


def _demand(tone: str) -> LetterForm:
    title, opening, close = TONES[tone]
    return LetterForm(
        code=f"receivables.demand.{tone}",
        title=title,
        series="CJ",
        size=14,
        owner=OWNER,
        serving="receivables:serve",
        fields=(
            *WHO,
            Field("as_of", "截止日", "date"),
            Field("due_on", "缴款期限", "date"),
            Field("account", "收款账户", required=False),
            ITEMS,
        ),
        blocks=(
            Salutation(),
            Paragraph(opening + "截至{as_of}，您（贵单位）尚欠{issuer}款项如下："),
            ITEM_TABLE,
            Paragraph("合计人民币{owed}元（大写：{owed:大写}），请于{due_on}前缴清。"),
            Paragraph("收款账户：{account}", when="account"),
            Paragraph(close),
            Note("联系人：{contact}", when="contact"),
            Seal(),
            Cut("送达回证"),
            Paragraph("本人已收到编号为{serial}的{title}。", indent=False),
            Signatures((Signature("收件人", ("签名（盖章、按指印）", "日期")), HAND)),
        ),
    )


DEMANDS: dict[str, LetterForm] = {tone: _demand(tone) for tone in TONES}


def drafts_of(
    claims: Iterable[Any], *, is_demand: bool, as_of: date, due_on: date, contact: str, account: str
) -> list[Draft]:
    """A reconciliation letter or a demand for each claim."""
    return [_draft(c, is_demand, as_of, due_on, contact, account) for c in claims]


def _draft(
    claim: Any, is_demand: bool, as_of: date, due_on: date, contact: str, account: str
) -> Draft:
    values = facts_of(claim, contact) | {"as_of": as_of, "items": [_item(claim)]}
    if is_demand:
        values |= {"due_on": due_on, "account": account}
    else:
        values |= {"reply_by": due_on}
    return Draft(values=values, on=claim, addressee=claim.debtor, dated=as_of)


def _item(claim: Any) -> Mapping[str, Any]:
    principal = claim.principal or ZERO
    return {
        "number": claim.number,
        "cause": claim.cause or claim.nature,
        "formed_on": claim.formed_on,
        "principal": principal,
        "paid": max(principal - (claim.left or ZERO), ZERO),
        "owed": claim.left or ZERO,
    }
