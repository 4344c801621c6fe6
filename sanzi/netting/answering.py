"""Whose slip a token names, and how often one address may answer."""

from datetime import datetime

from sanzi.kernel.refusals import Blocked, Missing
from sanzi.letters.models import Letter
from sanzi.receivables.answering import refuse_too_many as _refuse_too_many

from .models import Consent, PrivateDebt, Proposal


def refuse_too_many(address: str, now: datetime) -> None:
    """Raises TooMany when this address has answered too often within the hour."""
    _refuse_too_many(address, now)


def consent_of(letter: Letter) -> Consent:
    """The consent a slip asks for; the token was the permission. Raises Missing, Blocked."""
    found = Consent.objects.filter(slip=letter).first()
    if letter.ended is not None:
        raise Blocked("letter.ended", f"这份通知{letter.ended.word}，请以新发的为准")
    if found is None:
        raise Missing("letter.token", "没有找到这份通知，请核对查验码，或向发函单位核实")
    return found


def debt_of(letter: Letter, *, locked: bool = False) -> PrivateDebt:
    """The private debt a letter asks to confirm; the token was the permission.

    `locked` for the length of an action. Raises Missing, Blocked.
    """
    rows = PrivateDebt.objects.filter(asked=letter)
    found = (rows.select_for_update(of=("self",)) if locked else rows).first()
    if found is None:
        raise Missing("letter.token", "没有找到这份通知，请核对查验码，或向发函单位核实")
    if letter.ended is not None:
        raise Blocked("letter.ended", f"这份通知{letter.ended.word}，请以新发的为准")
    return found


def hold(consent: Consent) -> Proposal:
    """The proposal of a slip, locked for the length of an action; the token was the permission."""
    return Proposal.objects.select_for_update(of=("self",)).get(pk=consent.proposal_id)


# Longer names are units, which have nothing to hide.
_PERSONAL_NAME = 4


def short_name(name: str) -> str:
    """A person's name as a page for anybody may show it: 张＊＊; a unit's and a village's stays."""
    if len(name) > _PERSONAL_NAME or name.endswith(("村", "社区", "公司")):
        return name
    return name[:1] + "＊" * (len(name) - 1)
