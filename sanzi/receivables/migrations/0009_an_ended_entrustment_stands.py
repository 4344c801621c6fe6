from django.db import migrations

from sanzi.journal.triggers import forbid_changes

WORDS = "已移出的清收交办不能修改或删除"


class Migration(migrations.Migration):
    dependencies = [("receivables", "0008_claims_in_a_collectors_hands")]
    operations = [
        *forbid_changes("receivables_entrustment", WORDS, only="OLD.until IS NOT NULL"),
    ]
