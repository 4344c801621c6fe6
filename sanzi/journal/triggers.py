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


def _statements(
    vendor: str, table: str, message: str, verbs: tuple[str, ...], only: str
) -> list[str]:
    # Names and words come from migrations, never from input; a quote in them would be a mistake.
    assert "'" not in message + table, "no quotes in trigger text"
    when = f" WHEN ({only})" if only else ""
    if vendor == "postgresql":
        fires = {"UPDATE": f"ROW{when}", "DELETE": f"ROW{when}", "TRUNCATE": "STATEMENT"}
        return [_FUNCTION] + [
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"FOR EACH {fires[verb]} EXECUTE FUNCTION sanzi_refuse_change('{message}')"
            for verb in verbs
        ]
    return [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}{when} "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        for verb in verbs
        if verb != "TRUNCATE"
    ]


def _run(statements: Callable[[str], list[str]]) -> Callable[[Any, Any], None]:
    def run(apps: Any, schema_editor: Any) -> None:
        for statement in statements(schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)

    return run


def forbid_changes(
    table: str, message: str, *, erasable: bool = False, only: str = ""
) -> list[Operation]:
    """Migration operations: from now on rows of the table are only ever added.

    Refuses UPDATE, DELETE and (PostgreSQL) TRUNCATE with an IntegrityError that carries `message`;
    an `erasable` table lets rows go, but not change; `only` is a condition on OLD that says which
    rows are meant (others may still be corrected). SQLite drops triggers with their table, so a
    later migration that rebuilds the table must add them again.
    """
    verbs = ("UPDATE",) if erasable else ("UPDATE", "DELETE", "TRUNCATE")

    def lift(vendor: str) -> list[str]:
        on = f" ON {table}" if vendor == "postgresql" else ""
        return [f"DROP TRIGGER IF EXISTS {table}_no_{verb.lower()}{on}" for verb in verbs]

    guard = _run(lambda vendor: _statements(vendor, table, message, verbs, only))
    return [RunPython(guard, _run(lift), elidable=False)]


def revoke_changes(table: str) -> list[Operation]:
    """Migration operations: on PostgreSQL not even the table's owner may change or remove its rows.

    A superuser ignores privileges and meets the trigger of `forbid_changes`; the site's own role
    meets both. Foreign keys lock the rows they point at, which asks for the right to update one
    column: the key's is left, and the trigger guards it. SQLite has no privileges.
    """
    whom = ("PUBLIC", "CURRENT_USER")
    rights = f"UPDATE, DELETE, TRUNCATE ON {table}"

    def revoke(vendor: str) -> list[str]:
        if vendor != "postgresql":
            return []
        taken = [f"REVOKE {rights} FROM {name}" for name in whom]
        return [*taken, f"GRANT UPDATE (id) ON {table} TO CURRENT_USER"]

    def give_back(vendor: str) -> list[str]:
        return [f"GRANT {rights} TO CURRENT_USER"] if vendor == "postgresql" else []

    return [RunPython(_run(revoke), _run(give_back), elidable=False)]
