"""A small clean-up in the world's villages: contracts, claims and a debt with their shares."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import transaction
from openpyxl import load_workbook

from sanzi.contracts.models import Contract
from sanzi.debts.models import Debt
from sanzi.metrics.share import Contribution
from sanzi.metrics.shares import RowShares, replace
from sanzi.orgs.tree import ensure
from sanzi.receivables.models import Claim
from tests.world import LIYUAN, QINGSHUI, SHANGTIAN, XIATIAN

BASE, LATER = date(2021, 12, 31), date(2022, 6, 30)
AS_OF = "2022-12-31"


def contract(village: str, number: str, **columns) -> Contract:
    plain = {"title": f"{number}荷塘承包", "contractor": "王建国", "category": "资源类"}
    return Contract.objects.create(village=village, number=number, **(plain | columns))


def claim(village: str, number: str, **columns) -> Claim:
    plain = {"debtor": "李保田", "nature": "承包费租金", "book": "账内", "principal": Decimal("1")}
    return Claim.objects.create(village=village, number=number, **(plain | columns))


def share(register: str, row, *contributions: tuple[str, date, int]) -> None:
    """Give a row these shares, in one transaction as an action would."""
    with transaction.atomic():
        parts = [Contribution(*one) for one in contributions]
        replace(register, {row.pk: RowShares(row.village, parts)})


@pytest.fixture
def cleanup(places):
    """Shangtian: two irregular contracts, one revised later; 400 owed, 300 recovered in two goes.
    Xiatian: 100 owed, nothing recovered, and a new debt. Liyuan belongs to the next town."""
    first, second = contract(SHANGTIAN, "A-1"), contract(SHANGTIAN, "A-2", title="100%_果园")
    share(
        "contracts",
        first,
        ("contracts.total", BASE, 1),
        ("contracts.irregular", BASE, 1),
        ("contracts.revised", LATER, 1),
    )
    share("contracts", second, ("contracts.total", BASE, 1), ("contracts.irregular", BASE, 1))
    owed = claim(SHANGTIAN, "Z-1")
    share(
        "receivables",
        owed,
        ("receivables.count", date.min, 1),
        ("receivables.locked", BASE, 400_00),
        ("receivables.recovered", LATER, 250_00),
        ("receivables.cash", LATER, 250_00),
        ("receivables.recovered", date(2022, 12, 25), 50_00),
        ("receivables.set_off", date(2022, 12, 25), 50_00),
    )
    other = claim(XIATIAN, "Z-1", debtor="钱多多")
    share(
        "receivables",
        other,
        ("receivables.count", date.min, 1),
        ("receivables.locked", BASE, 100_00),
    )
    debt = Debt.objects.create(
        village=XIATIAN, number="D-1", creditor="信用社", kind="金融借款", principal=Decimal("9")
    )
    share("debts", debt, ("debts.count", date.min, 1), ("debts.new", LATER, 900))
    canary = contract(LIYUAN, "C-1", title="canary-of-liyuan", contractor="canary-person")
    share("contracts", canary, ("contracts.total", BASE, 1))
    return {"first": first, "second": second, "claim": owed, "canary": canary}


@pytest.fixture
def many(cleanup):
    """Qingshui grown to sixty villages more, each with a contract and a claim."""
    codes = [f"{QINGSHUI}{300 + i}" for i in range(60)]
    ensure({code: f"{i}号村" for i, code in enumerate(codes)})
    for i, code in enumerate(codes):
        share(
            "contracts",
            contract(code, "N-1"),
            ("contracts.total", BASE, 1),
            ("contracts.irregular", BASE, 1),
            ("contracts.revised", LATER, i % 2),
        )
        share(
            "receivables",
            claim(code, "Y-1"),
            ("receivables.locked", BASE, 1000),
            ("receivables.recovered", LATER, 10 * i),
        )
    return codes


@pytest.fixture
def visit(client):
    """A page as this person sees it."""

    def get(person, url: str, status: int = 200) -> str:
        client.force_login(person)
        answer = client.get(url)
        assert answer.status_code == status, answer.content.decode()[-2000:]
        return answer.content.decode()

    return get


def sheet(answer) -> list[list]:
    """The cells of a downloaded workbook."""
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
    rows = book.worksheets[0].iter_rows(values_only=True)
    return [[v.date() if isinstance(v, datetime) else v for v in row] for row in rows]
