"""A small year in Shangtian's books, and the hands that close it."""

from collections.abc import Callable
from typing import Any

import pytest

from sanzi.accounting.models import Book, Voucher
from sanzi.yearend.actions.months import close_month
from sanzi.yearend.actions.plans import confirm_plan, draft_plan
from sanzi.yearend.actions.years import carry_out, carry_over, state_step
from sanzi.yearend.models import Distribution
from tests.world import NOON

PLAN = {
    "from_reserve": "0.00",
    "reserve_rate": "0.30",
    "reserve_account": "311",
    "members": "1000.00",
    "heads": 3,
    "members_account": "113",
    "other": "0.00",
    "other_account": "",
    "other_words": "",
    "decision": "成员（代表）大会〔2024〕5号",
    "decided_on": "2024-12-28",
    "sheets": 2,
}


@pytest.fixture
def year(book: Book, put: Callable[..., Voucher]) -> Book:
    """2024: rent 5,000.00, a subsidy taken back in red, costs of 1,700.10."""
    put(book, "2024-01-05", "借 102 9000.00\n贷 301 9000.00")
    put(book, "2024-03-05", "借 102 5000.00\n贷 501 5000.00")
    put(book, "2024-05-05", "借 102 300.00\n贷 503 300.00")
    put(book, "2024-06-05", "借 102 -400.00\n贷 503 -400.00")
    put(book, "2024-07-05", "借 513 1200.10\n贷 102 1200.10")
    put(book, "2024-12-20", "借 514 500.00\n贷 102 500.00")
    return book


@pytest.fixture
def close_through(zheng: Any) -> Callable[[Book, int], None]:
    """Close the months of a year from January through this one."""

    def do(book: Book, last: int) -> None:
        for period in range(max(last // 100 * 100 + 1, book.begins), last + 1):
            close_month(book_id=book.pk, period=period, by=zheng, now=NOON)

    return do


@pytest.fixture
def take(zheng: Any, wu: Any) -> Callable[..., Any]:
    """Take one step of a year end as whoever takes it: take(book, "close")."""

    def do(book: Book, step: str, year: int = 2024, **more: Any) -> Any:
        wanted = {"book_id": book.pk, "year": year, "now": NOON, **more}
        if step in ("stocktake", "accrue", "clear"):
            words = wanted.pop("words", "已盘点核对，无差错")
            return state_step(**{"by": wu, "step": step, "words": words, **wanted})
        if step == "distribute":
            return confirm_plan(**{"by": zheng, **wanted})
        if step == "carry":
            return carry_over(**{"by": zheng, **wanted})
        return carry_out(**{"by": zheng, "step": step, **wanted})

    return do


@pytest.fixture
def plan(wu: Any) -> Callable[..., Distribution]:
    """Draft a plan as Wu: plan(book, members=…)."""
    from datetime import date
    from decimal import Decimal

    def do(book: Book, year: int = 2024, **more: Any) -> Distribution:
        told: dict[str, Any] = {**PLAN, **{k: str(v) for k, v in more.items() if k != "by"}}
        for name in ("from_reserve", "reserve_rate", "members", "other"):
            told[name] = Decimal(told[name])
        for name in ("heads", "sheets"):
            told[name] = int(told[name])
        told["decided_on"] = date.fromisoformat(told["decided_on"])
        by = more.get("by", wu)
        return draft_plan(book_id=book.pk, year=year, by=by, now=NOON, **told)

    return do


@pytest.fixture
def to_profit(year: Book, close_through: Callable[..., None], take: Callable[..., Any]) -> Book:
    """The year with its result in 未分配收益."""
    close_through(year, 202411)
    for step in ("stocktake", "accrue", "clear", "close", "profit"):
        take(year, step)
    return year


@pytest.fixture
def draft_of(lin: Any) -> Callable[[Book, str], Any]:
    """A matter still under way: draft_of(book, "2024-03-09")."""
    from datetime import date

    from sanzi.agency.actions.steps import begin
    from sanzi.kernel.money import yuan

    def do(book: Book, dated: str) -> Any:
        return begin(
            book_id=book.pk, flow="expense", dated=date.fromisoformat(dated), memo="买办公用品",
            amount=yuan("20.00"), attachments=1, by=lin, now=NOON,
        )  # fmt: skip

    return do
