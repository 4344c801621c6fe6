"""分期还款协议."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sanzi.access.models import Person
from sanzi.letters.blocks import (
    Paragraph,
)
from sanzi.letters.form import LetterForm
from sanzi.letters.models import Letter
from sanzi.letters.writing import write

from .said import (
    OWNER,
    PARTIES,
    PLAN,
    PLAN_TABLE,
    WHO,
    facts_of,
    rows_of,
    total_of,
)

INSTALMENTS = LetterForm(
    code="receivables.instalments",
    title="分期还款协议",
    series="FQ",
    size=14,
    owner=OWNER,
    fields=(*WHO, PLAN),
    blocks=(
        Paragraph("甲方：{issuer}", indent=False),
        Paragraph("乙方：{addressee}（证件号：{debtor_id}）", indent=False),
        Paragraph(
            "乙方确认因{cause}尚欠甲方人民币{owed}元（大写：{owed:大写}，债权编号{claim_number}），"
            "愿意履行，双方约定按下表分期归还："
        ),
        PLAN_TABLE,
        Paragraph("乙方任何一期未足额归还的，甲方可以要求一次还清剩余款项，并依法追缴。"),
        Paragraph("本协议一式两份，双方签字后生效。"),
        PARTIES,
    ),
)


def write_plan(claim: Any, plan: Iterable[Any], *, by: Person, now: datetime) -> Letter:
    """分期还款协议 over a plan just made. Runs inside an action."""
    values = facts_of(claim) | {"plan": rows_of(plan), "owed": total_of(plan)}
    return write(INSTALMENTS, values, on=claim, addressee=claim.debtor, by=by, now=now)
