"""Words people type, fit to be kept."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.timezone import localdate

from sanzi.kernel.refusals import Invalid
from sanzi.store.sealed import seal
from sanzi.web.formats import mask


def said(text: str, what: str, least: int = 2, most: int = 200) -> str:
    """A text fit to be kept. Raises Invalid that says what is missing."""
    text = text.strip()
    if not least <= len(text) <= most:
        raise Invalid("support.words", f"请写明{what}，{least} 到 {most} 个字")
    return text


def past(day: date, now: datetime, what: str) -> date:
    """A day that has come. Raises Invalid."""
    if day > localdate(now):
        raise Invalid("support.day", f"{what}不能晚于今天")
    return day


def refuse_known(rows: "QuerySet[Model]", words: str) -> None:
    """Raise Invalid where such a row is there already: the same form sent twice, or a twin."""
    if rows.exists():
        raise Invalid("support.known", words)


def sealed(text: str, hide: Callable[[str], str] = mask) -> Any:
    """A personal text as its column takes it: encrypted, shown masked; None for an empty one."""
    return seal(text, hide) if text else None
