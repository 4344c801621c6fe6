from django.db import migrations

from sanzi.journal.triggers import forbid_changes, revoke_changes

WORDS = {
    "dispatch_sheet": "调度表生成后不能修改或删除，有误请更正为新的一版",
    "dispatch_explanation": "调度表的说明只能追加，不能修改或删除",
    "dispatch_blockerstep": "需协调事项的经过只能追加，不能修改或删除",
}


class Migration(migrations.Migration):
    dependencies = [("dispatch", "0001_sheets_and_blockers")]

    operations = [
        operation
        for table, words in WORDS.items()
        for operation in (*forbid_changes(table, words), *revoke_changes(table))
    ]
