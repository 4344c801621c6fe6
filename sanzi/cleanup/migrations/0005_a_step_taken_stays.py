from django.db import migrations

from sanzi.journal.triggers import forbid_changes


class Migration(migrations.Migration):
    dependencies = [("cleanup", "0004_cases_and_their_remedies")]

    operations = forbid_changes("cleanup_casestep", "办理步骤只能新增，不能修改或删除")
