from django.db import migrations

from sanzi.journal.triggers import forbid_changes


class Migration(migrations.Migration):
    dependencies = [("resolutions", "0001_initial")]

    operations = [
        *forbid_changes("resolutions_meeting", "会议记录只能新增，不能修改或删除"),
        *forbid_changes("resolutions_posting", "公示记录只能新增，不能修改或删除"),
    ]
