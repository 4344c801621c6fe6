"""The instalments of a plan: each shape by an example, and what holds for every plan."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanzi.contracts.schedule import (
    ARREARS,
    BY_DAYS,
    HALF_YEARLY,
    MONTHLY,
    ONE_SUM,
    QUARTERLY,
    RHYTHMS,
    YEARLY,
    Escalation,
    Plan,
    Span,
    Step,
    by_calendar_year,
    instalments,
    overdue_days,
    total_of,
)  # fmt: skip
from sanzi.kernel.refusals import Invalid

D = Decimal


def plan(starts: str, ends: str, **more: object) -> Plan:
    first, last = date.fromisoformat(starts), date.fromisoformat(ends)
    return Plan(starts_on=first, ends_on=last, **more)  # type: ignore[arg-type]


def written(one: Plan) -> list[str]:
    return [f"{due.due_on} {due.amount}" for due in instalments(one)]


def test_a_yearly_rent_falls_due_on_the_first_day_of_each_year_of_the_contract():
    assert written(plan("2022-05-01", "2025-04-30", yearly=D("12000.00"))) == [
        "2022-05-01 12000.00", "2023-05-01 12000.00", "2024-05-01 12000.00",
    ]  # fmt: skip


def test_rent_in_arrears_falls_due_on_the_last_day_of_its_period():
    half = plan("2022-01-01", "2022-12-31", yearly=D(1000), months=HALF_YEARLY, when=ARREARS)
    assert written(half) == ["2022-06-30 500.00", "2022-12-31 500.00"]


def test_a_fixed_day_of_the_year_is_the_first_on_or_after_the_period_begins():
    harvest = plan("2022-05-01", "2024-04-30", yearly=D(900), due_on_month_day=(12, 31))
    assert written(harvest) == ["2022-12-31 900.00", "2023-12-31 900.00"]
    leap = plan("2023-01-01", "2024-12-31", yearly=D(900), due_on_month_day=(2, 29))
    assert written(leap) == ["2023-02-28 900.00", "2024-02-29 900.00"]


def test_a_quarter_is_a_quarter_of_the_year_to_the_fen():
    assert written(plan("2022-01-01", "2022-12-31", yearly=D("1000.01"), months=QUARTERLY)) == [
        "2022-01-01 250.01", "2022-04-01 250.00", "2022-07-01 250.00", "2022-10-01 250.00",
    ]  # fmt: skip


def test_area_times_unit_price_is_rounded_once_to_the_fen():
    assert written(plan("2022-01-01", "2022-12-31", unit_price=D("33.33"), area_mu=D("12.55"))) == [
        "2022-01-01 418.29"
    ]


def test_a_total_is_shared_by_the_years_and_adds_up():
    assert written(plan("2022-01-01", "2024-12-31", total=D("100000.00"))) == [
        "2022-01-01 33333.34", "2023-01-01 33333.33", "2024-01-01 33333.33",
    ]  # fmt: skip


def test_one_sum_is_everything_on_the_first_day():
    assert written(plan("2005-01-01", "2054-12-31", yearly=D(10000), months=ONE_SUM)) == [
        "2005-01-01 500000.00"
    ]


def test_rent_prepaid_for_five_years_falls_due_every_five_years():
    assert written(plan("2022-01-01", "2033-12-31", yearly=D(100), months=60)) == [
        "2022-01-01 500.00", "2027-01-01 500.00", "2032-01-01 200.00",
    ]  # fmt: skip


def test_steps_change_the_price_from_their_year_on():
    stepped = plan(
        "2022-01-01", "2025-12-31", steps=(Step(1, D(1000)), Step(3, D(1500))), months=YEARLY
    )
    assert [due.amount for due in instalments(stepped)] == [D(1000), D(1000), D(1500), D(1500)]


def test_five_percent_every_three_years_compounds():
    rising = plan("2022-01-01", "2030-12-31", yearly=D(1000), escalation=Escalation(3, D(5)))
    assert [due.amount for due in instalments(rising)] == [
        D("1000.00"), D("1000.00"), D("1000.00"), D("1050.00"), D("1050.00"), D("1050.00"),
        D("1102.50"), D("1102.50"), D("1102.50"),
    ]  # fmt: skip


def test_a_fixed_rise_begins_in_the_year_named():
    rising = Escalation(2, amount=D(200), first_year=2)
    term = plan("2022-01-01", "2026-12-31", yearly=D(1000), escalation=rising)
    assert [due.amount for due in instalments(term)] == [
        D(1000), D(1200), D(1200), D(1400), D(1400),
    ]  # fmt: skip


def test_months_free_of_rent_are_left_out_and_a_free_period_has_no_instalment():
    free = (Span(date(2022, 1, 1), date(2022, 3, 31)),)
    term = plan("2022-01-01", "2022-12-31", yearly=D(1200), months=QUARTERLY, rent_free=free)
    assert written(term) == ["2022-04-01 300.00", "2022-07-01 300.00", "2022-10-01 300.00"]


def test_a_part_year_counts_by_months_or_by_days():
    by_months = plan("2022-01-01", "2023-03-31", yearly=D(3650))
    assert instalments(by_months)[-1].amount == D("912.50")
    by_days = plan("2022-01-01", "2023-03-31", yearly=D(3650), count_by=BY_DAYS)
    assert instalments(by_days)[-1].amount == D("900.00")


def test_a_contract_from_the_thirty_first_does_not_drift():
    monthly = plan("2022-01-31", "2022-05-30", yearly=D(1200), months=MONTHLY)
    assert [due.due_on.isoformat()[5:] for due in instalments(monthly)] == [
        "01-31", "02-28", "03-31", "04-30",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (plan("2022-01-01", "2021-12-31", yearly=D(1)), "schedule.term"),
        (plan("2022-01-01", "9999-12-31", yearly=D(1)), "schedule.term"),
        (plan("2022-01-01", "2022-12-31"), "schedule.price"),
        (plan("2022-01-01", "2022-12-31", yearly=D(-1)), "schedule.price"),
        (plan("2022-01-01", "2022-12-31", yearly=D(1), months=5), "schedule.rhythm"),
        (
            plan("2022-01-01", "2023-12-31", steps=(Step(2, D(1)), Step(1, D(2)))),
            "schedule.steps",
        ),
        (
            plan(
                "2022-01-01",
                "2022-12-31",
                yearly=D(1),
                rent_free=(Span(date(2023, 1, 1), date(2023, 2, 1)),),
            ),
            "schedule.rent_free",
        ),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused(wrong: Plan, code: str):
    with pytest.raises(Invalid) as refused:
        instalments(wrong)
    assert refused.value.code == code


def test_a_prepayment_of_five_years_is_five_equal_parts_by_year():
    parts = by_calendar_year(date(2024, 1, 1), date(2028, 12, 31), D(50000))
    assert parts == [(year, D(10000)) for year in range(2024, 2029)]
    halves = by_calendar_year(date(2024, 7, 1), date(2026, 6, 30), D(2000))
    assert halves == [(2024, D(500)), (2025, D(1000)), (2026, D(500))]


def test_nothing_is_overdue_on_its_day():
    assert overdue_days(date(2022, 5, 1), date(2022, 5, 1)) == 0
    assert overdue_days(date(2022, 5, 1), date(2022, 5, 2)) == 1


money = st.integers(1, 10**9).map(lambda fen: D(fen) / 100)
days = st.dates(date(1990, 1, 1), date(2030, 1, 1))


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    starts = draw(days)
    ends = starts + timedelta(days=draw(st.integers(40, 4000)))
    free: tuple[Span, ...] = ()
    if draw(st.booleans()):
        first = starts + timedelta(days=draw(st.integers(0, 30)))
        free = (Span(first, min(ends - timedelta(days=5), first + timedelta(days=20))),)
    rising = Escalation(draw(st.integers(1, 4)), draw(st.integers(0, 20).map(D)))
    price = {draw(st.sampled_from(["yearly", "total"])): draw(money)}
    return Plan(
        starts_on=starts,
        ends_on=ends,
        months=draw(st.sampled_from(list(RHYTHMS))),
        escalation=draw(st.sampled_from([None, rising])),
        rent_free=free,
        count_by=draw(st.sampled_from(["months", "days"])),
        **price,  # type: ignore[arg-type]
    )


@given(plans())
def test_instalments_of_any_plan_are_whole_fen_in_order_and_without_overlap(one: Plan):
    found = instalments(one)
    assert [due.ordinal for due in found] == list(range(1, len(found) + 1))
    for due in found:
        assert due.amount > 0
        assert due.amount == due.amount.quantize(D("0.01"))
        assert one.starts_on <= due.from_on <= due.to_on <= one.ends_on
    for before, after in zip(found, found[1:], strict=False):
        assert before.to_on < after.from_on


@given(plans())
def test_a_total_agreed_is_what_the_instalments_add_up_to(one: Plan):
    if one.total is not None:
        assert total_of(one) == one.total


@given(plans())
def test_the_rhythm_never_changes_what_a_contract_comes_to(one: Plan):
    totals = {total_of(Plan(**{**vars(one), "months": months})) for months in RHYTHMS}
    assert len(totals) == 1


@given(days, st.integers(0, 4000), money)
def test_shares_by_calendar_year_add_up(first: date, length: int, amount: Decimal):
    parts = by_calendar_year(first, first + timedelta(days=length), amount)
    assert sum(share for _, share in parts) == amount
