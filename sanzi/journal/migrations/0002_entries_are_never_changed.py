from django.db import migrations

from sanzi.journal.triggers import forbid_changes


class Migration(migrations.Migration):

    dependencies = [
        ("journal", "0001_initial"),
    ]

    operations = [
        *forbid_changes("journal_entry", "操作日志只能追加，不能修改或删除"),
        *forbid_changes("journal_private", "操作日志的不公开部分只能整条清除，不能修改", erasable=True),
    ]
