"""The demonstration's income goals: the city's two of 2022, a town's of this year, one mark,
two calls.

They read the rows that are there and add none to any figure.
"""

import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from django.utils.timezone import localdate

from sanzi.access.models import Person
from sanzi.income.actions import calls, goals, marks
from sanzi.income.calling import ASKED, drawn_for
from sanzi.income.models import Goal, OneOff, Statement
from sanzi.income.vouchers import income_lines
from sanzi.kernel.money import from_fen

from .demo_cast import POSTS, REPORTS, TOWN, VILLAGE, acting, books_of

CITY, CITY_SETS, TOWN_SETS = "1403", "yq-lingdao", "zc-lingdao"
ASKS = "zc-jingban"
YEAR_END = date(2022, 12, 31)
LAST_YEAR = 2025

Tell = Callable[[str], None]


def set_goals(*, tell: Tell) -> None:
    """Set what nobody has set yet; later visits leave it as visitors left it."""
    by = Person.objects.get(username=CITY_SETS)
    if Goal.objects.visible_to(by).filter(region=CITY).exists():
        return
    began = time.monotonic()
    for title, threshold, wanted in (("百村百万", 1_000_000, 100), ("十万清零", 100_000, None)):
        _set(CITY, title, threshold, wanted, YEAR_END, CITY_SETS)
    this_year = date(LAST_YEAR + 1, 12, 31)
    _set(TOWN, "村村过十万", 100_000, None, this_year, TOWN_SETS)
    _mark()
    _call()
    _call_the_city()
    tell(f"增收目标 3 项、一次性收入 1 笔、收入台账 2 期，用时 {time.monotonic() - began:.1f} 秒")


def _set(
    region: str, title: str, threshold: int, wanted: int | None, by_on: date, sets: str
) -> None:
    goals.set_goal(
        region=region, title=title, code="collective", threshold=Decimal(threshold), wanted=wanted,
        by_on=by_on, counts_one_off=False, reason="示例目标", **acting(sets),
    )  # fmt: skip


def _call_the_city() -> None:
    """The city asks for the year of its figures; nobody has handed in yet."""
    calls.open_call(
        region=CITY, year=YEAR_END.year, quarter=0, due_on=localdate() + timedelta(days=10),
        **acting(CITY_SETS),
    )  # fmt: skip


def _mark() -> None:
    """Last year's largest grant of the shown village will not come again."""
    lines = income_lines(books_of(VILLAGE), LAST_YEAR * 100 + 1, LAST_YEAR * 100 + 12)
    grants = [one for one in lines if one.part.key == "subsidy" and one.amount > 0]
    if not grants:
        return
    one = max(grants, key=lambda line: line.amount)
    mark = marks.mark_line(
        voucher_id=one.voucher, line_id=one.line, kind=OneOff.Kind.DONATION,
        reason="一次性奖补资金，以后年度没有", **acting(REPORTS),
    )  # fmt: skip
    marks.decide(mark_id=mark.pk, accepts=True, reason="凭证已核对", **acting(POSTS))


def _call() -> None:
    """The town asks for last year; the shown village hands in what its books say, others wait."""
    call = calls.open_call(
        region=TOWN, year=LAST_YEAR, quarter=0, due_on=date(LAST_YEAR + 1, 12, 31), **acting(ASKS)
    )
    drawn = drawn_for(call, VILLAGE)
    (mine,) = Statement.objects.within(VILLAGE).filter(call=call)
    calls.file_statement(
        statement_id=mine.pk, explanation="",
        told={part.key: from_fen(drawn.amounts.get(part.key, 0)) for part in ASKED},
        **acting(REPORTS),
    )  # fmt: skip
