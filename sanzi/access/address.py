"""Where a request comes from, as far as it can be trusted."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "0.0.0.0"  # behind a Unix socket nobody says


def _valid(text: str) -> str | None:
    try:
        return str(ip_address(text.strip()))
    except ValueError:
        return None


def address_of(request: HttpRequest) -> str:
    """The visitor's address: the peer's, or what the trusted proxies say of it.

    Each proxy appends the peer it saw to X-Forwarded-For, so with n trusted proxies (SANZI_PROXIES)
    only the n-th entry from the right was written by one of them; the rest anyone can make up.
    """
    peer = _valid(request.META.get("REMOTE_ADDR", "")) or UNKNOWN
    if not settings.PROXIES:
        return peer
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    return _valid(hops[-settings.PROXIES]) or peer if len(hops) >= settings.PROXIES else peer


def is_this_machine(request: HttpRequest) -> bool:
    """Whether the visitor sits at this very machine, with no proxy in between."""
    forwarded = {"HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP"} & request.META.keys()
    peer = _valid(request.META.get("REMOTE_ADDR", ""))
    return not forwarded and peer is not None and ip_address(peer).is_loopback
