"""Keys that took longer to keep than the lines to write, and that a range of keys replaces."""

from typing import Any

from django.db import migrations, models

# Made by the framework for LIKE on PostgreSQL; sources are asked for whole or by a range of keys.
_LIKE = r"""
DO $$ DECLARE found text; BEGIN
    FOR found IN SELECT indexname FROM pg_indexes
        WHERE tablename = 'accounting_voucher' AND indexdef LIKE '%(source varchar_pattern_ops)'
    LOOP EXECUTE format('DROP INDEX %I', found); END LOOP;
END $$
"""


def drop_like(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(_LIKE, params=None)


class Migration(migrations.Migration):
    dependencies = [("accounting", "0002_posted_is_posted")]
    operations = [
        migrations.RemoveIndex(model_name="line", name="lines_by_account"),
        migrations.AddIndex(
            model_name="line",
            index=models.Index(
                condition=models.Q(("account__gte", "322"), ("account__lt", "323")),
                fields=["book", "id"],
                name="lines_of_distribution",
            ),
        ),
        migrations.RunPython(drop_like, migrations.RunPython.noop),
    ]
