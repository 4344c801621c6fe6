"""What the money steps write, under either accounting system, for any amount."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanzi.accounting.chart import chart
from sanzi.accounting.entry import fault_of
from sanzi.kernel.money import ZERO
from sanzi.kernel.refusals import Invalid
from sanzi.receivables.postings import ACCOUNTS, TEMPLATES, Amounts, code_for, purposes_of, sides_of

SCHEMES = sorted(ACCOUNTS)
PURPOSES = {"money": "102", "claim": "113", "built": "153"}
NO_RESULT = ["booked_in", "corrected", "dividend", "set_off", "three_party", "works"]
fen = st.integers(1, 10**12).map(lambda n: Decimal(n).scaleb(-2))


def accounts(template: str, scheme: str) -> dict[str, str]:
    return {p: PURPOSES.get(p) or code_for(p, scheme) for p in purposes_of(template)}


def written(template: str, amounts: Amounts, scheme: str = "2023") -> list[str]:
    sides = sides_of(template, amounts, accounts(template, scheme), {"debtor": 1, "creditor": 2})
    return [
        f"{'借' if side.debit else '贷'} {side.account} {side.debit or side.credit}"
        f"{' 对方' + str(side.counterparty) if side.counterparty else ''}"
        for side in sides
    ]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("template", sorted(TEMPLATES))
@given(gross=fen)
def test_every_template_balances_under_every_scheme(template, scheme, gross):
    sides = sides_of(template, Amounts(gross), accounts(template, scheme), {"debtor": 1})
    assert fault_of(sides, "凭证") is None


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("template", NO_RESULT)
@given(gross=fen)
def test_a_set_off_never_touches_income_or_expense(template, scheme, gross):
    known = chart(scheme)
    sides = sides_of(template, Amounts(gross), accounts(template, scheme), {"debtor": 1})
    kinds = {known[side.account].category for side in sides}
    assert not kinds & {"income", "expense"}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_write_off_is_an_expense_and_so_in_the_result(scheme):
    assert TEMPLATES["written_off"].touches_result
    expense = chart(scheme)[code_for("other_expense", scheme)]
    assert (expense.category, expense.name) == ("expense", "其他支出")


def test_codes_mean_what_their_purpose_says_in_both_charts():
    names = {
        "cash": "现金",
        "bank": "银行存款",
        "payable": "应付款",
        "works": "在建工程",
        "fixed": "固定资产",
        "fund": "公积公益金",
        "allotted": "各项分配",
        "undistributed": "未分配收益",
        "other_income": "其他收入",
        "other_expense": "其他支出",
    }
    for scheme in SCHEMES:
        found = {
            purpose: chart(scheme)[code].name.removeprefix("库存")
            for purpose, code in ACCOUNTS[scheme].items()
        }
        assert found == names


def test_9800_paid_on_the_eighth_day_is_6860_in_cash_and_2940_waived():
    assert written("collected", Amounts(Decimal("9800.00"), waived=Decimal("2940.00"))) == [
        "借 102 6860.00",
        "借 515 2940.00",
        "贷 113 9800.00 对方1",
    ]


def test_interest_is_income_and_the_principal_is_not():
    assert written("collected", Amounts(Decimal("100.00"), interest=Decimal("5.00"))) == [
        "借 102 105.00",
        "贷 113 100.00 对方1",
        "贷 504 5.00",
    ]


def test_a_dividend_passes_through_what_is_owed_to_the_member():
    assert written("dividend", Amounts(Decimal("112.60"))) == [
        "借 32201 112.60",
        "贷 211 112.60 对方1",
        "借 211 112.60 对方1",
        "贷 113 112.60 对方1",
    ]


def test_three_parties_are_one_creditor_and_one_debtor():
    assert written("three_party", Amounts(Decimal("50.00")), "2004") == [
        "借 202 50.00 对方2",
        "贷 113 50.00 对方1",
    ]


@pytest.mark.parametrize(
    "amounts",
    [
        Amounts(ZERO),
        Amounts(Decimal("-1.00")),
        Amounts(Decimal("1.00"), waived=Decimal("1.01")),
        Amounts(Decimal("1.00"), interest=Decimal("-0.01")),
    ],
)
def test_impossible_amounts_are_refused(amounts):
    with pytest.raises(Invalid):
        written("collected", amounts)


def test_a_scheme_nobody_knows_is_refused():
    with pytest.raises(Invalid):
        code_for("bank", "1996")
