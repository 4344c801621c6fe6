"""The question box of a public page: how much may come from where, and what may be shown again."""

from datetime import datetime, timedelta

from django.utils.crypto import salted_hmac

from sanzi.kernel.refusals import Invalid, Missing, Refusal
from sanzi.orgs.models import Region

from .models import Question

TEXT_MAX = 500
# A village's box takes this many a day, whoever asks.
DAY_MAX = 50


class TooMany(Refusal):
    """More questions than a person asks; the message says when to come back."""

    status = 429


def village_called(code: str, *, lock: bool = False) -> Region:
    """The living village of a 12-digit code. Raises Missing for anything else."""
    if len(code) != 12 or not (code.isascii() and code.isdigit()):
        raise Missing("disclosure.village", "没有找到这个村，请核对公开栏上的12位编码")
    found = Region.objects.filter(code=code, level=Region.Level.VILLAGE, valid_to=None)
    region = (found.select_for_update(of=("self",)) if lock else found).first()
    if region is None:
        raise Missing("disclosure.village", "没有找到这个村，请核对公开栏上的12位编码")
    return region


def checked(text: str) -> str:
    """The question as it is kept. Raises Invalid."""
    text = "".join(c for c in text if c.isprintable() or c == "\n").strip()
    if not text:
        raise Invalid("question.empty", "请写下您的问题")
    if len(text) > TEXT_MAX:
        raise Invalid("question.long", f"问题最多 {TEXT_MAX} 个字，现在 {len(text)} 个字")
    return text


def sender_of(address: str) -> str:
    """A network address as it is kept: comparable, not readable."""
    return salted_hmac("sanzi.disclosure.sender", address, algorithm="sha256").hexdigest()


def check_flood(village: str, sender: str, limit: int, now: datetime) -> None:
    """Raises TooMany beyond `limit` an hour from one address, or a day's most for a village."""
    asked = Question.objects.within("")
    hour, day = now - timedelta(hours=1), now - timedelta(days=1)
    if asked.filter(sender=sender, asked_at__gt=hour).count() >= limit:
        raise TooMany("question.often", f"这个网络一小时内已提了 {limit} 个问题，请稍后再来")
    if asked.filter(village=village, asked_at__gt=day).count() >= DAY_MAX:
        raise TooMany("question.full", "今天的提问已经很多，请明天再来，或到村里当面询问")
