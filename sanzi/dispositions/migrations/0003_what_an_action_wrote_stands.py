from django.db import migrations

from sanzi.journal.triggers import forbid_changes

STANDS = "系统办理登记的变动不能修改或删除，请冲回后重新登记"


class Migration(migrations.Migration):
    dependencies = [("dispositions", "0002_acts_that_stand")]
    operations = [*forbid_changes("dispositions_disposition", STANDS, only="OLD.source <> ''")]
