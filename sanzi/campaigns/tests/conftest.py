"""Tasks given through the same function every feature calls."""

from datetime import date

import pytest
from django.db import transaction

from sanzi.campaigns.giving import Order, give
from tests.world import NOON, SHANGTIAN

DUE = date(2026, 3, 31)


@pytest.fixture
def given(chen):
    """Give tasks as the town's clerk; without words one task of Shangtian's."""

    def act(*orders, by=chen, now=NOON, **one):
        if not orders:
            asked = {"village": SHANGTIAN, "matter": "收清荷塘租金", "due_on": DUE} | one
            orders = (Order(**asked),)
        with transaction.atomic():
            return give(orders, by=by, now=now)

    return act
