from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

import pytest

from sanzi.debts.actions import resolving
from sanzi.debts.models import Resolving
from sanzi.documents.tests.files import jpeg, upload
from tests.books import book, collective, entry, neighbours_book, put
from tests.brought import bring, brought, visit
from tests.world import NOON

__all__ = ("book", "bring", "brought", "collective", "entry", "neighbours_book", "put", "visit")

_keys = count(1)


@pytest.fixture
def propose(brought: Any, wu: Any) -> Callable[..., Resolving]:
    """Wu proposes a step out of Shangtian's debt to Zhao: propose("D01", "1000")."""

    def do(way: str, amount: str, **more: Any) -> Resolving:
        facts = {
            "debt_id": brought["debt"].pk,
            "dated": date(2024, 3, 5),
            "key": f"key-{next(_keys)}",
            "files": [upload("协议.jpg", jpeg())],
            "basis": "测试依据",
            "by": wu,
            "now": NOON,
        }
        return resolving.propose(way=way, amount=Decimal(amount), **{**facts, **more})

    return do
