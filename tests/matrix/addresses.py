"""Every address the site answers, found by walking its resolver."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


def names(resolver: Any = None, spaces: tuple[str, ...] = (), prefix: str = "") -> Iterator[str]:
    """The full name of every address; one without a name by its pattern."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from names(entry, inner, route)
        elif isinstance(entry, URLPattern):
            yield ":".join((*spaces, entry.name)) if entry.name else f"/{route} (without a name)"


def undeclared(declared: frozenset[str]) -> list[str]:
    return sorted(set(names()) - declared)
