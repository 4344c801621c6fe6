"""调解协议 and 司法确认申请."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sanzi.access.models import Person
from sanzi.kernel.money import ZERO
from sanzi.letters.blocks import (
    Heading,
    Note,
    Paragraph,
    Signature,
    Signatures,
)
from sanzi.letters.form import Field, LetterForm
from sanzi.letters.models import Letter
from sanzi.letters.writing import write
from sanzi.receivables.deadlines import confirmation

from .said import OWNER, PARTIES, PLAN, PLAN_TABLE, WHO, Single, facts_of, rows_of, total_of

MEDIATION = LetterForm(
    code="receivables.mediation",
    title="人民调解协议书",
    series="TJ",
    size=14,
    owner=OWNER,
    fields=(
        *WHO,
        Field("case_number", "调解案号"),
        Field("room", "调解室"),
        Field("mediator", "调解员"),
        Field("terms", "协议内容"),
        Field("agreed_on", "协议日期", "date"),
        PLAN,
    ),
    blocks=(
        Paragraph("案号：{case_number}　调解室：{room}　调解员：{mediator}", indent=False),
        Paragraph("申请人：{issuer}", indent=False),
        Paragraph("被申请人：{addressee}（证件号：{debtor_id}）", indent=False),
        Paragraph("事由：{cause}，尚欠人民币{owed}元（大写：{owed:大写}）。"),
        Heading("协议内容"),
        Paragraph("{terms}"),
        PLAN_TABLE,
        Note(
            "双方可以自协议生效之日起三十日内共同向人民法院申请司法确认（人民调解法第三十三条）。"
        ),
        PARTIES,
        Signatures((Signature("调解员"), Signature("记录人"))),
    ),
)

CONFIRMATION = LetterForm(
    code="receivables.confirmation",
    title="司法确认申请书",
    series="SQ",
    size=14,
    owner=OWNER,
    fields=(
        *WHO,
        Field("case_number", "调解案号"),
        Field("court", "受理法院"),
        Field("agreed_on", "协议日期", "date"),
        Field("last_day", "申请期限", "date"),
    ),
    blocks=(
        Paragraph("申请人：{issuer}", indent=False),
        Paragraph("申请人：{addressee}（证件号：{debtor_id}）", indent=False),
        Paragraph(
            "双方因{cause}发生纠纷，于{agreed_on}经调解达成协议（案号{case_number}），"
            "被申请履行的金额为人民币{owed}元（大写：{owed:大写}）。"
        ),
        Paragraph(
            "现依照《中华人民共和国民事诉讼法》第二百零五条，在{last_day}前共同申请司法确认该协议有效。"
        ),
        Paragraph("此致", indent=False),
        Paragraph("{court}", indent=False),
        PARTIES,
    ),
)


def write_confirmation(claim: Any, case: Any, *, by: Person, now: datetime) -> Letter:
    """司法确认申请书 for one claim of a case just agreed. Runs inside an action."""
    values = facts_of(claim) | {
        "case_number": case.number,
        "court": "有管辖权的人民法院",
        "agreed_on": case.agreed_on,
        "last_day": confirmation(case.agreed_on).last_day,
    }
    return write(CONFIRMATION, values, on=claim, addressee=claim.debtor, by=by, now=now)


def write_mediation(
    claim: Any, case: Any, plan: Iterable[Any], *, by: Person, now: datetime
) -> Letter:
    """人民调解协议书 for one claim of a case. Runs inside an action."""
    rows = list(plan) or [Single(case.agreed_on + timedelta(days=30), claim.left or ZERO)]
    values = facts_of(claim) | {
        "case_number": case.number,
        "room": case.room,
        "mediator": case.mediator,
        "terms": case.terms,
        "agreed_on": case.agreed_on,
        "plan": rows_of(rows),
        "owed": total_of(rows),
    }
    return write(MEDIATION, values, on=claim, addressee=claim.debtor, by=by, now=now)
