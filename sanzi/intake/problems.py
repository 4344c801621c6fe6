"""What is wrong with a workbook: one problem per bad cell, one notice per kind of correction."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning", "corrected"]

# A workbook wrong in every cell must not fill the memory with sentences.
PROBLEMS_MAX = 100_000
# The same warning in the same column is said this often cell by cell, then once for the rest.
WARNINGS_EACH = 20
# How many rows a notice remembers for colouring, and how many it names in its sentence.
ROWS_KEPT = 2_000
ROWS_NAMED = 5


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend (error), to look at (warning) or to know of (corrected).

    `row` is Excel's own number; `cell` is its address (`C12`). A notice about many rows points at
    the first and lists them all, up to a limit, in `rows`.
    """

    sheet: str
    row: int | None
    column: str
    cell: str
    code: str
    severity: Severity
    message: str
    rows: tuple[int, ...] = ()


@dataclass(slots=True)
class _Notice:
    """The same correction, row after row, kept as one."""

    letter: str
    severity: Severity
    why: str
    example: str
    count: int = 0
    rows: list[int] = field(default_factory=list)

    def sentence(self, column: str) -> str:
        named = "、".join(str(row) for row in self.rows[:ROWS_NAMED])
        more = f"等 {self.count} 行" if self.count > ROWS_NAMED else "行"
        example = f"（如“{self.example}”）" if self.example else ""
        return f"“{column}”第 {named} {more}：{self.why}{example}"


class Log:
    """Collects the problems of one workbook in the order they are met."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []
        self._notices: dict[tuple[str, str, str], _Notice] = {}
        self._warned: dict[tuple[str, str, str], int] = {}
        self._dropped = 0

    def add(
        self,
        sheet: str,
        code: str,
        severity: Severity,
        message: str,
        *,
        row: int | None = None,
        column: str = "",
        letter: str = "",
    ) -> None:
        if len(self._problems) >= PROBLEMS_MAX:
            self._dropped += 1
            return
        cell = f"{letter}{row}" if letter and row else ""
        self._problems.append(Problem(sheet, row, column, cell, code, severity, message))

    def note(
        self,
        sheet: str,
        code: str,
        severity: Severity,
        why: str,
        *,
        row: int,
        column: str,
        letter: str = "",
        example: str = "",
    ) -> None:
        """Add to the one notice of this kind for this column; `why` ends the sentence."""
        key = (sheet, column, code)
        notice = self._notices.get(key)
        if notice is None:
            notice = self._notices[key] = _Notice(letter, severity, why, example)
        notice.count += 1
        if len(notice.rows) < ROWS_KEPT:
            notice.rows.append(row)

    def warn(
        self,
        sheet: str,
        code: str,
        message: str,
        *,
        row: int,
        column: str,
        letter: str = "",
        why: str,
    ) -> None:
        """A warning about one cell, which after many of its kind joins a notice `why`."""
        key = (sheet, column, code)
        self._warned[key] = self._warned.get(key, 0) + 1
        if self._warned[key] <= WARNINGS_EACH:
            self.add(sheet, code, "warning", message, row=row, column=column, letter=letter)
        else:
            self.note(sheet, code, "warning", why, row=row, column=column, letter=letter)

    def finish(self) -> list[Problem]:
        """Every problem found: those of cells first, then the notices, then what was left out."""
        found = self._problems + [_told(key, notice) for key, notice in self._notices.items()]
        if self._dropped:
            message = (
                f"问题过多：只列出前 {PROBLEMS_MAX:,} 处，另有 {self._dropped:,} 处未逐一列出。"
                "请先改正已列出的问题再检查一次"
            )
            found.append(Problem("", None, "", "", "too-many-problems", "error", message))
        return found


def _told(key: tuple[str, str, str], notice: _Notice) -> Problem:
    sheet, column, code = key
    first = notice.rows[0]
    cell = f"{notice.letter}{first}" if notice.letter else ""
    message = notice.sentence(column)
    return Problem(sheet, first, column, cell, code, notice.severity, message, tuple(notice.rows))


def has_errors(problems: Iterable[Problem]) -> bool:
    return any(problem.severity == "error" for problem in problems)
