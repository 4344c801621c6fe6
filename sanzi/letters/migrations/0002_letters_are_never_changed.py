from django.db import migrations

from sanzi.journal.triggers import forbid_changes


class Migration(migrations.Migration):

    dependencies = [
        ("letters", "0001_initial"),
    ]

    operations = [
        *forbid_changes("letters_wording", "文书的文本一经使用不能修改"),
        *forbid_changes("letters_letter", "文书一经制发不能修改或删除，只能作废"),
        *forbid_changes("letters_ending", "作废、替代一经登记不能修改"),
        *forbid_changes("letters_service", "送达记录只能追加，不能修改或删除"),
    ]
