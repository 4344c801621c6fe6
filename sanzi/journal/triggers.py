"""The database itself refuses to change what was written, whoever asks."""

from collections.abc import Callable
from typing import Any

from django.db.migrations.operations import RunPython
from django.db.migrations.operations.base import Operation

# Reused by every guarded table; the message is the trigger's argument.
_FUNCTION = """
CREATE OR REPLACE FUNCTION sanzi_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


def _statements(vendor: str, table: str, message: str, verbs: tuple[str, ...]) -> list[str]:
    # Names and words come from migrations, never from input; a quote in them would be a mistake.
    assert "'" not in message + table, "no quotes in trigger text"
    if vendor == "postgresql":
        fires = {"UPDATE": "ROW", "DELETE": "ROW", "TRUNCATE": "STATEMENT"}
        return [_FUNCTION] + [
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"FOR EACH {fires[verb]} EXECUTE FUNCTION sanzi_refuse_change('{message}')"
            for verb in verbs
        ]
    return [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        for verb in verbs
        if verb != "TRUNCATE"
    ]


def _run(statements: Callable[[str], list[str]]) -> Callable[[Any, Any], None]:
    def run(apps: Any, schema_editor: Any) -> None:
        for statement in statements(schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)

    return run


def forbid_changes(table: str, message: str, *, erasable: bool = False) -> list[Operation]:
    """Migration operations: from now on rows of the table are only ever added.

    Refuses UPDATE, DELETE and (PostgreSQL) TRUNCATE with an IntegrityError that carries `message`;
    an `erasable` table lets rows go, but not change. SQLite drops triggers with their table, so a
    later migration that rebuilds the table must add them again.
    """
    verbs = ("UPDATE",) if erasable else ("UPDATE", "DELETE", "TRUNCATE")

    def lift(vendor: str) -> list[str]:
        on = f" ON {table}" if vendor == "postgresql" else ""
        return [f"DROP TRIGGER IF EXISTS {table}_no_{verb.lower()}{on}" for verb in verbs]

    guard = _run(lambda vendor: _statements(vendor, table, message, verbs))
    return [RunPython(guard, _run(lift), elidable=False)]
