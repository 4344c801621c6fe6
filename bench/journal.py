"""How fast the journal is written and verified, as ratios to plain inserts and plain reads.

    python bench/journal.py [ENTRIES]

Uses the database of the environment, in a transaction that is rolled back.
"""

import os
import sys
import time
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sanzi.config.settings")
django.setup()

from django.db import transaction  # noqa: E402
from django.utils.timezone import now  # noqa: E402

from sanzi.journal.models import Entry  # noqa: E402
from sanzi.journal.recorder import Trace, record_many  # noqa: E402
from sanzi.journal.verify import verify  # noqa: E402


def rate(count: int, work: Callable[[], object]) -> float:
    """Rows a second."""
    began = time.perf_counter()
    work()
    return count / (time.perf_counter() - began)


def plain(count: int, start: int) -> list[Entry]:
    return [
        Entry(seq=start + n, at=now(), actor="x", actor_name="x", public="{}", leaf="0" * 64,
              head="0" * 64, object=f"contracts.contract:{n}", action="contracts.import")
        for n in range(count)
    ]  # fmt: skip


def traces(count: int) -> list[Trace]:
    return [
        Trace(f"contracts.contract:{n}", "contracts.import", "999901001201", "导入",
              {"row": n}, {"after": {"number": f"HT-{n}", "amount": 1200000}})
        for n in range(count)
    ]  # fmt: skip


def main(count: int) -> None:
    with transaction.atomic():
        bare = rate(count, lambda: Entry.objects.bulk_create(plain(count, 10**9), batch_size=1000))
        transaction.set_rollback(True)
    with transaction.atomic():
        drafts = traces(count)
        append = rate(count, lambda: record_many(drafts, by=None, at=now()))
        total = Entry.objects.count()
        read = rate(total, lambda: list(Entry.objects.values_list().iterator()))
        check = rate(total, lambda: print("damages:", len(verify())))
        transaction.set_rollback(True)
    print(f"plain insert {bare:9,.0f} rows/s")
    print(f"append       {append:9,.0f} rows/s   {append / bare:.2f} of plain (with private part)")
    print(f"plain read   {read:9,.0f} rows/s")
    print(f"verify       {check:9,.0f} rows/s   {check / read:.2f} of plain")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
