"""Reads the whole journal again and says which row was touched."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from . import chain
from .checkpoints import known
from .models import Entry, Private

Kind = Literal["body", "private", "gap", "head", "truncated"]

_CHUNK = 5000
_HEXADECIMAL = frozenset("0123456789abcdef")
# More than this many damages of one journal says the same as this many.
DAMAGES_MAX = 1000


@dataclass(frozen=True)
class Damage:
    """One thing wrong with the journal: the row, what kind of damage, and in words."""

    seq: int
    kind: Kind
    message: str


def verify(against: Path | None = None) -> list[Damage]:
    """Every damage found, in order; empty means the journal is as it was written.

    Compares with the checkpoints in `against` (default: the file beside the database), without
    which a cut-off end or a chain made anew from some row on cannot be seen. Reads in chunks.
    """
    return list(islice(_damages(against), DAMAGES_MAX))


def _damages(against: Path | None) -> Iterator[Damage]:
    try:
        promised = {point.size: point.head for point in known(against)}
    except ValueError as error:
        yield Damage(0, "truncated", str(error))
        promised = {}
    walk = _Walk()
    for chunk in _chunks():
        seals = {seq: seal for seq, seal in zip(chunk.seqs, chunk.seals, strict=True) if seal}
        yield from walk.over(chunk.rows)
        yield from _opened(seals, chunk.after, walk.seq)
        yield from _broken_promises(promised, chunk)
    yield from _missing_end(promised, walk.seq)


@dataclass(frozen=True)
class _Chunk:
    """Consecutive stored rows: the columns of the canon, then leaf and head."""

    after: int
    rows: list[tuple[Any, ...]]

    @property
    def seqs(self) -> list[int]:
        return [row[_SEQ] for row in self.rows]

    @property
    def seals(self) -> list[str]:
        return [row[_SEAL] for row in self.rows]


_SEQ, _SEAL, _AT = (chain.COLUMNS.index(name) for name in ("seq", "private_hash", "at"))
_COLUMNS = (*chain.COLUMNS, "leaf", "head")
_HEAD = _COLUMNS.index("head")


def _chunks() -> Iterator[_Chunk]:
    # Rows pushed below 1 are read too; the walk finds them out of place.
    after = -(2**63)
    while rows := _read(after):
        yield _Chunk(after, rows)
        after = rows[-1][_SEQ]


def _read(after: int) -> list[tuple[Any, ...]]:
    following = Entry.objects.filter(seq__gt=after).order_by("seq")
    try:
        return list(following.values_list(*_COLUMNS)[:_CHUNK])
    except (ValueError, TypeError):
        # Someone made a moment unreadable, and with it the whole chunk: look for the row.
        seqs = list(following.values_list("seq", flat=True)[:_CHUNK])
        return [_read_one(seq) for seq in seqs]


def _read_one(seq: int) -> tuple[Any, ...]:
    entry = Entry.objects.filter(seq=seq)
    try:
        return entry.values_list(*_COLUMNS)[0]
    except (ValueError, TypeError):
        rest = entry.values(*(name for name in _COLUMNS if name != "at"))[0]
        return tuple(rest.get(name) for name in _COLUMNS)


class _Walk:
    """Goes along the chain, remembering where it is."""

    def __init__(self) -> None:
        self.seq = 0
        # What the previous head may be: as stored and as it should be, so that one altered row is
        # reported once; unknown (None) after a gap.
        self.previous: frozenset[str] | None = frozenset({chain.GENESIS})

    def over(self, rows: Iterable[tuple[Any, ...]]) -> Iterator[Damage]:
        for row in rows:
            seq = row[_SEQ]
            if seq != self.seq + 1:
                yield self._gap(seq)
            yield from self._check(seq, row)
            self.seq = seq

    def _gap(self, seq: int) -> Damage:
        missing, self.previous = self.seq + 1, None
        if seq < missing:
            return Damage(seq, "gap", f"第 {seq} 条的序号不在应有的次序上")
        upto = f"至第 {seq - 1} 条" if seq - 1 > missing else ""
        return Damage(missing, "gap", f"第 {missing} 条{upto}被删除")

    def _check(self, seq: int, row: tuple[Any, ...]) -> Iterator[Damage]:
        *values, leaf, head = row
        intact = _leaf_of(values) == leaf
        if not intact:
            yield Damage(seq, "body", f"第 {seq} 条的内容与写入时不同")
        previous, self.previous = self.previous, frozenset({head})
        if not intact or previous is None:
            return
        if not any(_follows(head, before, leaf) for before in previous):
            yield Damage(seq, "head", f"第 {seq} 条与前一条接不上")
            self.previous |= {chain.head(before, leaf) for before in previous if _is_hash(before)}


def _leaf_of(values: list[Any]) -> str | None:
    try:
        values[_AT] = chain.moment(values[_AT])
        return chain.leaf(tuple(values))
    except (ValueError, TypeError, AttributeError):
        return None  # a value no entry was ever written with


def _is_hash(text: str) -> bool:
    return len(text) == 64 and _HEXADECIMAL.issuperset(text)


def _follows(head: str, previous: str, leaf: str) -> bool:
    try:
        return chain.head(previous, leaf) == head
    except ValueError:
        return False


def _opened(seals: dict[int, str], after: int, upto: int) -> Iterator[Damage]:
    """Private parts that do not match their seal. An absent one was erased, which is lawful."""
    stored = Private.objects.filter(seq__gt=after, seq__lte=upto).order_by("seq")
    for seq, salt, body in stored.values_list("seq", "salt", "body"):
        if seals.get(seq) != _seal_of(salt, body):
            yield Damage(seq, "private", f"第 {seq} 条的不公开部分与写入时不同")


def _seal_of(salt: str, body: str) -> str | None:
    spelt_as_written = len(salt) == 32 and _HEXADECIMAL.issuperset(salt)
    return chain.private_hash(salt, body) if spelt_as_written else None


def _broken_promises(promised: dict[int, str], chunk: _Chunk) -> Iterator[Damage]:
    for row in chunk.rows:
        if promised.pop(row[_SEQ], row[_HEAD]) != row[_HEAD]:
            yield Damage(row[_SEQ], "head", f"第 {row[_SEQ]} 条或更早的内容在检查点之后被改写")


def _missing_end(promised: dict[int, str], last: int) -> Iterator[Damage]:
    beyond = [size for size in promised if size > last]
    orphans = Private.objects.filter(seq__gt=last).exclude(seq__in=Entry.objects.values("seq"))
    size = max([*beyond, *orphans.order_by("-seq").values_list("seq", flat=True)[:1]], default=0)
    if size:
        yield Damage(last + 1, "truncated", f"日志末尾缺失：曾有 {size} 条，现在只到第 {last} 条")
