"""The public form of the showcase: how much may come from where, and what is kept of whom."""

import re
from datetime import datetime, timedelta

from django.utils.crypto import salted_hmac

from sanzi.kernel.refusals import Invalid, Missing, Refusal

from .models import Inquiry, Offering

# From one network an hour, and for one offering a day, whoever asks.
HOUR_MAX, DAY_MAX = 5, 30
_PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}")
# A number somebody might recognise a person by, in words meant for everybody.
_NUMBER = re.compile(r"\d{7,}")


class TooMany(Refusal):
    """More inquiries than a person makes; the message says when to come back."""

    status = 429


def shown_offering(pk: int, *, lock: bool = False) -> Offering:
    """A published offering, for anybody. Raises Missing for what is not published."""
    found = Offering.objects.shown()
    one = (found.select_for_update(of=("self",)) if lock else found).filter(pk=pk).first()
    if one is None:
        raise Missing("showcase.missing", "没有找到这项展示，它可能已经撤下")
    shown: Offering = one
    return shown


def checked_phone(text: str) -> str:
    """A telephone one can call back. Raises Invalid."""
    text = text.strip().replace(" ", "")
    if not _PHONE.fullmatch(text):
        raise Invalid("inquiry.phone", "请填 11 位手机号，或带区号的座机号，村里好回您电话")
    return text


def sender_of(address: str) -> str:
    """A network address as it is kept: comparable, not readable."""
    return salted_hmac("sanzi.support.sender", address, algorithm="sha256").hexdigest()


def check_flood(offering: Offering, sender: str, now: datetime) -> None:
    """Raises TooMany beyond an hour's most from one network, or a day's for one offering."""
    asked = Inquiry.objects.within("")
    hour, day = now - timedelta(hours=1), now - timedelta(days=1)
    if asked.filter(sender=sender, asked_at__gt=hour).count() >= HOUR_MAX:
        raise TooMany("inquiry.often", f"这个网络一小时内已留言 {HOUR_MAX} 次，请稍后再来")
    if asked.filter(offering=offering, asked_at__gt=day).count() >= DAY_MAX:
        raise TooMany("inquiry.full", "今天的留言已经很多，请明天再来")


def refuse_numbers(*texts: str) -> None:
    """Raise Invalid where words meant for everybody hold a telephone, card or identity number."""
    for text in texts:
        if found := _NUMBER.search(text.replace(" ", "").replace("-", "")):
            raise Invalid(
                "offering.number",
                f"公开内容里不能写电话、证件号、账号（“{found[0][:3]}…”）；"
                "想买的人可以在页面上留言，由村里回电",
            )
