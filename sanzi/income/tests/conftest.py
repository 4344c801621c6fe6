"""Villages with incomes: Shangtian from its books, Xiatian from the register, Liyuan none."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from sanzi.accounting.periods import open_year
from sanzi.income.actions import goals as writes
from sanzi.villages.models import Income
from tests.books import *  # noqa: F403
from tests.world import NOON, QINGSHUI, SHANGTIAN, XIATIAN

YEAR_END = date(2025, 12, 31)


def reported(village, year=2025, **amounts):
    return Income.objects.create(
        village=village, year=year, **{name: Decimal(text) for name, text in amounts.items()}
    )


@pytest.fixture
def get(client):
    def do(person, name, *args, status=200, **params):
        client.force_login(person)
        answer = client.get(reverse(f"income:{name}", args=args), params)
        assert answer.status_code == status, answer.content.decode()[:500]
        return answer.content.decode()

    return do


@pytest.fixture
def post(client):
    def do(person, name, *args, status=302, **data):
        client.force_login(person)
        answer = client.post(reverse(f"income:{name}", args=args), data)
        assert answer.status_code == status, answer.content.decode()[:2000]
        return answer.content.decode()

    return do


@pytest.fixture
def kept(book, put):
    """Shangtian's 2025: 90,000 of rent in March, 10,000 of sold things in December, 30,000 granted,
    closed at the year's end."""
    for year in (2025, 2026):
        open_year(book, year)
    put(book, "2025-03-05", "借 102 90000.00\n贷 501 90000.00", memo="收机动地租金")
    put(book, "2025-06-05", "借 102 30000.00\n贷 503 30000.00", memo="收补助")
    put(book, "2025-12-20", "借 102 10000.00\n贷 504 10000.00", memo="变卖旧设备")
    put(book, "2025-08-01", "借 513 5000.00\n贷 102 5000.00", memo="付误工补贴")
    put(
        book, "2025-12-31",
        "借 501 90000.00\n借 503 30000.00\n借 504 10000.00\n贷 321 130000.00",
        kind="closing", memo="结转收入",
    )  # fmt: skip
    return book


@pytest.fixture
def neighbour(places):
    return reported(XIATIAN, operating_income="99999.99", subsidy_income="5000.00")


@pytest.fixture
def goal(gao):
    return writes.set_goal(
        region=QINGSHUI, title="十万清零", code="collective", threshold=Decimal("100000.00"),
        wanted=None, by_on=YEAR_END, counts_one_off=False, reason="", by=gao, now=NOON,
    )  # fmt: skip


__all__ = ["QINGSHUI", "SHANGTIAN", "XIATIAN", "YEAR_END", "reported"]
