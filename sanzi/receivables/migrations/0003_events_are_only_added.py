from django.db import migrations

from sanzi.journal.triggers import forbid_changes

ADDED = "时效事项只能追加，不能修改或删除；有误请撤回登记"


class Migration(migrations.Migration):
    dependencies = [("receivables", "0002_balances_and_limitation")]
    operations = [*forbid_changes("receivables_limitationevent", ADDED)]
