"""On PostgreSQL the site's own role is refused before any trigger fires."""

from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction

from sanzi.accounting.models import Voucher

RENT = "借 102 100.00\n贷 501 100.00"
OWNED = ("accounting_voucher", "accounting_line")


@pytest.fixture
def site_role(book, put):
    """The tables given to a role that is no superuser, as an installation has it."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no privileges; the triggers are tested in test_posting.py")
    put(book, "2024-01-05", RENT)
    # Roles belong to the server, not to the database: other workers make theirs at the same time.
    role = f"site_{uuid4().hex}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {role}")
        cursor.execute(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {role}")
        cursor.execute(f"GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {role}")
        for table in OWNED:
            cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {role}")
            cursor.execute(f"GRANT UPDATE (id) ON {table} TO {role}")
    return role


def test_the_owner_of_the_tables_gave_up_its_right_to_change_them(db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no privileges; the triggers are tested in test_posting.py")
    with connection.cursor() as cursor:
        for table in OWNED:
            cursor.execute(
                "SELECT privilege_type FROM information_schema.table_privileges "
                "WHERE table_name = %s AND grantee = current_user",
                [table],
            )
            assert {"UPDATE", "DELETE", "TRUNCATE"}.isdisjoint(row[0] for row in cursor)


def test_a_role_without_the_right_may_post_and_never_change(site_role, book, put):
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {site_role}")
    first = put(book, "2024-01-06", RENT)
    # A red letter points at its voucher by foreign key, which locks that row.
    put(book, "2024-01-07", "借 102 -100.00\n贷 501 -100.00", kind="red", reverses=first.pk)
    for table in OWNED:
        for change in (f"UPDATE {table} SET memo = 'x'", f"DELETE FROM {table}"):
            with (
                pytest.raises(ProgrammingError, match="permission denied"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(change)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    assert Voucher.objects.count() == 3
