"""Statements: every account has its row, and what is not in balance is said."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from sanzi.accounting.chart import chart, national
from sanzi.accounting.pages import Balance
from sanzi.accounting.statements import (
    Sheet,
    balance_sheet,
    form,
    income_statement,
    sums,
    terms_of,
    unclosed,
)
from sanzi.kernel.money import ZERO, yuan
from sanzi.kernel.refusals import Invalid


def standing(**nets: str) -> dict[str, Balance]:
    """Closing balances, a debit balance positive: standing(a102="100")."""
    return {
        code.lstrip("a").replace("p", "+"): Balance(ZERO, yuan(net), ZERO)
        for code, net in nets.items()
    }


def moved(**nets: str) -> dict[str, Balance]:
    return standing(**nets)


def failing(sheet: Sheet) -> list[tuple[str, Decimal]]:
    return [(check.title, check.gap) for check in sheet.checks if not check.holds]


@pytest.mark.parametrize("scheme", ["2004", "2023"])
def test_every_national_account_stands_once_in_the_balance_sheet(scheme):
    of = form("balance", scheme, 202412)
    seen: dict[str, int] = {}
    for row in of.rows:
        for term in row.terms:
            if term.code:
                seen[term.code + term.split] = seen.get(term.code + term.split, 0) + 1
    expected = {a.code for a in national(scheme)} - {"113"} | {"113+", "113-"}
    assert seen == dict.fromkeys(expected, 1)


@pytest.mark.parametrize("scheme", ["2004", "2023"])
def test_the_unclosed_result_is_the_net_of_the_income_statement(scheme):
    accounts = chart(scheme)
    flows = {c for c, a in accounts.items() if a.category in ("income", "expense")}
    for statement, key in (("balance", "unclosed"), ("income", "net")):
        terms = terms_of(form(statement, scheme, 202412), key)
        assert {t.code for t in terms} == flows, statement


@pytest.mark.parametrize(
    ("key", "nets", "expected"),
    [
        ("cash", {"a101": "1", "a102": "2"}, "3"),
        ("cash", {"a10201": "5"}, "5"),
        ("receivable", {"a112": "10", "a113": "-20", "a113p": "30"}, "40"),
        ("payable", {"a211": "-10", "a113": "-20", "a113p": "30"}, "60"),
        ("fixed_net", {"a151": "100", "a152": "-30"}, "70"),
        ("fixed_worn", {"a151": "100", "a152": "-30"}, "30"),
        ("taxes", {"a214": "7"}, "-7"),
        ("stock", {"a121": "1", "a401": "2"}, "3"),
        ("undistributed", {"a32202": "5"}, "-5"),
        ("unclosed", {"a501": "-100", "a51301": "30"}, "70"),
    ],
)
def test_a_row_of_the_2023_sheet(key, nets, expected):
    assert balance_sheet("2023", 202412, standing(**nets)).value(key) == yuan(expected)


@pytest.mark.parametrize(
    ("nets", "gaps"),
    [
        ({"a102": "100", "a501": "-100"}, []),
        ({"a102": "100", "a301": "-100"}, []),
        ({"a102": "100", "a113": "-100", "a113p": "0"}, []),
        (
            {"a102": "100.00", "a301": "-99.99"},
            [
                ("资产总计 = 负债和所有者权益总计（期末）", yuan("0.01")),
                ("各科目期末余额之和 = 0", yuan("0.01")),
            ],
        ),
    ],
)
def test_a_sheet_says_what_does_not_balance_to_the_fen(nets, gaps):
    assert failing(balance_sheet("2023", 202412, standing(**nets))) == gaps


def test_the_unclosed_result_has_a_row_until_it_is_closed():
    before = balance_sheet("2023", 202411, standing(a102="70", a501="-100", a513="30"))
    after = balance_sheet("2023", 202412, standing(a102="70", a32202="-70"))
    assert (unclosed(before), before.value("undistributed")) == (yuan("70"), ZERO)
    assert (unclosed(after), after.value("undistributed")) == (ZERO, yuan("70"))
    names = [[line.form.key for line in sheet.lines] for sheet in (before, after)]
    assert ["unclosed" in found for found in names] == [True, False]


@pytest.mark.parametrize(
    ("nets", "left"),
    [
        ({"a102": "5", "a32202": "-5"}, []),
        ({"a102": "5", "a321": "-5"}, ["年终本年收益（321）余额 = 0"]),
        ({"a181": "5", "a32202": "-5"}, ["年终待处理财产损溢（181）余额 = 0"]),
        ({"a102": "5", "a501": "-5"}, ["年终结转后收入、支出科目余额 = 0"]),
    ],
)
def test_a_closed_year_leaves_nothing_where_nothing_may_stay(nets, left):
    closed = balance_sheet("2023", 202412, standing(**nets), is_closed=True)
    assert [title for title, _ in failing(closed)] == left
    assert failing(balance_sheet("2023", 202411, standing(**nets))) == []


def test_this_years_beginning_is_last_years_end():
    this = {"102": Balance(yuan("5"), ZERO, ZERO), "301": Balance(yuan("-5"), ZERO, ZERO)}
    last = standing(a102="4", a301="-4")
    assert failing(balance_sheet("2023", 202403, this, last_year=this)) == []
    assert failing(balance_sheet("2023", 202403, this, last_year=last)) == [
        ("年初资产总计 = 上年年末数", yuan("1"))
    ]


def _income(spread: Mapping[str, str] = {}) -> Sheet:
    month = moved(a501="-10", a513="4")
    year = moved(a501="-100", a502="-5", a511="20", a503="-8", a514="3", a521="6", a512="1")
    year["32202"] = Balance(yuan("-50"), ZERO, ZERO)
    return income_statement(
        "2023", 202412, month, year, {code: yuan(value) for code, value in spread.items()}
    )


@pytest.mark.parametrize(
    ("key", "month", "year"),
    [
        ("operating", "10", "100"),
        ("operating_result", "6", "84"),
        ("result", "6", "89"),
        ("net", "6", "83"),
    ],
)
def test_income_is_what_moved(key, month, year):
    assert [_income().value(key, at) for at in (0, 1)] == [yuan(month), yuan(year)]


def test_distribution_is_told_for_the_year_only():
    sheet = _income({"311": "30", "113": "40", "241": "3", "in": "2"})
    line = {line.form.key: line.values for line in sheet.lines}
    assert line["begun"] == (None, yuan("50"))
    assert line["available"] == (None, yuan("135"))
    assert line["to_reserve"] == (None, yuan("30"))
    assert line["to_members"] == (None, yuan("40"))
    assert line["to_others"] == (None, yuan("3"))
    assert line["remaining"] == (None, yuan("62"))


def test_what_remains_equals_the_balance_sheet():
    month = year = moved(a501="-100")
    right = balance_sheet("2023", 202411, standing(a102="100", a501="-100"))
    wrong = balance_sheet("2023", 202411, standing(a102="99", a501="-99"))
    for sheet, gaps in ((right, []), (wrong, [yuan("1")])):
        found = income_statement("2023", 202411, month, year, {}, sheet=sheet)
        assert [gap for _, gap in failing(found)] == gaps


def test_a_total_names_the_accounts_behind_it():
    of = form("balance", "2023", 202412)
    assert sums(of, "cash") == {"101", "102"}
    assert sums(of, "current") == {"101", "102", "111", "112", "113", "121", "401", "131", "181"}


@pytest.mark.parametrize(("statement", "scheme"), [("tax", "2023"), ("balance", "1999")])
def test_what_nobody_knows_is_refused(statement, scheme):
    with pytest.raises(Invalid):
        form(statement, scheme, 202412)


def test_what_nobody_checked_is_marked():
    assert not any(row.is_checked for row in form("balance", "2023", 202412).rows)
    unchecked = [row.name for row in form("balance", "2004", 202312).rows if not row.is_checked]
    assert unchecked == [
        "拨付所属单位资金", "无形资产", "专项应付款", "本年未结转收益（年终结转前）",
    ]  # fmt: skip
