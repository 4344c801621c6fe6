from datetime import date

import pytest

from sanzi.accounting.chart import SCHEMES, chart
from sanzi.disclosure.catalogue import NUMBERED, RHYTHMS, SOURCES, groups, items
from sanzi.disclosure.span import Span, last_finished, recent, span_of
from sanzi.kernel.refusals import Missing


def test_there_are_eight_groups_and_forty_four_items():
    assert len(groups()) == 8
    assert [i.number for i in items() if i.number] == list(range(1, NUMBERED + 1))
    assert [i.group for i in items() if i.number is None] == ["各类资源", "其他需要公开的事项"]


def test_nobody_has_checked_the_wording_yet():
    assert not any(item.is_checked for item in items())


def test_every_item_says_when_and_from_what_it_is_drawn():
    assert {item.rhythm for item in items()} <= RHYTHMS.keys()
    assert {item.source for item in items()} <= SOURCES.keys()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_items_name_accounts_of_their_own_chart(scheme):
    named = {take.account for item in items() for take in item.takes[scheme]}
    assert named - chart(scheme).keys() == set()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_account_of_income_and_expense_is_published_somewhere(scheme):
    # By words only some of an account is taken: somebody must take the rest.
    takes = [t for i in items() if i.drawn in ("in", "out") for t in i.takes[scheme]]
    taken = {take.account for take in takes if not take.by_words}
    flows = {a.code for a in chart(scheme).values() if a.category in ("income", "expense")}
    assert flows - taken == set()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_account_of_assets_and_debts_is_published_somewhere(scheme):
    taken = {t.account for i in items() for t in i.takes[scheme]}
    kept = {
        a.code
        for a in chart(scheme).values()
        if a.category in ("asset", "liability") and len(a.code) == 3
    }
    assert kept - taken <= {"133", "152"}


def test_a_quarter_and_a_month_are_spans():
    assert span_of("2024Q1") == Span(202401, 202403)
    assert span_of("202403").title == "2024年3月"
    assert span_of("2024Q4").due_on(15) == date(2025, 1, 15)
    assert [span_of(s.key) for s in recent(date(2024, 5, 1), 5)] == recent(date(2024, 5, 1), 5)
    assert last_finished(date(2024, 3, 31)).key == "2023Q4"
    assert last_finished(date(2024, 4, 1)).key == "2024Q1"


@pytest.mark.parametrize("key", ["2024Q5", "202413", "2024", "", "2024q1", "9999Q1", "1Q1"])
def test_anything_else_is_no_span(key):
    with pytest.raises(Missing):
        span_of(key)
