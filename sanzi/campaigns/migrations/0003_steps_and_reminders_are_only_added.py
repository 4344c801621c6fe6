from django.db import migrations

from sanzi.journal.triggers import forbid_changes


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0002_campaigns_tasks_and_reminders")]

    operations = [
        *forbid_changes("campaigns_taskstep", "任务的办理步骤只能新增，不能修改或删除"),
        *forbid_changes("campaigns_ladder", "督办级次只能新增版本，不能修改或删除"),
        *forbid_changes("campaigns_reminder", "催办记录只能新增，不能修改或删除"),
    ]
