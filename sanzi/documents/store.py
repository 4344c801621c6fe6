"""Where the bytes of papers lie: once each, under their SHA-256, in folders of two levels."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

_CHUNK = 1 << 20


def folder() -> Path:
    """The root of all papers of this installation."""
    return Path(settings.DATA) / "papers"


def path_of(sha256: str) -> Path:
    """Where a paper with this hash lies."""
    return folder() / sha256[:2] / sha256[2:4] / sha256


def keep(chunks: Iterable[bytes]) -> tuple[str, int]:
    """Store bytes and answer their hash and size; what is there already is not written again.

    Written under another name, forced to disk and renamed: a paper is whole or absent. Bytes whose
    row is then not committed stay behind unreferenced and do no harm.
    """
    root = folder()
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".incoming-", dir=root)
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            digest, size = hashlib.sha256(), 0
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        sha256 = digest.hexdigest()
        _settle(draft, path_of(sha256))
    finally:
        draft.unlink(missing_ok=True)
    return sha256, size


def _settle(draft: Path, home: Path) -> None:
    if home.exists():
        return
    home.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft.replace(home)
    # The rename itself must survive a power cut; Windows has no folder to force to disk.
    if hasattr(os, "O_DIRECTORY"):
        for place in (home.parent, home.parent.parent, home.parent.parent.parent):
            handle = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def hash_of(path: Path) -> str:
    """The SHA-256 of a file, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
