"""What every voucher paid for on PostgreSQL and one in a thousand needed.

A foreign key asks at commit for every row whether it points anywhere; a trigger with a condition is
not called for the rows that reverse nothing. What it points at never goes: the table's other
triggers see to that. SQLite asks no such thing of empty keys and keeps its foreign key.

A source is compared by its bytes, not by the alphabet of the server's language, which takes several
times as long; its key then also finds sources by how they begin.
"""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

_WITHOUT_KEY = r"""
DO $$ DECLARE found text; BEGIN
    FOR found IN SELECT conname FROM pg_constraint
        WHERE conrelid = 'accounting_voucher'::regclass AND contype = 'f'
        AND confrelid = 'accounting_voucher'::regclass
    LOOP EXECUTE format('ALTER TABLE accounting_voucher DROP CONSTRAINT %I', found); END LOOP;
END $$
"""
_FUNCTION = """
CREATE FUNCTION sanzi_reversed_is_there() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM accounting_voucher WHERE id = NEW.reverses_id) THEN
        RAISE EXCEPTION 'accounting_voucher.reverses_id % is no voucher', NEW.reverses_id
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$
"""
_TRIGGER = """
CREATE TRIGGER accounting_voucher_reverses AFTER INSERT ON accounting_voucher
FOR EACH ROW WHEN (NEW.reverses_id IS NOT NULL) EXECUTE FUNCTION sanzi_reversed_is_there()
"""
_BY_BYTES = 'ALTER TABLE accounting_voucher ALTER COLUMN source TYPE varchar(120) COLLATE "C"'

_KEY_AGAIN = """
ALTER TABLE accounting_voucher ADD CONSTRAINT accounting_voucher_reverses_fk
FOREIGN KEY (reverses_id) REFERENCES accounting_voucher (id) DEFERRABLE INITIALLY DEFERRED
"""
_BY_LANGUAGE = (
    'ALTER TABLE accounting_voucher ALTER COLUMN source TYPE varchar(120) COLLATE "default"'
)


def ask_less(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for statement in (_WITHOUT_KEY, _FUNCTION, _TRIGGER, _BY_BYTES):
            schema_editor.execute(statement, params=None)


def ask_all(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for statement in (
            "DROP TRIGGER accounting_voucher_reverses ON accounting_voucher",
            "DROP FUNCTION sanzi_reversed_is_there()",
            _KEY_AGAIN,
            _BY_LANGUAGE,
        ):
            schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("accounting", "0004_vouchers_in_files")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(ask_less, ask_all, elidable=False)],
            state_operations=[
                migrations.AlterField(
                    model_name="voucher",
                    name="reverses",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="accounting.voucher",
                    ),
                )
            ],
        )
    ]
