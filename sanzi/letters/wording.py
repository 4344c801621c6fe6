"""A form as JSON and back: the wording of what was issued is kept beside it, not in the code."""

import hashlib
import json
from dataclasses import fields, is_dataclass
from typing import Any

from .blocks import KINDS, Column, Signature
from .form import Field, LetterForm

_TYPES: dict[str, type[Any]] = {
    **KINDS,
    **{kind.__name__: kind for kind in (Column, Signature, Field, LetterForm)},
}


def to_text(form: LetterForm) -> str:
    """The form as canonical JSON."""
    return json.dumps(_plain(form), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(text: str) -> str:
    """What tells one wording from another: SHA-256 of its canonical JSON."""
    return hashlib.sha256(text.encode()).hexdigest()


def from_text(text: str) -> LetterForm:
    """The form a canonical JSON tells of."""
    form = _made(json.loads(text))
    assert isinstance(form, LetterForm)
    return form


def _plain(thing: Any) -> Any:
    if isinstance(thing, tuple):
        return [_plain(part) for part in thing]
    if not is_dataclass(thing) or isinstance(thing, type):
        return thing
    # What is as it is by default is left out: a new property changes no old wording.
    said = {
        f.name: _plain(getattr(thing, f.name))
        for f in fields(thing)
        if getattr(thing, f.name) != f.default
    }
    return {"is": type(thing).__name__, **said}


def _made(plain: Any) -> Any:
    if isinstance(plain, list):
        return tuple(_made(part) for part in plain)
    if not isinstance(plain, dict):
        return plain
    kind = _TYPES[plain["is"]]
    return kind(**{name: _made(value) for name, value in plain.items() if name != "is"})
