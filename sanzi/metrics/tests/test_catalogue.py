from datetime import date
from decimal import Decimal

import pytest

from sanzi.intake.dictionary import SHEETS
from sanzi.metrics.catalogue import METRICS, figure, figures, metric
from sanzi.metrics.share import Contribution, default_base, total

# Issue 2, section 6: the ids everything else uses, in this order.
AGREED = [
    "contracts.total",
    "contracts.irregular",
    "contracts.revised",
    "contracts.terminated",
    "contracts.litigated",
    "contracts.escalated",
    "contracts.regularised_rate",
    "contracts.large",
    "receivables.count",
    "receivables.locked",
    "receivables.recovered",
    "receivables.recovery_rate",
    "receivables.cash",
    "receivables.sealed",
    "receivables.adjusted",
    "receivables.set_off",
    "receivables.written_off",
    "receivables.mediated",
    "receivables.litigated",
    "receivables.unclassified",
    "receivables.cash_rate",
    "debts.count",
    "debts.locked",
    "debts.resolved",
    "debts.resolution_rate",
    "debts.new",
    "income.resources",
    "income.assets",
    "income.projects",
    "income.projects_expected",
    "income.jobs",
    "villages.count",
    "villages.income_at_least_1m",
    "villages.income_at_least_100k",
    "villages.income_at_least_100k_rate",
]


def test_the_agreed_figures_come_first_and_in_order():
    assert [one.id for one in METRICS][: len(AGREED)] == AGREED


def test_ids_and_labels_are_unique_and_everything_is_explained():
    assert len({metric.id for metric in METRICS}) == len(METRICS)
    assert len({metric.label for metric in METRICS}) == len(METRICS)
    assert all(metric.formula for metric in METRICS)


def test_every_figure_has_a_register_behind_it():
    # The effect of amendments is the contract's: its rows are those of that register.
    known = {sheet.register for sheet in SHEETS} | {"effects"}
    assert {metric.register for metric in METRICS} <= known


def test_a_rate_is_made_of_stored_figures_of_one_kind():
    for rate in (one for one in METRICS if one.is_rate):
        parts = [metric(id) for id, _ in (*rate.numerator, *rate.denominator)]
        assert rate.unit == "率"
        assert not any(part.is_rate for part in parts)
        assert len({part.money for part in parts}) == 1


def test_money_is_shown_in_yuan_and_counts_as_they_are():
    assert figure(metric("receivables.cash"), {"receivables.cash": 53235}).value == Decimal(
        "532.35"
    )
    assert str(figure(metric("debts.new"), {}).value) == "0.00"
    assert figure(metric("contracts.total"), {"contracts.total": 248}).value == 248


@pytest.mark.parametrize(
    ("resolved", "locked", "rate"),
    [
        (1, 3, "0.3333"),
        (2, 3, "0.6667"),
        (1, 20000, "0.0001"),
        (1, 20001, "0.0000"),
        (5, 5, "1.0000"),
    ],
)
def test_a_rate_has_four_places_and_half_goes_up(resolved, locked, rate):
    found = figure(
        metric("debts.resolution_rate"), {"debts.resolved": resolved, "debts.locked": locked}
    )
    assert str(found.value) == rate


def test_a_rate_of_nothing_is_no_rate():
    found = figure(metric("debts.resolution_rate"), {"debts.resolved": 5})
    assert found.value is None
    assert (found.numerator, found.denominator) == (Decimal("0.05"), Decimal("0.00"))


def test_the_reference_town_s_rates_come_out():
    """domain/clean-up.md 2.6: 2,863.6 of 3,818, 2,601.5 of 5,051, 532.35 in cash (万元)."""
    totals = {
        "contracts.irregular": 248,
        "contracts.revised": 243,
        "contracts.terminated": 2,
        "contracts.litigated": 3,
        "receivables.locked": 3_818_000_000,
        "receivables.recovered": 2_863_600_000,
        "receivables.sealed": 221_600_000,
        "receivables.cash": 532_350_000,
        "debts.locked": 5_051_000_000,
        "debts.resolved": 2_601_500_000,
        "villages.count": 620,
        "villages.income_at_least_100k": 496,
    }
    found = {one.metric: str(one.value) for one in figures(totals) if one.unit == "率"}
    assert found == {
        "contracts.regularised_rate": "1.0000",
        "receivables.recovery_rate": "0.7500",
        "receivables.cash_rate": "0.1394",
        "debts.resolution_rate": "0.5150",
        "villages.income_at_least_100k_rate": "0.8000",
        "receivables.recovery_rate_sealed_excluded": "0.7962",
        "receivables.recovery_rate_sealed_counted": "0.8081",
        "debts.cash_rate": "0.0000",
        # No letter of this system's yet: nothing to divide by.
        "receivables.reply_rate": "None",
        "receivables.service_rate": "None",
    }


def test_a_figure_of_a_day_is_what_has_begun_by_it():
    shares = [
        Contribution("a", date(2022, 1, 1), 1),
        Contribution("a", date(2022, 3, 1), -1),
        Contribution("b", date(2022, 3, 1), 7),
    ]
    assert total(shares, date(2021, 12, 31)) == {}
    assert total(shares, date(2022, 2, 28)) == {"a": 1}
    assert total(shares, date(2022, 3, 1)) == {"a": 0, "b": 7}


def test_the_base_is_locked_the_day_before_the_first_act():
    assert default_base([date(2022, 5, 1), date(2022, 3, 1)]) == date(2022, 2, 28)
    assert default_base([]) is None
    assert default_base([date.min]) == date.min
