"""How alike two short Chinese texts are: whole names count most. No framework."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_BREAKS = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]+")
# Words of every statement: they tell nothing apart.
_EMPTY = re.compile(
    r"转账|汇款|网银|收到|支付|付款|收款|银行|存款|往来|跨行|电子|业务|有限公司|村民"
)
# A personal name has two to four characters.
NAME = (2, 4)


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """A text taken apart: its pieces, and all of them as one text to look in.

    Statements repeat themselves: equal texts are one object (`words_of`), so that comparing two of
    them is worked out once.
    """

    pieces: tuple[str, ...]
    text: str

    @property
    def keys(self) -> list[str]:
        """What a text about the same would hold: names, or how longer pieces begin."""
        return [piece[: NAME[1]] for piece in self.pieces]

    @property
    def stretches(self) -> Iterator[str]:
        """Every stretch of its pieces as long as a name."""
        for piece in self.pieces:
            for size in range(NAME[0], NAME[1] + 1):
                for start in range(len(piece) - size + 1):
                    yield piece[start : start + size]


@lru_cache(maxsize=20_000)
def words_of(text: str) -> Words:
    """A text taken apart."""
    pieces = tuple(p for p in _BREAKS.split(_EMPTY.sub(" ", text)) if len(p) > 1)
    return Words(pieces, " ".join(pieces))


@lru_cache(maxsize=200_000)
def likeness(one: Words, other: Words) -> int:
    """0 to 100: how much of the shorter text the longer one holds, whole pieces counting double."""
    if len(one.text) > len(other.text):
        one, other = other, one
    length = held = 0
    for piece in one.pieces:
        length += 2 * len(piece)
        if piece in other.text:
            held += 2 * len(piece)
        else:
            pairs = [piece[i : i + 2] for i in range(len(piece) - 1)]
            held += len(piece) * sum(pair in other.text for pair in pairs) // len(pairs)
    return 100 * held // length if length else 0
