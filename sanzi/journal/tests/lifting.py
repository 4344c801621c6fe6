"""Taking the triggers off for a moment: for tests that forge, and for emptying a test database.

As a pytest plugin it lets transactional tests (live server, two connections) empty the guarded
tables between tests.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import TransactionTestCase

_GUARDS = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
_GUARDED = "SELECT DISTINCT event_object_table FROM information_schema.triggers"


@contextmanager
def triggers_lifted() -> Iterator[None]:
    """Without any trigger; they are back afterwards."""
    switch = _switch_postgresql if connection.vendor == "postgresql" else _switch_sqlite
    back = switch()
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for statement in back:
                cursor.execute(statement)


def _switch_sqlite() -> list[str]:
    with connection.cursor() as cursor:
        guards = cursor.execute(_GUARDS).fetchall()
        for name, _, _ in guards:
            cursor.execute(f"DROP TRIGGER {name}")
    return [sql for _, _, sql in guards]


def _switch_postgresql() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(_GUARDED)
        tables = [table for (table,) in cursor.fetchall()]
        # TRUNCATE triggers are absent from that view, but their tables refuse DELETE or UPDATE too.
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    return [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables]


@pytest.fixture(autouse=True, scope="session")
def _flushing_takes_the_guards_off() -> Iterator[None]:
    flush = TransactionTestCase._fixture_teardown

    def lifted(self: Any) -> None:
        with triggers_lifted():
            flush(self)

    TransactionTestCase._fixture_teardown = lifted  # type: ignore[method-assign]
    yield
    TransactionTestCase._fixture_teardown = flush  # type: ignore[method-assign]
