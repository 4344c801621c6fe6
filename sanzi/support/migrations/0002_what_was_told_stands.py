from django.db import migrations

from sanzi.journal.triggers import forbid_changes, revoke_changes

WORDS = {
    "support_deed": "走访和帮扶记录只能追加，不能修改或删除",
    "support_reading": "目标读数只能追加，不能修改或删除",
    "support_circular": "通报只能追加，不能修改或删除",
    "support_outcome": "成交结果只能追加，不能修改或删除",
}


class Migration(migrations.Migration):
    dependencies = [("support", "0001_who_helps_whom")]

    operations = [
        operation
        for table, words in WORDS.items()
        for operation in (*forbid_changes(table, words), *revoke_changes(table))
    ]
