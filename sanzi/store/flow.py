"""The journal's rows, written as fast as the database takes them.

A year of a town is a quarter of a million lines. Making the rows, turning every value into text and
looking at each text for marks of COPY took longer than the server needs to store them. So whoever
makes rows spells each value once, for as many rows as it serves, and a row is put together from
that in one go.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

from django.db import connection, models

from .bulk import attribute, insert_stored

# From this many rows on PostgreSQL's COPY is worth its own round trip.
COPY_FROM = 50
# From this many on the server may as well take in the first while the last are still being made.
FLOW_FROM = 2_000
ROWS_IN_COPY = 2_000
_NOTHING = rb"\N"
_ESCAPES = {ord("\\"): r"\\", ord("\t"): r"\t", ord("\n"): r"\n", ord("\r"): r"\r"}

# A row is its leading values and, last, the rest of them spelled together. Leading whole numbers
# that are never missing stand as they are, everything else is spelled.
Row = tuple[Any, ...]


class Spelling(Protocol):
    """How values are handed to the database: whole numbers, text, ISO days, nothing."""

    def word(self, text: str) -> Any:
        """Words."""

    def code(self, text: str) -> Any:
        """Words known to be letters and digits."""

    def value(self, value: Any) -> Any:
        """Any one value, or nothing."""

    def rest(self, values: Sequence[Any]) -> Any:
        """The values at the end of a row, often the same for many rows."""


class _Plain:
    """As parameters of an INSERT."""

    def word(self, text: str) -> str:
        return text

    def code(self, text: str) -> str:
        return text

    def value(self, value: Any) -> Any:
        return value

    def rest(self, values: Sequence[Any]) -> Any:
        return tuple(values)


class _Copied:
    """As PostgreSQL's COPY reads them."""

    def word(self, text: str) -> bytes:
        if text.isprintable() and "\\" not in text:
            return text.encode()
        return text.translate(_ESCAPES).encode()

    def code(self, text: str) -> bytes:
        return text.encode()

    def value(self, value: Any) -> bytes:
        return _NOTHING if value is None else self.word(str(value))

    def rest(self, values: Sequence[Any]) -> bytes:
        return b"\t".join(map(self.value, values))


PLAIN, COPIED = _Plain(), _Copied()


def spelling_for(count: int) -> Spelling:
    """How to spell the values of so many rows for this database."""
    return COPIED if connection.vendor == "postgresql" and count >= COPY_FROM else PLAIN


def insert_spelled(
    table: type[models.Model],
    columns: Sequence[str],
    rest: Sequence[str],
    rows: Sequence[Row],
    spelling: Spelling,
) -> None:
    """Insert rows of these leading `columns` and the `rest`. Runs inside an action."""
    assert connection.in_atomic_block, "bulk writes belong to an action"
    if spelling is COPIED:
        with copying(table._meta.db_table, *_layout(table, columns, rest)) as take_in:
            take_in(rows)
    else:
        insert_stored(table, (*columns, *rest), [(*row[:-1], *row[-1]) for row in rows])


@contextmanager
def flowing(
    table: type[models.Model],
    columns: Sequence[str],
    rest: Sequence[str],
    rows: list[Row],
    spelling: Spelling,
    expected: int,
) -> Iterator[Callable[[], None]]:
    """Insert `rows` on leaving, or, when many are `expected`, piece by piece as they are made.

    What is yielded may be called now and then: on PostgreSQL it sends off the rows made so far and
    empties the list, and the server works while the caller makes the next. Nothing else may be
    asked of the database meanwhile. An error inside spoils the transaction, so that what was sent
    cannot stay.
    """
    assert connection.in_atomic_block, "bulk writes belong to an action"
    if spelling is not COPIED or expected < FLOW_FROM:
        yield _nothing
        insert_spelled(table, columns, rest, rows, spelling)
        return

    def send() -> None:
        take_in(rows)
        rows.clear()

    with copying(table._meta.db_table, *_layout(table, columns, rest)) as take_in:
        yield send
        send()


def _nothing() -> None:
    """Rows are kept until all are made."""


@contextmanager
def copying(
    table: str, columns: Sequence[str], form: bytes
) -> Iterator[Callable[[Sequence[Row]], None]]:
    """PostgreSQL's COPY into these columns; what is yielded takes rows of this form."""
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, columns))
    with (
        connection.wrap_database_errors,  # The framework does not know COPY and its errors.
        connection.cursor() as cursor,
        cursor.copy(f"COPY {quote(table)} ({names}) FROM STDIN") as copy,
    ):

        def take_in(rows: Sequence[Row]) -> None:
            for start in range(0, len(rows), ROWS_IN_COPY):
                copy.write(b"".join(map(form.__mod__, rows[start : start + ROWS_IN_COPY])))

        yield take_in


def _layout(
    table: type[models.Model], columns: Sequence[str], rest: Sequence[str]
) -> tuple[list[str], bytes]:
    """Names of all columns, and the form of a row: %d for whole numbers, %b for what is spelled."""
    fields = [table._meta.get_field(name) for name in columns]
    marks = [b"%d" if _is_whole(field) else b"%b" for field in fields]
    names = [attribute(table, name) for name in (*columns, *rest)]
    return names, b"\t".join([*marks, b"%b\n"])


def _is_whole(field: Any) -> bool:
    return not field.null and isinstance(field, models.IntegerField | models.ForeignKey)
