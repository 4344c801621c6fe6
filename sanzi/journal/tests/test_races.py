"""Two who record at the same moment, on two connections."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from sanzi.journal.models import Entry
from sanzi.journal.recorder import record
from sanzi.journal.verify import verify
from tests.world import NOON

EACH = 30


@pytest.mark.slow
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer")
@pytest.mark.django_db(transaction=True)
def test_entries_of_two_writers_stand_in_one_unbroken_row(chen, qian):
    def write(person):
        for n in range(EACH):
            with transaction.atomic():
                record(f"a.b:{n}", "race", by=person, at=NOON, private={"n": n})
        connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(write, (chen, qian)))
    assert list(Entry.objects.values_list("seq", flat=True).order_by("seq")) == list(
        range(1, 2 * EACH + 1)
    )
    assert verify() == []
