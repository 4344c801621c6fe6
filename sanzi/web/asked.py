"""What the address of these pages asks for: an unknown value is refused, not guessed."""

from collections.abc import Collection
from datetime import date

from django.http import HttpRequest
from django.utils.timezone import localdate

from sanzi.web.errors import Unsupported

YUAN, WAN = "元", "万元"
FIRST, LAST = date(1949, 10, 1), date(2199, 12, 31)


def day(request: HttpRequest, name: str) -> date | None:
    """The day given under this name; None when none is. Raises Unsupported (400)."""
    given = request.GET.get(name, "").strip()
    if not given:
        return None
    try:
        found = date.fromisoformat(given)
    except ValueError:
        found = None
    if found is None or len(given) != len("2022-12-31") or not FIRST <= found <= LAST:
        raise Unsupported("figures.day", f"日期“{given[:20]}”不对，应写成 2022-12-31")
    return found


def as_of(request: HttpRequest) -> date:
    """The cut-off day of the figures; today when none is given."""
    return day(request, "as_of") or localdate()


def unit(request: HttpRequest, otherwise: str) -> str:
    """元 or 万元: one for the whole page, never mixed."""
    return one_of(request, "unit", (YUAN, WAN), otherwise)


def one_of(request: HttpRequest, name: str, allowed: Collection[str], otherwise: str) -> str:
    """One of a few known words. Raises Unsupported (400)."""
    given = request.GET.get(name, "")
    if given and given not in allowed:
        raise Unsupported("figures.choice", f"这一页没有“{given[:40]}”可选")
    return given or otherwise


def whole(request: HttpRequest, name: str, otherwise: int, most: int) -> int:
    """A positive whole number as people mistype it: never a reason to refuse."""
    given = request.GET.get(name, "")[:19]
    return min(int(given), most) if given.isdecimal() and int(given) else otherwise


def address(request: HttpRequest, **changes: str) -> str:
    """This address with some parameters changed; a changed page begins at its first rows."""
    params = request.GET.copy()
    params.pop("page", None)
    for name, value in changes.items():
        params[name] = value
    return f"?{params.urlencode()}"
