"""Writing thousands of rows at once, past the cost of a model instance each.

A city's workbook writes a quarter of a million rows; building a Django instance for each takes
longer than reading the workbook. One place knows how values are adapted for both engines.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection, models

from .fields import ScaledField
from .sealed import SealedField


def insert(
    table: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Insert rows of these fields, in order. Runs inside an action."""
    _execute(table, columns, rows, "")


def upsert(
    table: type[models.Model],
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    key: Sequence[str],
) -> None:
    """Insert rows, or bring up to date those whose `key` fields are there already."""
    quote = connection.ops.quote_name
    keys = ", ".join(quote(_attribute(table, name)) for name in key)
    sets = ", ".join(
        f"{quote(name)} = excluded.{quote(name)}"
        for name in (_attribute(table, column) for column in columns if column not in key)
    )
    _execute(table, columns, rows, f" ON CONFLICT ({keys}) DO UPDATE SET {sets}")


def _execute(
    table: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]], ending: str
) -> None:
    assert connection.in_atomic_block, "bulk writes belong to an action"
    adapters = [adapter(table, column) for column in columns]
    adapted = [
        tuple(adapt(value) for adapt, value in zip(adapters, row, strict=True)) for row in rows
    ]
    if not adapted:
        return
    quote = connection.ops.quote_name
    names = ", ".join(quote(_attribute(table, column)) for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(table._meta.db_table)} ({names}) VALUES ({marks}){ending}", adapted
        )


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


def _attribute(table: type[models.Model], column: str) -> str:
    return str(table._meta.get_field(column).column)  # type: ignore[union-attr]


def _same(value: Any) -> Any:
    return value


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _moment(value: datetime | None) -> Any:
    return connection.ops.adapt_datetimefield_value(value)
