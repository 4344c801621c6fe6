"""Where the links of a page lead: never to a page that refuses the person who sees them."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from sanzi.access.permissions import ANYONE, SIGNED_IN
from sanzi.access.roles import ROLES

_LINK = re.compile(r'<a [^>]*href="(/[^"]*)"')


def dead_ends(text: str, column: str) -> set[str]:
    """The links in a page whose pages ask for a permission that this role does not hold."""
    if column not in ROLES:
        return set()
    may = ROLES[column].may | {ANYONE, SIGNED_IN}
    shapes = {re.sub(r"\d+", "1", urlsplit(link).path): link for link in _LINK.findall(text)}
    return {link for shape, link in shapes.items() if needs_of(shape) not in may}


@lru_cache(maxsize=4096)
def needs_of(path: str) -> str:
    """The permission the page at an address asks for; ANYONE for what is no page of the house."""
    try:
        return str(getattr(resolve(path).func, "needs", ANYONE))
    except Resolver404:
        return ANYONE
