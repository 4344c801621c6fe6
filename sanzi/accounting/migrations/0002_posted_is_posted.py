from django.db import migrations

from sanzi.journal.triggers import forbid_changes, revoke_changes

VOUCHERS = "已记账的凭证不能修改或删除，请用红字凭证冲销"
LINES = "已记账的分录不能修改或删除，请用红字凭证冲销"


class Migration(migrations.Migration):
    dependencies = [("accounting", "0001_initial")]
    operations = [
        *forbid_changes("accounting_voucher", VOUCHERS),
        *forbid_changes("accounting_line", LINES),
        *revoke_changes("accounting_voucher"),
        *revoke_changes("accounting_line"),
    ]
