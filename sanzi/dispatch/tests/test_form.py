from decimal import Decimal

from sanzi.dispatch.form import COLUMNS, lines, needed, values

NOW = {
    "contracts.total": 20,
    "contracts.irregular": 10,
    "contracts.revised": 6,
    "contracts.terminated": 1,
    "receivables.locked": 400_00,
    "receivables.cash": 100_00,
    "receivables.recovered": 300_00,
}
BEFORE = {"contracts.irregular": 9, "contracts.revised": 4, "receivables.recovered": 250_00}


def named(totals, before):
    return {(c.group, c.title): v for c, v in zip(COLUMNS, values(totals, before), strict=True)}


def test_figures_are_those_of_the_catalogue():
    line = named(NOW, BEFORE)
    assert line["合同（份）", "总数"] == 20
    assert line["合同（份）", "规范率"] == Decimal("0.7000")
    assert line["债权", "现金"] == Decimal("100.00")
    assert line["债权", "清收率"] == Decimal("0.7500")


def test_a_change_is_this_period_less_the_last():
    line = named(NOW, BEFORE)
    assert line["本期变化", "规范（份）"] == 3
    assert line["本期变化", "清收"] == Decimal("50.00")


def test_a_rate_nothing_lies_under_is_empty():
    assert named(NOW, BEFORE)["债务", "化解率"] is None


def test_lines_keep_the_order_given_and_are_ranked_by_their_rates():
    found = lines([("1", "甲"), ("2", "乙")], {"1": NOW, "2": NOW | {"contracts.revised": 9}}, {})
    assert [(line.name, line.rank, line.flag) for line in found] == [
        ("甲", 2, "yellow"),
        ("乙", 1, "red"),
    ]


def test_a_region_without_figures_is_listed_and_not_ranked():
    (line,) = lines([("1", "甲")], {}, {})
    assert line.rank is None
    assert line.values[0] == 0


def test_the_sheet_reads_only_stored_sums():
    assert "contracts.regularised_rate" not in needed()
    assert {"contracts.irregular", "receivables.locked", "debts.resolved"} <= needed()
