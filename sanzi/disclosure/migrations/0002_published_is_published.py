from django.db import migrations

from sanzi.journal.triggers import forbid_changes, revoke_changes

PUBLISHED = "已公开的内容不能修改或删除，更正请公开新的版本"
SAID = "审核意见、填报内容和答复只能追加，不能修改或删除"


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0001_initial")]
    operations = [
        *forbid_changes("disclosure_publication", PUBLISHED),
        *forbid_changes("disclosure_review", SAID),
        *forbid_changes("disclosure_statement", SAID),
        *forbid_changes("disclosure_answer", SAID),
        *forbid_changes("disclosure_rulevalue", SAID),
        *revoke_changes("disclosure_publication"),
        *revoke_changes("disclosure_review"),
    ]
