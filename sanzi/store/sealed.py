"""Personal data at rest: encrypted, shown masked, found by a keyed hash, opened on purpose."""

import hashlib
import hmac
import os
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

_SEPARATOR = "\x1f"


@lru_cache(maxsize=1)
def _cipher() -> AESGCM:
    return AESGCM(bytes.fromhex(settings.SEAL_KEY))


def keyed_hash(value: str) -> str:
    """The search hash of an identity number, phone or account: HMAC-SHA256, hexadecimal.

    Keyed, because an unkeyed hash of an ID number falls to a few thousand guesses.
    """
    key = bytes.fromhex(settings.HASH_KEY)
    return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True)
class Sealed:
    """A sealed value: prints as its mask; `reveal()` belongs inside a logged action."""

    mask: str
    token: str

    def __str__(self) -> str:
        return self.mask

    def reveal(self) -> str:
        """The clear value. Callers record who looked and why (access needs `*.reveal`)."""
        blob = b64decode(self.token)
        return _cipher().decrypt(blob[:12], blob[12:], None).decode()


def seal(value: str, mask: Callable[[str], str]) -> Sealed:
    """Encrypt a clear value (AES-256-GCM, random nonce) and keep its mask beside it."""
    nonce = os.urandom(12)
    blob = nonce + _cipher().encrypt(nonce, value.encode(), None)
    return Sealed(mask(value), b64encode(blob).decode())


class SealedField(models.TextField):  # type: ignore[type-arg]
    """Holds a `Sealed`; the clear value never reaches the database, a log or a page."""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(*value.split(_SEPARATOR, 1))

    def to_python(self, value: Any) -> Sealed | None:
        assert value is None or isinstance(value, Sealed), "seal() the value first"
        return value

    def get_prep_value(self, value: Any) -> str | None:
        if value is None:
            return None
        assert isinstance(value, Sealed), "seal() the value first"
        return f"{value.mask}{_SEPARATOR}{value.token}"
