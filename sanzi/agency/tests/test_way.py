"""From a village's report to the posted voucher."""

import pytest

from sanzi.accounting.models import Voucher
from sanzi.agency.stages import WAY
from sanzi.agency.tests.conftest import LINES
from tests.books import written


@pytest.mark.parametrize("stage", WAY)
def test_the_usual_hands_bring_a_matter_to_every_stage(walk, stage):
    assert walk(stage).stage == stage


def test_posting_writes_one_voucher_that_names_everybody(walk, wu, zheng, chu, feng):
    draft = walk("posted")
    voucher = Voucher.objects.get()
    assert draft.voucher == voucher
    assert written(voucher) == LINES
    assert voucher.source == f"agency.draft:{draft.pk}"
    assert voucher.attachments == 2
    assert (voucher.prepared_by, voucher.reviewed_by, voucher.cashier, voucher.posted_by) == (
        wu,
        zheng,
        chu,
        feng,
    )
