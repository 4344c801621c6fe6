from django.db import migrations

from sanzi.journal.triggers import forbid_changes, revoke_changes

WORDS = "分档和预警标准只能追加，不能修改或删除；改动请另设一条，写明起用日期"


class Migration(migrations.Migration):
    dependencies = [("income", "0001_income")]

    operations = [
        *forbid_changes("income_standard", WORDS),
        *revoke_changes("income_standard"),
    ]
