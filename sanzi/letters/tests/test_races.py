"""Two writers at once: every number once, none left out."""

import threading
from datetime import datetime

import pytest
from django.db import connection

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.journal.recorder import record_many
from sanzi.kernel.refusals import Blocked
from sanzi.letters.models import Letter
from sanzi.letters.writing import Draft, traces, write_many
from tests.world import NOON, SHANGTIAN, XIATIAN

from .conftest import DEMAND, demand, values

WRITERS, TURNS, EACH = 4, 5, 3


@action("letters.issue")
def demand_and_give_up(*, drafts: list[Draft], by: Person, now: datetime) -> None:
    """Writes letters, then finds that it must not."""
    record_many(traces(write_many(DEMAND, drafts, by=by, now=now)), by=by, at=now)
    raise Blocked("test.moved-on", "已有人办理")


@pytest.mark.slow
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer")
@pytest.mark.django_db(transaction=True)
def test_writers_at_once_leave_no_gap_and_use_no_number_twice(people):
    """Each writes for both villages, in either order; one in three gives up at the end."""
    failed: list[BaseException] = []

    def write(which: int) -> None:
        villages = [SHANGTIAN, XIATIAN] if which % 2 else [XIATIAN, SHANGTIAN]
        drafts = [Draft(values(), f"t:{which}", village) for village in villages * EACH]
        try:
            by = Person.objects.get(username="chen")
            for turn in range(TURNS):
                if (which + turn) % 3:
                    demand(drafts=drafts, by=by, now=NOON)
                else:
                    with pytest.raises(Blocked):
                        demand_and_give_up(drafts=drafts, by=by, now=NOON)
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(n,)) for n in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    kept = sum(EACH for n in range(WRITERS) for turn in range(TURNS) if (n + turn) % 3)
    for village in (SHANGTIAN, XIATIAN):
        mine = Letter.objects.filter(village=village).order_by("number")
        assert list(mine.values_list("number", flat=True)) == list(range(1, kept + 1))
