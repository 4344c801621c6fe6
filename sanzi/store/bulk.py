"""Writing thousands of rows at once, past the cost of a model instance each.

A city's workbook writes a quarter of a million rows; building a Django instance for each takes
longer than reading the workbook. One place knows how values are adapted for both engines.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from itertools import compress
from typing import Any

from django.db import connection, models

from .fields import ScaledField
from .sealed import SealedField

# From this many rows on PostgreSQL's COPY is worth its own round trip.
COPY_FROM = 50


def insert(
    table: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Insert rows of these fields, in order. Runs inside an action."""
    _execute(table, columns, rows, "")


def insert_stored(
    table: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """Insert rows whose values are already as the database keeps them: whole numbers (fen, keys),

    text, ISO days, moments through `moment`, or nothing. For very many there is flow.py.
    """
    assert connection.in_atomic_block, "bulk writes belong to an action"
    _write(table, columns, rows, "")


def moment(value: datetime) -> Any:
    """A moment as this database keeps it."""
    return _moment(value)


def upsert(
    table: type[models.Model],
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    key: Sequence[str],
) -> None:
    """Insert rows, or bring up to date those whose `key` fields are there already."""
    quote = connection.ops.quote_name
    keys = ", ".join(quote(attribute(table, name)) for name in key)
    sets = ", ".join(
        f"{quote(name)} = excluded.{quote(name)}"
        for name in (attribute(table, column) for column in columns if column not in key)
    )
    _execute(table, columns, rows, f" ON CONFLICT ({keys}) DO UPDATE SET {sets}")


def add_up(
    table: type[models.Model],
    key: Sequence[str],
    amounts: Sequence[str],
    rows: Iterable[Sequence[Any]],
) -> None:
    """Add to the amounts of the rows with these keys, or make the rows.

    A row is its key and then its amounts as stored integers (fen), not as Decimals.
    """
    assert connection.in_atomic_block, "bulk writes belong to an action"
    adapted = [tuple(row) for row in rows]
    if not adapted:
        return
    quote = connection.ops.quote_name
    own = quote(table._meta.db_table)
    keys = [quote(attribute(table, name)) for name in key]
    sums = [quote(attribute(table, name)) for name in amounts]
    # Of a year's columns a batch moves one or two: the rest need no arithmetic.
    columns = list(zip(*adapted, strict=True))
    moved = [any(column) for column in columns[len(keys) :]]
    adding = compress(sums, moved) if any(moved) else sums[:1]
    sets = ", ".join(f"{name} = {own}.{name} + excluded.{name}" for name in adding)
    into = f"INSERT INTO {own} ({', '.join(keys + sums)})"
    ending = f"ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {sets}"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            marks = ", ".join(["%s"] * (len(keys) + len(sums)))
            cursor.executemany(f"{into} VALUES ({marks}) {ending}", adapted)
            return
        # A server plans each statement anew: a statement of thousands of numbers takes longer to
        # read than to carry out, columns as arrays do not.
        given = columns[: len(keys)] + list(compress(columns[len(keys) :], moved))
        names = [f"g{at}" for at in range(len(given))]
        chosen, rest = names[: len(keys)], iter(names[len(keys) :])
        chosen += [next(rest) if is_moved else "0" for is_moved in moved]
        arrays = ", ".join(f"%s::{'bigint' if _is_whole(c) else 'text'}[]" for c in given)
        source = f"SELECT {', '.join(chosen)} FROM unnest({arrays}) AS given({', '.join(names)})"
        cursor.execute(f"{into} {source} {ending}", [_array(column) for column in given])


def _is_whole(column: Sequence[Any]) -> bool:
    return isinstance(column[0], int)


def _array(column: Sequence[Any]) -> Any:
    """A column as PostgreSQL reads an array: whole numbers written out, words quoted one by one."""
    return f"{{{','.join(map(str, column))}}}" if _is_whole(column) else list(column)


def _execute(
    table: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]], ending: str
) -> None:
    assert connection.in_atomic_block, "bulk writes belong to an action"
    adapters = [adapter(table, column) for column in columns]
    adapted = [
        tuple(adapt(value) for adapt, value in zip(adapters, row, strict=True)) for row in rows
    ]
    _write(table, columns, adapted, ending)


def _write(
    table: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]], ending: str
) -> None:
    if not rows:
        return
    quote = connection.ops.quote_name
    into = quote(table._meta.db_table)
    names = ", ".join(quote(attribute(table, column)) for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and not ending and len(rows) >= COPY_FROM:
            # The framework does not know COPY and its errors.
            copying = cursor.copy(f"COPY {into} ({names}) FROM STDIN")
            with connection.wrap_database_errors, copying as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            cursor.executemany(f"INSERT INTO {into} ({names}) VALUES ({marks}){ending}", rows)


def adapter(table: type[models.Model], column: str) -> Callable[[Any], Any]:
    """How a value of this field goes to the database."""
    field = table._meta.get_field(column)
    if isinstance(field, ScaledField | SealedField):
        return field.get_prep_value
    if isinstance(field, models.DateTimeField):
        return _moment
    if isinstance(field, models.DateField):
        return _day
    return _same


def attribute(table: type[models.Model], column: str) -> str:
    """The name of a field's column."""
    return str(table._meta.get_field(column).column)  # type: ignore[union-attr]


def _same(value: Any) -> Any:
    return value


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _moment(value: datetime | None) -> Any:
    return connection.ops.adapt_datetimefield_value(value)


def set_columns(
    table: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """Set these columns of many rows; a row is their values and then its key."""
    assert connection.in_atomic_block, "bulk writes belong to an action"
    if not rows:
        return
    quote = connection.ops.quote_name
    adapters = [*(adapter(table, column) for column in columns), _same]
    adapted = [
        tuple(adapt(value) for adapt, value in zip(adapters, row, strict=True)) for row in rows
    ]
    sets = ", ".join(f"{quote(attribute(table, column))} = %s" for column in columns)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {quote(table._meta.db_table)} SET {sets} WHERE id = %s", adapted
        )
