"""One pass over the bytes of a sheet, before any parser: what it would hide or choke on."""

import re
from dataclasses import dataclass, field

# Columns beyond the last of an old .xls sheet: no register is so wide, and a cell far out makes a
# reader allocate everything in between.
WIDTH_MAX = 256
HIDDEN_KEPT = 10_000

_TAIL = 4_096
_TAGS = rb"<(?:\w+:)?"
_WIDE = re.compile(rb' r="(?:[A-Z]{3}|[J-Z][A-Z]|I[W-Z])[0-9]')
_HIDDEN = re.compile(_TAGS + rb'row\b[^>]*?\br="([0-9]+)"[^>]*?\bhidden="(?:1|true)"')
_ERROR = re.compile(_TAGS + rb'c\s[^>]*?\br="([A-Z]+)([0-9]+)"[^>]*?\bt="e"')
_FORMULA = re.compile(
    _TAGS + rb'c\s([^>]*?)\br="([A-Z]+)([0-9]+)"([^>]*)(?<!/)>\s*'
    + _TAGS + rb"f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*(" + _TAGS + rb"v>[^<])?"
)  # fmt: skip
# A formula whose answer is no text at all has an answer.
_TEXT_ANSWER = b't="str"'
_PREFIX = re.compile(rb"<(\w+):worksheet\b")
_ROW = re.compile(rb'\br="[A-Z]*([0-9]+)"')


def column_index(letters: str) -> int:
    """0 for A, 26 for AA."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def column_letter(index: int) -> str:
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(slots=True)
class SheetScan:
    """What the XML of a sheet says that the reading library does not pass on.

    Rows are Excel's own (from 1), columns count from 0.
    """

    hidden_rows: list[int] = field(default_factory=list)
    errors: dict[int, list[int]] = field(default_factory=dict)
    uncalculated: dict[int, list[int]] = field(default_factory=dict)
    formulas: dict[int, set[int]] = field(default_factory=dict)
    # The last row that holds anything, and whether any cell lies beyond WIDTH_MAX.
    last_row: int = 0
    is_wide: bool = False
    _rest: bytes = b""
    # How tags begin; some writers put a namespace prefix before their names.
    _cell: bytes = b"<c "
    _row: bytes = b"<row "
    _values: tuple[bytes, bytes] = (b"<v", b"<is")
    _formula: bytes = b"<f"
    _is_begun: bool = False

    def feed(self, chunk: bytes) -> None:
        """Take the next bytes; the last, perhaps unfinished cell is kept for the next call."""
        if not self._is_begun:
            self._begin(chunk)
        chunk = self._rest + chunk
        cut = max(chunk.rfind(self._cell), chunk.rfind(self._row, len(chunk) - _TAIL))
        if cut < 0 or len(chunk) - cut > _TAIL:
            cut = len(chunk)
        self._rest = chunk[cut:]
        self._look(chunk[:cut])

    def _begin(self, chunk: bytes) -> None:
        self._is_begun = True
        if found := _PREFIX.search(chunk[:_TAIL]):
            prefix = b"<" + found.group(1) + b":"
            self._cell, self._row, self._formula = prefix + b"c ", prefix + b"row ", prefix + b"f"
            self._values = (prefix + b"v", prefix + b"is")

    def finish(self) -> None:
        self._look(self._rest)
        self._rest = b""

    def _look(self, text: bytes) -> None:
        self._find_last_row(text)
        if not self.is_wide and _WIDE.search(text):
            self.is_wide = True
        if b'hidden="' in text and len(self.hidden_rows) < HIDDEN_KEPT:
            self.hidden_rows += [int(row) for row in _HIDDEN.findall(text)]
        if b't="e"' in text:
            for letters, row in _ERROR.findall(text):
                self.errors.setdefault(int(row), []).append(column_index(letters.decode()))
        if self._formula in text:
            self._find_formulas(text)

    def _find_formulas(self, text: bytes) -> None:
        for before, letters, row, after, cached in _FORMULA.findall(text):
            column = column_index(letters.decode())
            if cached or _TEXT_ANSWER in before + after:
                self.formulas.setdefault(column, set()).add(int(row))
            else:
                self.uncalculated.setdefault(int(row), []).append(column)

    def _find_last_row(self, text: bytes) -> None:
        """The row of the last cell in this stretch that holds a value."""
        end = text.rfind(self._values[0])
        end = max(end, text.rfind(self._values[1], max(end, 0)))
        start = text.rfind(self._cell, 0, end) if end > 0 else -1
        if start >= 0 and (found := _ROW.search(text, start, start + 200)):
            self.last_row = max(self.last_row, int(found.group(1)))
