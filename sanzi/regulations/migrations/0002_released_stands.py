from django.db import migrations

from sanzi.journal.triggers import forbid_changes

WORDS = "已发布的制度文本不能修改或删除"


class Migration(migrations.Migration):
    dependencies = [("regulations", "0001_regulations")]

    operations = [
        *forbid_changes(
            "regulations_regulationversion", WORDS, only="OLD.released_at IS NOT NULL"
        ),
    ]
