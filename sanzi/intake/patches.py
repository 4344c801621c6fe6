"""What must be put into the cells before they are read: merged values, formula errors."""

from collections.abc import Iterable, Sequence

from .cells.verdict import ERROR_CELL, FORMULA_KEY, MERGED, UNCALCULATED, Cell, Trouble
from .headers import Heading
from .problems import Log
from .scan import SheetScan, column_letter

# A merged cell of these types is a statement about several rows; of any other, about one.
_FILLED_TYPES = frozenset(
    {"text", "choice", "multi", "boolean", "region_code", "land_class", "account", "date"}
)

Range = tuple[tuple[int, int], tuple[int, int]]


class Patches:
    """Corrections by row and column for one sheet, applied as its rows pass by."""

    def __init__(
        self, name: str, heading: Heading, merges: Iterable[Range], scan: SheetScan, log: Log
    ) -> None:
        assert heading.sheet is not None, "only a recognised sheet is patched"
        self._name = name
        self._log = log
        self._columns = {match.index: match for match in heading.columns}
        self.ignored = frozenset(heading.ignored)
        self._cells: dict[int, list[tuple[int, Trouble]]] = {}
        # Row where a filled merge begins -> its column and last row.
        self._fills: dict[int, list[tuple[int, int]]] = {}
        self._active: dict[int, tuple[Cell, int]] = {}
        for found in merges:
            if found[1][0] + 1 >= heading.data_row:
                self._merge(heading, found)
        self._mark(scan, heading.sheet.key)

    def _mark(self, scan: SheetScan, key: Sequence[str]) -> None:
        for rows, trouble in ((scan.errors, ERROR_CELL), (scan.uncalculated, UNCALCULATED)):
            for row, indexes in rows.items():
                for index in indexes:
                    self._put(row, index, trouble)
        for index, match in self._columns.items():
            if match.field in key:
                for row in scan.formulas.get(index, ()):
                    self._put(row, index, FORMULA_KEY)

    def _put(self, row: int, index: int, trouble: Trouble) -> None:
        if index in self._columns:
            self._cells.setdefault(row, []).append((index, trouble))

    def _merge(self, heading: Heading, found: Range) -> None:
        (top, left), (bottom, right) = found
        assert heading.sheet is not None
        address = f"{column_letter(left)}{top + 1}:{column_letter(right)}{bottom + 1}"
        first = max(top + 1, heading.data_row)
        trouble = Trouble(MERGED.code, address, f"是合并单元格：{MERGED.why}")
        if bottom > top and self._may_fill(heading, left):
            self._fills.setdefault(first, []).append((left, bottom + 1))
        else:
            for row in range(first + 1, bottom + 2):
                self._put(row, left, trouble)
        for index in range(left + 1, right + 1):
            for row in range(first, bottom + 2):
                self._put(row, index, trouble)

    def _may_fill(self, heading: Heading, index: int) -> bool:
        """Words are filled down; a business number, an amount or an identity is not."""
        match = self._columns.get(index)
        if match is None:
            return index not in self.ignored
        assert heading.sheet is not None
        column = heading.sheet.column(match.field)
        is_own_number = match.field == "number" or match.field == "target_number"
        return column.type in _FILLED_TYPES and not is_own_number

    def apply(self, row: int, cells: Sequence[Cell], left: int) -> Sequence[Cell]:
        """The cells of this row with what belongs in them."""
        if self._active:
            cells = self._fill(row, cells, left)
        for index, last in self._fills.get(row, ()):
            place = index - left
            if 0 <= place < len(cells) and cells[place] != "":
                self._active[index] = (cells[place], last)
        if troubles := self._cells.get(row):
            cells = list(cells)
            for index, trouble in troubles:
                if 0 <= index - left < len(cells):
                    cells[index - left] = trouble
        return cells

    def _fill(self, row: int, cells: Sequence[Cell], left: int) -> Sequence[Cell]:
        cells = list(cells)
        for index, (value, last) in list(self._active.items()):
            if row > last:
                del self._active[index]
            elif cells[index - left] == "":
                cells[index - left] = value
                self._tell(row, index)
        return cells

    def _tell(self, row: int, index: int) -> None:
        letter = column_letter(index)
        header = self._columns[index].header if index in self._columns else f"{letter}列"
        self._log.note(
            self._name, "merged-filled", "corrected", "纵向合并的单元格已向下填充",
            row=row, column=header, letter=letter,
        )  # fmt: skip
