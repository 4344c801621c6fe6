"""The one way into the journal."""

import secrets
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from sanzi.access.models import Person
from sanzi.store.bulk import insert

from . import chain
from .models import Entry, Private
from .trace import current

# The advisory lock that serialises appends on PostgreSQL; SQLite has one writer anyway.
_LOCK = 0x53414E5A49
_AT = chain.COLUMNS.index("at")


@dataclass(frozen=True)
class Trace:
    """One entry to be made: what was done to which thing.

    `public` is what the history of the thing shows; `private` holds values that may be personal
    (before and after) and can later be erased. Sealed values are kept as their mask in both.
    """

    object: str
    action: str
    village: str = ""
    label: str = ""
    public: Mapping[str, Any] | None = None
    private: Mapping[str, Any] | None = None


def key(thing: Model | str) -> str:
    """The name a thing bears in the journal: `contracts.contract:12`."""
    return thing if isinstance(thing, str) else f"{thing._meta.label_lower}:{thing.pk}"


def record(
    obj: Model | str,
    action: str,
    *,
    by: Person | None,
    at: datetime,
    village: str = "",
    label: str = "",
    public: Mapping[str, Any] | None = None,
    private: Mapping[str, Any] | None = None,
) -> int:
    """Append one entry and return its number; it stands or falls with the change it describes.

    Call it last in an action: from here to the commit no one else can append. `label` is the action
    in words. `by=None` is somebody who has not signed in.
    """
    village = village or str(getattr(obj, "village", "") or "")
    trace = Trace(key(obj), action, village, label, public, private)
    return record_many([trace], by=by, at=at)


def record_many(traces: Iterable[Trace], *, by: Person | None, at: datetime) -> int:
    """Append many entries of one action in one go; returns the number of the last (0: none)."""
    assert transaction.get_connection().in_atomic_block, "the journal is written inside an action"
    assert at.tzinfo is not None, "moments carry their zone"
    who = _columns_of(by, at)
    drafts = [_draft(trace, who) for trace in traces]
    if not drafts:
        return 0
    last, head = _tail()
    entries, privates = [], []
    for seq, (columns, salt, body) in enumerate(drafts, start=last + 1):
        columns["seq"] = seq
        values = tuple(columns[name] for name in chain.COLUMNS)
        leaf = chain.leaf(values)
        head = chain.head(head, leaf)
        entries.append((*values[:_AT], at, *values[_AT + 1 :], leaf, head))
        if body:
            privates.append((seq, salt, body))
    insert(Entry, (*chain.COLUMNS, "leaf", "head"), entries)
    insert(Private, ("seq", "salt", "body"), privates)
    return last + len(entries)


def _columns_of(by: Person | None, at: datetime) -> dict[str, str]:
    """What is the same in every entry of one action."""
    post, request = by.post if by else None, current.get()
    return {
        "at": chain.moment(at),
        "actor": by.username if by else "",
        "actor_name": _nfc(by.name) if by else "未登录",
        "role": post.role if post else "",
        "region": post.region.code if post else "",
        "request_id": request.request_id,
        "ip": request.ip,
    }


def _draft(trace: Trace, who: dict[str, str]) -> tuple[dict[str, Any], str, str]:
    words = {"label": trace.label} if trace.label else {}
    salt = body = ""
    if trace.private:
        salt, body = secrets.token_hex(16), chain.canonical(trace.private)
    columns = {
        **who,
        "action": trace.action,
        "object": _nfc(trace.object),
        "village": trace.village,
        "public": chain.canonical({**words, **(trace.public or {})}),
        "private_hash": chain.private_hash(salt, body) if body else "",
    }
    return columns, salt, body


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _tail() -> tuple[int, str]:
    """The last entry's number and head, with the right to append until the commit."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    last = Entry.objects.order_by("-seq").values_list("seq", "head").first()
    return last or (0, chain.GENESIS)
