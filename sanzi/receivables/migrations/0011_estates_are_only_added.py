from django.db import migrations

from sanzi.journal.triggers import forbid_changes

WORDS = "遗产登记只能追加，不能修改或删除；有误请重新登记"


class Migration(migrations.Migration):
    dependencies = [("receivables", "0010_estates_of_debtors")]
    operations = [*forbid_changes("receivables_estate", WORDS)]
