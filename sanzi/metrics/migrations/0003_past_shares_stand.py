from django.db import migrations

from sanzi.journal.triggers import forbid_changes, revoke_changes

TABLE = "metrics_pastshare"


class Migration(migrations.Migration):
    dependencies = [("metrics", "0002_past_shares_are_kept")]

    operations = [
        *forbid_changes(TABLE, "汇总的历史只能追加，不能修改或删除"),
        *revoke_changes(TABLE),
    ]
