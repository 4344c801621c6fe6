"""One benefit is counted once: planned, signed and received apart, claims where claims count."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from sanzi.access.models import Person
from sanzi.cleanup.carried import carried_into
from sanzi.contracts.actions.life import plan_gain
from sanzi.contracts.actions.payments import collect, post_payments
from sanzi.contracts.amending import amend, end
from sanzi.contracts.figures import Agreed, Paid, effect_shares, gain_of, gains_of, yearly_price
from sanzi.contracts.models import Contract, Due
from sanzi.kernel.money import from_fen
from sanzi.kernel.refusals import Blocked
from sanzi.metrics.share import total
from sanzi.metrics.shares import totals
from sanzi.receivables.actions.arrears import claim_arrears
from sanzi.receivables.keeping import keep
from sanzi.receivables.models import Claim
from tests.world import COUNTY, NOON, SHANGTIAN

D = Decimal
TODAY = date(2026, 3, 2)
RULE = {"months": 12, "when": "advance", "count_by": "months"}
OLD = {
    "starts_on": date(2020, 1, 1),
    "ends_on": date(2029, 12, 31),
    "yearly_amount": D("1200.00"),
}
BILLION = D("134000000.00")


def figures(region: str = SHANGTIAN, on: date = TODAY) -> dict[str, Decimal]:
    found = totals(region, on)
    return {
        name: from_fen(value)
        for name, value in found.items()
        if name.startswith("contracts.gain") or name in ("receivables.recovered",)
    }


def changed(contract: Contract, by: Person, **changes: Any) -> Any:
    on = changes.pop("on", TODAY)
    more = {name: changes.pop(name) for name in ("carries", "kind") if name in changes}
    with transaction.atomic():
        return amend(
            contract, changes, effective_on=on, source="cleanup.case:1", by=by, now=NOON, **more
        )


def test_the_gain_is_what_new_terms_bring_beyond_the_old_over_what_is_left():
    new = {**OLD, "yearly_amount": D("3000.00")}
    assert gain_of(OLD, new, date(2026, 1, 1), RULE) == D("7200.00")  # four years at 1,800 more
    assert gain_of(OLD, new, date(2029, 12, 31), RULE) == D("4.93")  # the last day alone
    assert gain_of(new, OLD, date(2026, 1, 1), RULE) == D("-7200.00")


def test_days_the_old_contract_did_not_cover_brought_nothing_before():
    longer = {**OLD, "ends_on": date(2030, 12, 31)}
    assert gain_of(OLD, longer, date(2026, 1, 1), RULE) == D("1200.00")


def test_a_claim_carried_over_is_no_gain_and_never_makes_one_negative():
    new = {**OLD, "yearly_amount": D("3000.00")}
    assert gain_of(OLD, new, date(2026, 1, 1), RULE, D("7000.00")) == D("200.00")
    assert gain_of(OLD, new, date(2026, 1, 1), RULE, D("9000.00")) == D("0.00")


@pytest.mark.parametrize(
    ("terms", "yearly"),
    [
        ({"pricing": "无偿"}, D("0.00")),
        ({"yearly_amount": D("5.00")}, D("5.00")),
        ({"unit_price": D("3.00"), "contract_area_mu": D("2.50")}, D("7.50")),
        ({**OLD, "yearly_amount": None, "total_amount": D("10000.00")}, D("999.84")),
        ({"total_amount": D("10000.00")}, None),
        ({}, None),
    ],
)
def test_what_a_year_is_worth(terms, yearly):
    assert yearly_price(terms) == yearly


def test_the_old_price_is_paid_before_any_gain_is_received():
    due = Paid(D(3000), D(1800), [(date(2026, 2, 1), D(1200)), (date(2026, 3, 1), D(1000))])
    shares = effect_shares([], [Agreed(date(2026, 1, 1), D(1800), D(1800))], None, [due])
    assert total(shares, date(2026, 2, 28)).get("contracts.gain_received", 0) == 0
    assert total(shares, date(2026, 3, 1))["contracts.gain_received"] == 100_000


def test_a_lower_price_is_a_loss_once_it_has_all_come_in():
    due = Paid(D(1000), D(-200), [(date(2026, 2, 1), D(999)), (date(2026, 3, 1), D(1))])
    shares = effect_shares([], [], None, [due])
    assert total(shares, date(2026, 2, 28)) == {}
    assert total(shares, date(2026, 3, 1)) == {"contracts.gain_received": -20_000}


def test_carried_money_is_taken_off_every_due_in_proportion_to_the_fen():
    assert gains_of([(D(200), D(100)), (D(300), D(100))], D(30)) == [D(90), D(180)]
    assert sum(gains_of([(D("0.05"), D(0)), (D("0.05"), D(0))], D("0.03"))) == D("0.07")


def test_a_later_plan_takes_the_place_of_the_earlier():
    plans = [(date(2026, 1, 1), D(100)), (date(2026, 2, 1), D(80))]
    shares = effect_shares(plans, [], None, [])
    assert total(shares, date(2026, 1, 31)) == {"contracts.gain_planned": 10_000}
    assert total(shares, date(2026, 2, 1)) == {"contracts.gain_planned": 8_000}


def test_planned_signed_and_received_are_three_figures(signed, lin, chen, feng, book):
    contract = signed(starts_on=date(2024, 1, 1), ends_on=date(2026, 12, 31))
    plan_gain(contract_id=contract.pk, amount=D(5000), reason="参照同类", by=lin, now=NOON)
    assert figures() == {"contracts.gain_planned": D("5000.00")}
    changed(contract, chen, yearly_amount=D("3000.00"), on=date(2024, 1, 1))
    assert figures() == {
        "contracts.gain_planned": D("5000.00"),
        "contracts.gain_signed": D("5400.00"),
        "contracts.gain_yearly": D("1800.00"),
    }
    with pytest.raises(Blocked):
        plan_gain(contract_id=contract.pk, amount=D(9), reason="再估", by=lin, now=NOON)
    payment = collect(
        contract_id=contract.pk, amount=D(2000), received_on=date(2024, 6, 1), means="bank",
        payer="", number="1", key="k", by=lin, now=NOON,
    )  # fmt: skip
    assert "contracts.gain_received" not in figures()  # recorded is not received
    post_payments(payment_ids=[payment.pk], by=feng, now=NOON)
    assert figures()["contracts.gain_received"] == D("800.00")
    assert figures(COUNTY) == figures()


def test_an_early_end_takes_back_what_will_not_come(signed, chen):
    contract = signed(starts_on=date(2026, 1, 1), ends_on=date(2027, 12, 31))
    changed(contract, chen, yearly_amount=D("3000.00"), on=date(2026, 1, 1))
    assert figures()["contracts.gain_signed"] == D("3600.00")
    with transaction.atomic():
        end(contract, "agreed", date(2026, 12, 31), "x:1", by=chen, now=NOON)
    assert figures(on=date(2026, 12, 30))["contracts.gain_signed"] == D("3600.00")
    assert figures(on=date(2026, 12, 31))["contracts.gain_signed"] == D("1800.00")
    assert figures(on=date(2026, 12, 31))["contracts.gain_yearly"] == D("0.00")


def owed(**more: Any) -> Claim:
    claim = Claim(
        village=SHANGTIAN, number="ZQ-1", debtor="某煤业公司", nature="征占地补偿", book="账外",
        principal=BILLION, balance=BILLION, contract_number="HT-01",
        formed_on=date(2006, 5, 1), base_on=date(2021, 12, 31), **more,
    )  # fmt: skip
    claim.save()
    with transaction.atomic():
        keep([claim], TODAY)
    return claim


def test_the_dispute_of_134_million_is_counted_once(signed, chen):
    """A claim of sixteen years ends in a contract signed anew (domain/clean-up.md 1.6): the money
    is the claim's, and the new contract gains only what it brings beyond it."""
    contract = signed(
        starts_on=date(2006, 5, 1), ends_on=date(2022, 4, 30), yearly_amount=None,
        total_amount=None, signed_on=date(2006, 5, 1),
    )  # fmt: skip
    owed()
    new = {"starts_on": date(2022, 5, 1), "ends_on": date(2032, 4, 30)}
    changed(
        contract, chen, on=date(2022, 5, 1), kind="resigned", total_amount=BILLION,
        carries={"ZQ-1": BILLION}, **new,
    )  # fmt: skip
    assert figures().get("contracts.gain_signed", D(0)) == D(0)
    assert sum(due.amount for due in Due.objects.live()) == BILLION


def test_a_remedy_that_signs_anew_takes_the_open_claims_of_the_contract_over_once(signed, chen):
    contract = signed()
    owed()
    assert carried_into(contract, "resigned") == {"ZQ-1": BILLION}
    assert carried_into(contract, "supplement") == {}
    changed(contract, chen, yearly_amount=D("9000.00"), carries=carried_into(contract, "resigned"))
    assert carried_into(contract, "resigned") == {}


def test_what_goes_beyond_the_old_claim_is_the_gain(signed, chen):
    contract = signed(
        starts_on=date(2006, 5, 1), ends_on=date(2022, 4, 30), yearly_amount=None,
        total_amount=None, signed_on=date(2006, 5, 1),
    )  # fmt: skip
    owed()
    new = {"starts_on": date(2022, 5, 1), "ends_on": date(2032, 4, 30)}
    changed(
        contract, chen, on=date(2022, 5, 1), kind="resigned",
        total_amount=BILLION + D("6000000.00"), carries={"ZQ-1": BILLION}, **new,
    )  # fmt: skip
    assert figures()["contracts.gain_signed"] == D("6000000.00")


def test_a_due_that_became_a_claim_is_collected_there_and_not_here(signed, lin, chen):
    contract = signed(starts_on=date(2024, 1, 1), ends_on=date(2026, 12, 31))
    changed(contract, chen, yearly_amount=D("3000.00"), on=date(2024, 1, 1))
    first = Due.objects.live().order_by("due_on").first()
    assert first is not None
    (claim,) = claim_arrears(contract_id=contract.pk, due_ids=[first.pk], by=lin, now=NOON)
    assert claim.left == first.amount
    # Formed today: the locked base of the campaign is what it was.
    assert totals(SHANGTIAN, TODAY).get("receivables.locked", 0) == 0
    with pytest.raises(Exception, match="多出"):
        collect(
            contract_id=contract.pk, amount=D("6000.01"), received_on=TODAY, means="bank",
            payer="", number="1", key="k", by=lin, now=datetime(2026, 3, 2, tzinfo=UTC),
        )  # fmt: skip
