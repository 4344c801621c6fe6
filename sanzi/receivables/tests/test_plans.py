"""A plan against what lowered the claim: each way called by its name, nothing lost on the way."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from sanzi.receivables.casework import Instalment
from sanzi.receivables.plans import followed

TODAY = date(2026, 3, 2)


def plan(*amounts):
    owed = Decimal(sum(amounts))
    return [Instalment(due_on=TODAY, amount=Decimal(a), owed=owed) for a in amounts]


def words(*cleared, left, amounts=(100, 100)):
    parts = [(word, Decimal(amount)) for word, amount in cleared]
    return [(d.word, d.repaid) for d in followed(plan(*amounts), Decimal(left), TODAY, parts)]


def test_each_way_is_called_by_its_name():
    assert words(("已还", 100), ("已核销", 100), left=0) == [("已还", 100), ("已核销", 0)]
    assert words(("已还", 150), ("已核销", 50), left=0) == [("已还", 100), ("已结清", 50)]


def test_what_was_cleared_before_the_plan_does_not_fill_it():
    assert words(("已还", 500), ("已核销", 200), left=0) == [("已核销", 0), ("已核销", 0)]
    assert words(("已还", 500), ("已核销", 50), left=100) == [("已结清", 50), ("已结清", 0)]


def test_what_no_movement_accounts_for_is_not_called_repaid():
    assert words(left=0) == [("已结清", 0), ("已结清", 0)]


@given(
    st.lists(st.integers(1, 500), min_size=1, max_size=8),
    st.lists(st.tuples(st.sampled_from(["已还", "已核销"]), st.integers(1, 900)), max_size=8),
    st.integers(0, 4000),
)
def test_the_ways_of_an_instalment_add_up_to_what_is_cleared_of_it(amounts, cleared, left):
    parts = [(word, Decimal(amount)) for word, amount in cleared]
    for due in followed(plan(*amounts), Decimal(left), TODAY, parts):
        assert sum(due.by.values()) == due.paid
        assert Decimal(0) <= due.paid <= due.instalment.amount
