"""A page together with the parts it fetches when it has loaded (components/part.html)."""

import re
from collections.abc import Iterator
from typing import Any

_KEYS = re.compile(r'<input type="hidden" name="csrfmiddlewaretoken" value="[^"]*">')
_LOADED = re.compile(r'hx-get="([^"]+)" hx-trigger="load"')


def parts_of(html: str) -> list[str]:
    """The addresses of the parts a page fetches."""
    return [url.replace("&amp;", "&") for url in _LOADED.findall(html)]


def without_keys(answer: Any) -> str:
    """The words of an answer without what every drawing makes anew: the keys of its forms."""
    return _KEYS.sub("", answer.content.decode())


def fetched(client: Any, html: str) -> Iterator[tuple[str, Any]]:
    """Each part as its page fetches it: address and answer."""
    for url in parts_of(html):
        yield url, client.get(url, headers={"HX-Request": "true"})


def whole(client: Any, html: str) -> str:
    """A page with its parts put after it, as somebody with scripts reads it."""
    answers = list(fetched(client, html))
    assert all(answer.status_code == 200 for _, answer in answers)
    return html + "".join(str(answer.content.decode()) for _, answer in answers)
