from django.db import migrations

from sanzi.journal.triggers import forbid_changes, revoke_changes

WORDS = {
    "contests_result": "评比结果封分后只能追加，不能修改或删除",
    "contests_award": "资金核定只能追加，不能修改或删除",
    "contests_awarduse": "资金使用记录只能追加，不能修改或删除",
}


class Migration(migrations.Migration):
    dependencies = [("contests", "0001_contests")]

    operations = [
        operation
        for table, words in WORDS.items()
        for operation in (*forbid_changes(table, words), *revoke_changes(table))
    ]
