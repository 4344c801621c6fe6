from django.db import migrations

from sanzi.journal.triggers import forbid_changes, revoke_changes

WORDS = {
    "dispatch_opinion": "统一口径只能修订为新的一版，不能修改或删除",
    "dispatch_citation": "口径的引用只能追加，不能修改或删除",
}


class Migration(migrations.Migration):
    dependencies = [("dispatch", "0003_studies_and_opinions")]

    operations = [
        operation
        for table, words in WORDS.items()
        for operation in (*forbid_changes(table, words), *revoke_changes(table))
    ]
