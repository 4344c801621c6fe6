from django.db import migrations

from sanzi.journal.triggers import forbid_changes, revoke_changes

WORDS = {
    "cleanup_checkanswer": "核查答复只能追加，不能修改或删除",
    "cleanup_visit": "走访记录只能追加，不能修改或删除",
    "cleanup_timeranswer": "期限办理记录只能追加，不能修改或删除",
}


class Migration(migrations.Migration):
    dependencies = [("cleanup", "0002_thresholds_checks_and_timers")]

    operations = [
        operation
        for table, words in WORDS.items()
        for operation in (*forbid_changes(table, words), *revoke_changes(table))
    ]
