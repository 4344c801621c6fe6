from django.db import migrations

from sanzi.journal.triggers import forbid_changes


class Migration(migrations.Migration):
    dependencies = [("netting", "0002_private_debts_and_limits")]
    operations = [*forbid_changes("netting_privatemovement", "民间欠款的变动只能追加，不能修改或删除")]
