"""How long a session lasts: 30 minutes without a sign of life, 12 hours in all."""

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

IDLE_MAX = timedelta(minutes=30)
WHOLE_MAX = timedelta(hours=12)

_BEGAN = "began"
_SEEN = "sanzi_seen"
_STEP = timedelta(minutes=1)


def begin(request: HttpRequest, now: datetime) -> None:
    """Note when the session began. Called once, at sign-in."""
    request.session[_BEGAN] = int(now.timestamp())


def why_over(request: HttpRequest, now: datetime) -> str | None:
    """The reason this session has ended, in words; None while it lasts.

    A session that did not begin at the sign-in page (a test's) lasts as long as its cookie.
    """
    began = request.session.get(_BEGAN)
    if began is None:
        return None
    if now.timestamp() - began > WHOLE_MAX.total_seconds():
        return "已登录满 12 小时，请重新登录"
    if now.timestamp() - max(began, _last_seen(request)) > IDLE_MAX.total_seconds():
        return "已有 30 分钟没有操作，为安全起见请重新登录"
    return None


def seen(request: HttpRequest, response: HttpResponse, now: datetime) -> None:
    """Note a sign of life, at most once a minute.

    Kept in a signed cookie and not in the session, because reading a page must not write to the
    database: on SQLite it would wait for whoever is importing.
    """
    if now.timestamp() - _last_seen(request) < _STEP.total_seconds():
        return
    response.set_signed_cookie(
        _SEEN,
        str(int(now.timestamp())),
        salt=_salt(request),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _last_seen(request: HttpRequest) -> int:
    return int(request.get_signed_cookie(_SEEN, "0", salt=_salt(request)) or 0)


def _salt(request: HttpRequest) -> str:
    return f"sanzi.access.seen.{request.session.session_key}"
