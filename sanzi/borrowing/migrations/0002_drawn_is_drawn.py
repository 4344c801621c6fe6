from django.db import migrations

from sanzi.journal.triggers import forbid_changes


class Migration(migrations.Migration):
    dependencies = [("borrowing", "0001_initial")]
    operations = [*forbid_changes("borrowing_drawing", "用款记录只能追加，不能修改或删除")]
