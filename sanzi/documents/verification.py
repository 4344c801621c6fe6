"""Every stored paper, asked again: is the file there, and is it still what was handed in?"""

from collections.abc import Iterator
from dataclasses import dataclass

from .models import Document
from .store import hash_of, path_of


@dataclass(frozen=True)
class Fault:
    """One paper that is not as it was handed in."""

    sha256: str
    message: str


def verify() -> Iterator[Fault]:
    """The papers whose bytes are gone or changed; reads every stored byte once.

    Papers taken off are asked as well: their bytes stay, for the operation log names them.
    """
    stored = Document.objects.order_by("sha256").values_list("sha256", "size").distinct()
    for sha256, size in stored.iterator(chunk_size=2000):
        home = path_of(sha256)
        if not home.exists():
            yield Fault(sha256, "附件的文件不见了，请从备份中恢复")
        elif home.stat().st_size != size or hash_of(home) != sha256:
            yield Fault(sha256, "附件的文件被改动过，请从备份中恢复")
