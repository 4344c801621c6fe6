"""Two people at one book at the same moment, on two connections."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from sanzi.accounting.models import Period, Voucher
from sanzi.kernel.refusals import Blocked, Refusal
from sanzi.yearend.actions.months import close_month
from sanzi.yearend.models import YearStep
from tests.world import NOON

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer"),
    pytest.mark.django_db(transaction=True),
]


def at_once(*jobs: Callable[[], Any]) -> list[Any]:
    """Run these together; what each answered, or how it was refused."""
    gate = Barrier(len(jobs))

    def run(job: Callable[[], Any]) -> Any:
        gate.wait()
        try:
            return job()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def test_a_month_closes_before_a_voucher_or_after_it_and_never_around_it(year, put, zheng):
    for month in range(1, 12):
        period = 202400 + month
        closed, posted = at_once(
            lambda p=period: close_month(book_id=year.pk, period=p, by=zheng, now=NOON),
            lambda m=month: put(year, f"2024-{m:02}-15", "借 102 1.00\n贷 501 1.00"),
        )
        assert isinstance(closed, Period)
        if isinstance(posted, Blocked):
            assert posted.code == "period.closed"
        standing = Period.objects.get(book=year, period=period)
        assert standing.state == "closed"
        assert standing.vouchers == Voucher.objects.filter(book=year, period=period).count()


def test_of_two_who_take_one_step_one_does(year, close_through, take, zheng, feng):
    close_through(year, 202411)
    for step in ("stocktake", "accrue", "clear"):
        take(year, step)
    for step in ("close", "profit"):
        answers = at_once(
            lambda s=step: take(year, s, by=zheng), lambda s=step: take(year, s, by=feng)
        )
        assert sorted(type(answer).__name__ for answer in answers) == ["Blocked", "YearStep"]
    assert Voucher.objects.filter(kind="closing").count() == 3
    assert YearStep.objects.filter(step__in=("close", "profit")).count() == 2
