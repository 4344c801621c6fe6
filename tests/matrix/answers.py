"""What an answer says: its words wherever they stand, and what in them should not be there."""

import html
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote

from .people import Actor
from .rows import NAME, canary
from .world import World

CANARY = re.compile(r"C-(\d{12})-")
_AMOUNT = re.compile(r"(?<![\d,])\d[\d,]{6,12}(?![\d,])")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s\-\u200b-\u200f\u2060.]+(?=\d)")
_LONG = re.compile(r"\d{8,}X?")
# What may differ between two answers to the same question, because it is of the moment.
_MOMENT = (
    re.compile(r'csrfmiddlewaretoken" value="[^"]*"'),
    re.compile(r'"X-CSRFToken": ?"[^"]*"'),
    # The one-time key of a form, so that sending it twice makes one thing.
    re.compile(r'name="(?:key|once)" value="[^"]*"'),
    re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\S*?Z"),
    re.compile(r"\d\d:\d\d(:\d\d)?"),
)
_OWN_HEADERS = frozenset({"X-Request-Id", "Set-Cookie", "Content-Length", "Date"})


def body_of(response: Any) -> bytes:
    """The whole body, whether it streams or not; reading a stream to its end closes it."""
    return bytes(b"".join(response.streaming_content) if response.streaming else response.content)


def text_of(body: bytes) -> str:
    """The words of a page, or of every part of a workbook: cells, comments, properties."""
    if not body.startswith(b"PK"):
        return html.unescape(body.decode("utf-8", "replace"))
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        parts = (book.read(name).decode("utf-8", "replace") for name in sorted(book.namelist()))
        return html.unescape("\n".join(parts))


def headers_of(response: Any) -> str:
    cookies = (cookie.OutputString() for cookie in response.cookies.values())
    return "\n".join([*(f"{k}: {unquote(v)}" for k, v in response.items()), *cookies])


def comparable(response: Any, body: bytes, path: str) -> tuple[Any, ...]:
    """An answer without what is of the moment, and without the address the person typed."""
    kept = sorted((k, v) for k, v in response.items() if k not in _OWN_HEADERS)
    text = "\n".join([*(f"{k}: {unquote(v)}" for k, v in kept), text_of(body)])
    for moment in _MOMENT:
        text = moment.sub("~", text)
    for typed in filter(None, path.partition("?")[::2]):
        text = re.sub(rf"{re.escape(typed)}(?!\d)", "~", text)
    return response.status_code, text


def strangers(text: str, world: World, actor: Actor) -> set[str]:
    """Villages out of this person's sight whose words or amounts stand in the text."""
    if actor.besides:
        text = text.replace(canary(actor.besides, NAME), "")
    named = set(CANARY.findall(text)) if "C-99" in text else set()
    amounts = world.amounts
    found = {int(n.replace(",", "")) for n in _AMOUNT.findall(text)}
    named |= {amounts[n] for n in found & amounts.keys()}
    return {village for village in named if not village.startswith(actor.region)}


def personal_in(text: str, personal: Iterable[str]) -> set[str]:
    """Numbers of people and accounts that stand in the text unmasked, whatever separates them."""
    folded = _BETWEEN_DIGITS.sub("", unicodedata.normalize("NFKC", text))
    runs = " ".join(_LONG.findall(folded))
    return {number for number in personal if number in runs}
