"""A contract of Shangtian, for whatever it is to go through."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from sanzi.accounting.models import Book
from sanzi.accounting.periods import open_year
from sanzi.contracts.models import Contract
from tests.world import SHANGTIAN

Signs = Callable[..., Contract]


@pytest.fixture
def signed(db: None) -> Signs:
    """Signs a contract: ten years of a hillside at 1,200 yuan a year, unless told otherwise."""

    def sign(number: str = "HT-01", village: str = SHANGTIAN, **terms: Any) -> Contract:
        said = {
            "title": "后山承包合同",
            "category": "资源类",
            "legal_nature": "其他方式承包",
            "written": "书面",
            "issuer": "上田村经济合作社",
            "contractor": "万年青",
            "object_number": "ZY-01",
            "contract_area_mu": Decimal("12.00"),
            "signed_on": date(2020, 1, 1),
            "starts_on": date(2020, 1, 1),
            "ends_on": date(2029, 12, 31),
            "yearly_amount": Decimal("1200.00"),
            "payment_mode": "按年",
            **terms,
        }
        return Contract.objects.create(village=village, number=number, **said)

    return sign


@pytest.fixture
def book(book: Book) -> Book:
    """Shangtian's books, their months open to the end of 2026."""
    with transaction.atomic():
        open_year(book, 2025)
        open_year(book, 2026)
    return book
