from django.db import migrations

from sanzi.journal.triggers import forbid_changes

WORDS = "已终止的包联记录不能修改或删除"


class Migration(migrations.Migration):
    dependencies = [("responsibility", "0001_assignments")]

    operations = [
        *forbid_changes("responsibility_assignment", WORDS, only="OLD.to_on IS NOT NULL"),
    ]
