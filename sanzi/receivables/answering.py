"""What may stand in a debtor's answer, and how often one address may answer."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core.cache import cache

from sanzi.kernel.money import ZERO, grouped
from sanzi.kernel.refusals import Blocked, Invalid, Missing, Refusal
from sanzi.letters.models import Letter

from .casework import Reply
from .models import Claim
from .plans import MONTHS_MAX

ANSWERS_MAX, WITHIN = 20, timedelta(hours=1)
A = Reply.Answer


class TooMany(Refusal):
    """One address answers too often."""

    status = 429


def claim_of(letter: Letter) -> Any:
    """The claim a letter is about. Raises Missing, and Blocked when the letter no longer holds."""
    kind, _, pk = letter.on.partition(":")
    found = (
        Claim.objects.filter(pk=int(pk), village=letter.village).first() if pk.isdigit() else None
    )
    if kind != "receivables.claim" or found is None:
        raise Missing("letter.token", "没有找到这份函，请核对查验码，或向发函单位核实")
    if letter.ended is not None:
        raise Blocked("letter.ended", f"这份函{letter.ended.word}，请以新发的函为准")
    return found


def check_answer(
    given: str,
    amount: Decimal | None,
    reason: str,
    months: int | None,
    first_on: date | None,
    claim: Any,
) -> Decimal | None:
    """The amount the answer owns to, in yuan. Raises Invalid for an answer that is not whole."""
    left = claim.left or ZERO
    if given == A.ACCEPTED:
        return Decimal(left)
    if given == A.PARTLY:
        if amount is None or not ZERO < amount < left:
            raise Invalid("reply.amount", f"请填写您认可的金额，应小于函列的 {grouped(left)} 元")
        return amount
    if given == A.DENIED:
        if len(reason.strip()) < 2:
            raise Invalid("reply.reason", "请写明不认可的理由，例如已还清、不是本人所欠")
        return ZERO
    if given != A.INSTALMENTS:
        raise Invalid("reply.answer", "请选择一项答复")
    if not months or not 2 <= months <= MONTHS_MAX or first_on is None:
        raise Invalid("reply.plan", f"请填写分几期（2 到 {MONTHS_MAX} 期）和第一期的日期")
    return Decimal(left)


def refuse_too_many(address: str, now: datetime) -> None:
    """Raises TooMany when this address has answered too often within the hour."""
    if not address:
        return
    name = f"receivables.answers:{address}"
    held = cache.get(name, 0)
    if held >= ANSWERS_MAX:
        raise TooMany(
            "reply.too_many", "这个网络一小时内回函太多，请稍后再试，或把纸质回执交到村里"
        )
    cache.set(name, held + 1, int(WITHIN.total_seconds()))


def standing_reply(letter: Letter) -> Reply | None:
    """The answer this letter has had, unless it was sent back; the token was the permission."""
    return Reply.objects.filter(letter=letter).exclude(stage="reopened").first()
