from django.db import migrations

from sanzi.journal.triggers import forbid_changes


class Migration(migrations.Migration):
    dependencies = [("receivables", "0005_a_new_kind_is_no_migration")]

    operations = forbid_changes("receivables_milestone", "a court day is only ever added")
