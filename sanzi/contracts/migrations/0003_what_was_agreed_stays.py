from django.db import migrations

from sanzi.journal.triggers import forbid_changes, revoke_changes

WORDS = {
    "contracts_amendment": "补充协议只能追加，不能修改或删除",
    "contracts_ending": "合同终止只能追加，不能修改或删除",
    "contracts_filing": "合同备案只能追加，不能修改或删除",
    "contracts_carried": "并入的债权只能追加，不能修改或删除",
    "contracts_gainplan": "计划增收只能追加，不能修改或删除",
}


class Migration(migrations.Migration):
    dependencies = [("contracts", "0002_life_and_dues")]

    operations = [
        operation
        for table, words in WORDS.items()
        for operation in (*forbid_changes(table, words), *revoke_changes(table))
    ]
