from typing import Any

from django.db import migrations

from sanzi.journal.triggers import forbid_changes

DECIDED = "预算决议登记后不能修改或删除，请另行编制调整预算"
RULED = "支出规定只能新增，不能修改或删除"
LOCKED = "预算批准后不能修改，请另行编制调整预算"

_TABLE = "budgets_budgetline"
_ROWS = {"INSERT": "NEW", "UPDATE": "OLD", "DELETE": "OLD"}


def lock(apps: Any, schema_editor: Any) -> None:
    """A line is written, changed or taken away only while its version is a draft."""
    for verb, row in _ROWS.items():
        name = f"{_TABLE}_locked_{verb.lower()}"
        if schema_editor.connection.vendor == "postgresql":
            function = f"""
            CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF (SELECT stage FROM budgets_budget WHERE id = {row}.budget_id) <> 'drafting' THEN
                    RAISE EXCEPTION '{LOCKED}' USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN {"OLD" if verb == "DELETE" else "NEW"};
            END $$"""
            trigger = (
                f"CREATE TRIGGER {name} BEFORE {verb} ON {_TABLE} "
                f"FOR EACH ROW EXECUTE FUNCTION {name}()"
            )
            schema_editor.execute(function, params=None)
        else:
            trigger = (
                f"CREATE TRIGGER {name} BEFORE {verb} ON {_TABLE} "
                f"WHEN (SELECT stage FROM budgets_budget WHERE id = {row}.budget_id) <> 'drafting' "
                f"BEGIN SELECT RAISE(ABORT, '{LOCKED}'); END"
            )
        schema_editor.execute(trigger, params=None)


def unlock(apps: Any, schema_editor: Any) -> None:
    """Take the locks away."""
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for verb in _ROWS:
        name = f"{_TABLE}_locked_{verb.lower()}"
        on = f" ON {_TABLE}" if is_postgresql else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{on}", params=None)
        if is_postgresql:
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}()", params=None)


class Migration(migrations.Migration):
    dependencies = [("budgets", "0001_initial")]
    operations = [
        *forbid_changes("budgets_budgetdecision", DECIDED),
        *forbid_changes("budgets_spendingrule", RULED),
        migrations.RunPython(lock, unlock, elidable=False),
    ]
