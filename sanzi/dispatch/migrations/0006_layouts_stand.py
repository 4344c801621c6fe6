from django.db import migrations

from sanzi.journal.triggers import forbid_changes, revoke_changes

TABLE = "dispatch_layout"


class Migration(migrations.Migration):
    dependencies = [("dispatch", "0005_layouts")]

    operations = [
        *forbid_changes(TABLE, "版式只能换新的一版，不能修改或删除"),
        *revoke_changes(TABLE),
    ]
