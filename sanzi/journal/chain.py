"""The arithmetic of the chain: what is hashed, in which order, from which bytes.

An entry's leaf is H(0x00 ‖ canon), where canon is the JSON of every column but leaf and head: keys
sorted, no spaces, UTF-8, UTC to the microsecond. Its head is H(0x01 ‖ previous head ‖ leaf). H is
SHA-256; hashes are written in hexadecimal. The first entry's previous head is GENESIS.
"""

import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from json import JSONEncoder
from json.encoder import encode_basestring as _quoted
from typing import Any

from sanzi.store.sealed import Sealed

GENESIS = "0" * 64

# In the order of the alphabet, which is the order of the keys in the canon.
COLUMNS = (
    "action",
    "actor",
    "actor_name",
    "at",
    "ip",
    "object",
    "private_hash",
    "public",
    "region",
    "request_id",
    "role",
    "seq",
    "village",
)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Sealed):
        return value.mask
    raise TypeError(f"the journal cannot hold a {type(value).__name__}")


_sorted = JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False, default=_plain
).encode
# What JSONEncoder(sort_keys=True, ensure_ascii=False) would write, at a third of the time.
_CANON = "{" + ",".join(f'"{name}":%s' for name in COLUMNS) + "}"
_SEQ = COLUMNS.index("seq")


def _without_floats(value: Any) -> Any:
    if isinstance(value, float):
        raise TypeError("the journal holds exact numbers, not floats")
    if isinstance(value, dict):
        return {str(key): _without_floats(v) for key, v in value.items()}
    if isinstance(value, list | tuple):
        return [_without_floats(v) for v in value]
    return value


def canonical(facts: Mapping[str, Any]) -> str:
    """The one spelling of some facts as JSON text. Decimals and dates become strings."""
    return unicodedata.normalize("NFC", _sorted(_without_floats(dict(facts))))


def moment(at: datetime) -> str:
    """A moment as it is hashed: UTC, microseconds."""
    utc = at if at.tzinfo is UTC else at.astimezone(UTC)
    return utc.isoformat(timespec="microseconds")


def leaf(values: tuple[Any, ...]) -> str:
    """The hash of an entry's columns, given in the order of COLUMNS with `at` as a moment.

    Raises TypeError or ValueError for values no entry is ever written with.
    """
    before, seq, after = values[:_SEQ], values[_SEQ], values[_SEQ + 1 :]
    canon = _CANON % (*map(_quoted, before), int(seq), *map(_quoted, after))
    return sha256(b"\x00" + canon.encode()).hexdigest()


def head(previous: str, leaf: str) -> str:
    """The hash that binds an entry to all entries before it."""
    return sha256(b"\x01" + bytes.fromhex(previous) + bytes.fromhex(leaf)).hexdigest()


def private_hash(salt: str, body: str) -> str:
    """The hash that stands in the chain for the erasable part; 128 random bits hide the content."""
    return sha256(bytes.fromhex(salt) + body.encode()).hexdigest()
