"""Two who take the same step at the same moment, on two connections."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from sanzi.accounting.models import Voucher
from sanzi.agency.actions import steps
from sanzi.agency.models import Handling
from sanzi.kernel.refusals import Blocked
from tests.world import NOON

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer"),
    pytest.mark.django_db(transaction=True),
]


def both(do, people):
    """Both at once; who was refused how often."""
    together = Barrier(len(people))

    def one(person):
        together.wait()
        try:
            do(person)
        except Blocked as refusal:
            return refusal.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(people)) as pool:
        return sorted(pool.map(one, people))


def test_of_two_reviewers_one_wins_and_the_other_is_told(walk, zheng, feng):
    for _ in range(5):
        draft = walk("prepared")
        outcome = both(
            lambda by, pk=draft.pk: steps.take_step(draft_id=pk, step="review", by=by, now=NOON),
            (zheng, feng),
        )
        assert outcome == ["done", "workflow.moved"]
        assert Handling.objects.filter(draft=draft, step="review").count() == 1


def test_of_two_who_post_one_does(walk, zheng, feng):
    for number in range(1, 6):
        draft = walk("signed")
        outcome = both(
            lambda by, pk=draft.pk: steps.post_matters(draft_ids=[pk], by=by, now=NOON),
            (zheng, feng),
        )
        assert outcome == ["done", "workflow.moved"]
        assert Voucher.objects.count() == number


def test_withdrawing_and_approving_at_once_leaves_one_of_both(walk, lin, min):
    for _ in range(5):
        draft = walk("submitted")
        step = {lin.pk: "withdraw", min.pk: "oversee"}
        outcome = both(
            lambda by, pk=draft.pk, step=step: steps.take_step(
                draft_id=pk, step=step[by.pk], by=by, now=NOON
            ),
            (lin, min),
        )
        assert outcome == ["done", "workflow.moved"]
