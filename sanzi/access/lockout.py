"""Wrong passwords counted per account and address, so that nobody locks a colleague out."""

from datetime import datetime, timedelta
from math import ceil

from django.db.models import F, Max, QuerySet, Sum

from sanzi.kernel.refusals import Refusal

from .models import FailedSignIn

WRONG_MAX = 5
WINDOW = timedelta(minutes=15)
# One password tried on many accounts: from here on an address must pause between attempts.
ADDRESS_WRONG_MAX = 50
ADDRESS_PAUSE = timedelta(seconds=10)
_KEPT = timedelta(days=1)


class Locked(Refusal):
    """Too many attempts; the message says how long to wait."""

    status = 429


def count_as_wrong(username: str, address: str, now: datetime) -> None:
    """Take one of the five attempts before the password is looked at. Raises Locked.

    Counted first and forgiven later, because sixty attempts arriving at once would otherwise all
    be looked at. Each step is one statement the database does atomically.
    """
    _check_address(address, now)
    FailedSignIn.objects.filter(last_at__lte=now - _KEPT).delete()
    _, first = FailedSignIn.objects.get_or_create(
        username=username[:40], address=address, defaults={"count": 1, "last_at": now}
    )
    if not (first or _begin_again(username, address, now) or _count_up(username, address, now)):
        raise Locked("signin.locked", _locked(username, address, now))


def _attempts(username: str, address: str) -> QuerySet[FailedSignIn]:
    return FailedSignIn.objects.filter(username=username[:40], address=address)


def _begin_again(username: str, address: str, now: datetime) -> int:
    stale = _attempts(username, address).filter(last_at__lte=now - WINDOW)
    return stale.update(count=1, last_at=now)


def _count_up(username: str, address: str, now: datetime) -> int:
    left = _attempts(username, address).filter(count__lt=WRONG_MAX)
    return left.update(count=F("count") + 1, last_at=now)


def _locked(username: str, address: str, now: datetime) -> str:
    last_at = _attempts(username, address).values_list("last_at", flat=True).first() or now
    minutes = max(1, ceil((last_at + WINDOW - now) / timedelta(minutes=1)))
    return (
        f"密码连续错了 {WRONG_MAX} 次，这台电脑上该账号暂停登录。"
        f"请 {minutes} 分钟后再试，或请安全管理员解锁"
    )


def _check_address(address: str, now: datetime) -> None:
    recent = FailedSignIn.objects.filter(address=address, last_at__gt=now - WINDOW)
    found = recent.aggregate(wrong=Sum("count"), last_at=Max("last_at"))
    if (found["wrong"] or 0) < ADDRESS_WRONG_MAX:
        return
    pause = found["last_at"] + ADDRESS_PAUSE - now
    if pause > timedelta(0):
        seconds = ceil(pause / timedelta(seconds=1))
        raise Locked("signin.spraying", f"您所在网络的登录错误过多，请 {seconds} 秒后再试")


def wrong_from(address: str, now: datetime) -> int:
    """Wrong passwords from one address within the window, over all accounts."""
    recent = FailedSignIn.objects.filter(address=address, last_at__gt=now - WINDOW)
    return recent.aggregate(wrong=Sum("count"))["wrong"] or 0


def forget(username: str, address: str) -> None:
    """A right password: the attempts at this account from this address are forgiven."""
    _attempts(username, address).delete()


def unlock(username: str) -> int:
    """Forgive one account at every address; returns how many addresses had attempts."""
    forgiven, _ = FailedSignIn.objects.filter(username=username).delete()
    return forgiven


def is_locked(username: str, now: datetime) -> bool:
    """Whether an account is locked from any address just now."""
    recent = FailedSignIn.objects.filter(username=username, last_at__gt=now - WINDOW)
    return recent.filter(count__gte=WRONG_MAX).exists()
