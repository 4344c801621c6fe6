"""A small book of Shangtian's first quarter of 2024, small enough to reckon by hand."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from sanzi.access.models import Person
from sanzi.accounting.actions.sets import add_account, set_opening
from sanzi.accounting.models import Book, Dimension, Period
from sanzi.accounting.opening import Totals
from sanzi.disclosure.actions.sheets import publish, review
from sanzi.disclosure.drawing import draw_sheet
from sanzi.disclosure.span import span_of
from tests.books import sides
from tests.brought import ID, PHONE
from tests.world import NOON

Q1 = span_of("2024Q1")


@pytest.fixture
def dims(book: Book) -> dict[str, int]:
    """Whom and what the book's lines are analysed by."""
    rows = [
        ("王", "counterparty", "王建国"),
        ("绿", "counterparty", "清水镇绿源农业有限公司"),
        ("行", "counterparty", "清水镇农村商业银行"),
        ("路", "project", "村北道路硬化"),
    ]
    return {
        short: Dimension.objects.create(book=book, kind=kind, code=name, name=name).pk
        for short, kind, name in rows
    }


@pytest.fixture
def small(book: Book, dims: dict[str, int], put: Any, entry: Any, wu: Person) -> Book:
    """Opened with 10,000 in the bank; every entry below is one line of some table."""
    opening = "借 102 10000.00\n借 112 500.00 王\n贷 201 4000.00 行\n贷 32202 6500.00"
    set_opening(
        book_id=book.pk, sides=sides(opening, **dims), source="test:opening", by=wu, now=NOON,
        totals=Totals(Decimal("10500.00"), Decimal("4000.00"), Decimal("6500.00")),
    )  # fmt: skip
    make = {"book_id": book.pk, "by": wu, "now": NOON}
    add_account(parent="501", code="50101", name="发包及上交收入", **make)
    add_account(parent="501", code="50102", name="租赁收入", **make)
    add_account(parent="513", code="51301", name="干部报酬", **make)
    add_account(parent="513", code="51302", name="办公费", **make)
    said = f"收王建国欠款 {ID} {PHONE}"
    put(book, "2024-01-05", "借 102 200.00\n贷 112 200.00 王", memo=said, named=dims)
    put(book, "2024-01-10", "借 102 1200.00\n贷 50102 1200.00 绿", memo="收厂房租金", named=dims)
    put(book, "2024-02-01", "借 112 900.00 王\n贷 50101 900.00 王", memo="应收发包款", named=dims)
    put(book, "2024-02-15", "借 51301 600.00\n贷 102 600.00", memo="付王建国误工补贴")
    put(book, "2024-03-01", "借 51302 80.50\n贷 101 80.50", memo="购办公用品")
    put(book, "2024-03-02", "借 51302 -80.50\n贷 101 -80.50", memo="注销3月1号凭证")
    put(book, "2024-03-05", "借 51302 80.05\n贷 102 80.05", memo="购办公用品")
    _project(book, put, dims, "2024-03-08", "借 102 3000.00\n贷 241 3000.00", "收到道路补助")
    _project(book, put, dims, "2024-03-09", "借 102 500.00\n贷 231 500.00", "一事一议筹资")
    _project(book, put, dims, "2024-03-20", "借 241 1000.00\n贷 102 1000.00", "付道路工程款")
    return book


def _project(book: Book, put: Any, dims: dict[str, int], day: str, text: str, memo: str) -> None:
    lines = [
        replace(side, project=dims["路"]) if side.account != "102" else side for side in sides(text)
    ]
    put(book, day, text, memo=memo, sides=lines)


@pytest.fixture
def close() -> Callable[..., None]:
    """Months are closed without the whole year end."""

    def do(book: Book, *months: int) -> None:
        Period.objects.filter(book=book, period__in=months).update(state=Period.State.CLOSED)

    return do


@pytest.fixture
def closed(small: Book, close: Any) -> Book:
    close(small, 202401, 202402, 202403)
    return small


@pytest.fixture
def visit(client: Any, django_assert_max_num_queries: Any) -> Callable[..., str]:
    """A page as this person (None: somebody passing by) sees it, in at most twenty queries."""

    def get(person: Any, url: str, status: int = 200) -> str:
        client.logout()
        if person is not None:
            client.force_login(person)
        with django_assert_max_num_queries(20):
            answer = client.get(url)
        assert answer.status_code == status, answer.content.decode()[-1500:]
        return str(answer.content.decode())

    return get


@pytest.fixture
def seen(collective: Any) -> Callable[..., dict[str, Any]]:
    """What an opinion or a publication says it looked at."""

    def now(span: Any = Q1, organisation: Any = None) -> dict[str, Any]:
        organisation = organisation or collective
        drawn = draw_sheet(organisation, span)
        return {"organisation_id": organisation.pk, "span": span, "sha256": drawn.sha256}

    return now


@pytest.fixture
def public(closed: Book, seen: Any, min: Person, zheng: Person) -> Any:
    """The first quarter, agreed to by Min and published by Zheng."""
    review(**seen(), agrees=True, words="账目清楚", by=min, now=NOON)
    return publish(**seen(), by=zheng, now=NOON)
