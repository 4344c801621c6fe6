"""From rows on record to what fires: the day a thing begins to count and the day it stops."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from sanzi.accounting.actions.sets import open_book
from sanzi.cleanup.models import Finding, Judgement
from sanzi.contracts.models import Allocation, Contract, Due, Ending, Payment
from sanzi.debts.models import Debt
from sanzi.holdings.models import Account, Asset, Resource
from sanzi.receivables.models import Claim
from sanzi.villages.models import Income
from sanzi.warnings.looking import look
from sanzi.warnings.models import Event
from sanzi.warnings.parameters import shipped
from sanzi.warnings.standards import Standards
from sanzi.warnings.trying import month_ends, try_out
from tests.world import COUNTY, NOON, QINGSHUI, SHANGTIAN, XIATIAN

from .conftest import ON

pytestmark = pytest.mark.django_db


def fires(code, on=ON, region=SHANGTIAN):
    """The colours of what one rule fires on in a region that day."""
    found = look(region, on, Standards(on), [code])
    return [one.verdict.level.word[0] for seen in found.values() for one in seen.values()]


def days(n):
    return ON + timedelta(days=n)


@pytest.fixture
def contract(people):
    return Contract.objects.create(
        village=SHANGTIAN, number="HT-1", title="果园租赁", category="资源类", legal_nature="租赁",
        written="书面", issuer="社", contractor="赵某", object_number="ZY-1",
        starts_on=date(2020, 1, 1), ends_on=days(60), yearly_amount=Decimal(1000),
    )  # fmt: skip


def land(status, number="ZY-1"):
    return Resource.objects.create(
        village=SHANGTIAN, number=number, name="南坡", kind="园地", area_mu=Decimal(10),
        use_status=status,
    )  # fmt: skip


def test_a_contract_about_to_end_until_it_is_ended(contract, chen):
    assert fires("W-28") == ["黄"]
    assert fires("W-28", days(-31)) == []
    assert fires("W-28", days(30)) == ["橙"]
    Ending.objects.create(
        village=SHANGTIAN, contract=contract, kind="expired", ended_on=ON, source="x",
        recorded_by=chen, recorded_at=NOON,
    )  # fmt: skip
    assert fires("W-28") == []


def test_a_contract_over_and_the_land_still_let(contract):
    thing = land("对外发包")
    assert fires("W-29", days(60)) == []
    assert fires("W-29", days(61)) == ["橙"]
    assert fires("W-29", days(90)) == ["红"]
    assert fires("W-23", days(60)) == []
    assert fires("W-23", days(61)) == ["橙"]
    thing.use_status = "闲置"
    thing.save()
    assert fires("W-29", days(61)) == []
    assert fires("W-21", days(60 + 90)) == []
    assert fires("W-21", days(60 + 91)) == ["黄"]


def test_what_was_never_let_is_idle_since_it_was_acquired_or_nobody_knows(people):
    land("闲置")
    assert fires("W-21") == []
    Asset.objects.create(
        village=SHANGTIAN, number="ZC-1", name="校舍", category="房屋建筑", operation="经营性",
        original_value=Decimal(9), use_status="闲置", acquired_on=days(-366),
    )  # fmt: skip
    assert fires("W-21") == ["红"]


def test_rent_late_by_the_payments_of_that_day(contract, lin, chen):
    due = Due.objects.create(
        village=SHANGTIAN, contract=contract, ordinal=1, due_on=days(-30), from_on=ON, to_on=ON,
        amount=Decimal(1000),
    )  # fmt: skip
    assert fires("W-35") == ["黄"]
    paid = Payment.objects.create(
        village=SHANGTIAN, contract=contract, received_on=days(-1), amount=Decimal("999.99"),
        means="bank", payer="赵某", number="1", key="a", stage="posted", proposed_by=lin,
        proposed_at=NOON, decided_by=chen, decided_at=NOON,
    )  # fmt: skip
    part = Allocation.objects.create(payment=paid, due=due, amount=Decimal("999.99"))
    assert fires("W-35") == ["黄"]
    part.amount = Decimal(1000)
    part.save()
    assert fires("W-35") == []
    assert fires("W-35", days(-2)) == ["蓝"]


def test_money_taken_in_and_not_booked(contract, lin):
    Payment.objects.create(
        village=SHANGTIAN, contract=contract, received_on=days(-6), amount=Decimal(1),
        means="cash", payer="赵某", number="1", key="a", proposed_by=lin, proposed_at=NOON,
    )  # fmt: skip
    assert fires("W-44") == ["黄"]
    assert fires("W-44", days(-1)) == []


def test_findings_count_until_overruled(contract, chen):
    Finding.objects.create(
        village=SHANGTIAN, contract=contract, rule="P02", severity="严重", evidence="长", basis="b",
        remedy="r", since_on=ON,
    )  # fmt: skip
    assert fires("W-30", days(-1)) == []
    assert fires("W-30") == ["红"]
    Judgement.objects.create(
        village=SHANGTIAN, contract=contract, rule="P02", ruling="overruled", reason="合规",
        judged_by=chen, judged_at=NOON,
    )  # fmt: skip
    assert fires("W-30") == []


def claim(**said):
    return Claim.objects.create(
        village=SHANGTIAN, number=said.pop("number", "ZQ-1"), debtor="孙某", debtor_kind="农户",
        nature="往来借款", book="账内", principal=Decimal(20_000),
        **{"left": Decimal(20_000), "formed_on": days(-91), **said},
    )  # fmt: skip


def test_a_claim_near_its_last_day_and_one_nobody_worked_on(people):
    one = claim(last_day=days(30))
    assert fires("W-42") == ["红"]
    assert fires("W-43") == ["黄"]
    assert fires("W-13") == ["橙"]
    one.claimed_on, one.last_day = days(-90), days(181)
    one.save()
    assert fires("W-42") == fires("W-43") == []
    one.left = Decimal(0)
    one.save()
    assert fires("W-13") == []


def test_a_sealed_claim_is_left_in_peace(people):
    claim(last_day=ON, put_aside=Decimal(20_000))
    assert fires("W-42") == fires("W-43") == []


def test_new_debt_and_interest_above_the_cap_of_its_day(people):
    def debt(number, **said):
        Debt.objects.create(
            village=SHANGTIAN, number=number, creditor="钱某", kind="民间借款",
            principal=Decimal(100), left=Decimal(100), **said,
        )  # fmt: skip

    debt("1", formed_on=date(2021, 12, 31), base_on=date(2021, 12, 31))
    assert fires("W-46") == []
    debt("2", formed_on=date(2022, 1, 1), base_on=date(2021, 12, 31))
    assert fires("W-46") == ["红"]
    assert fires("W-46", date(2021, 12, 31)) == []
    debt("3", formed_on=date(2021, 1, 1), yearly_rate=Decimal("0.154"))
    assert fires("W-48") == []
    debt("4", formed_on=date(2021, 1, 1), yearly_rate=Decimal("0.1541"))
    assert fires("W-48") == ["黄"]


def test_accounts_their_names_and_balances(people):
    def account(number, kind, name, book, bank=None):
        Account.objects.create(
            village=SHANGTIAN, number=number, kind=kind, account_name=name,
            book_balance=Decimal(book), statement_balance=bank and Decimal(bank),
        )  # fmt: skip

    account("1", "基本户", "上田村经济合作社", "100.00", "100.00")
    account("2", "库存现金", "", "5000.00")
    assert [fires(code) for code in ("W-01", "W-02", "W-09", "W-12")] == [[], [], [], []]
    account("3", "专项资金户", "赵大年", "-0.01", "0.01")
    assert [fires(code) for code in ("W-01", "W-09", "W-12")] == [["黄"], ["黄"], ["红"]]


def test_a_village_without_books_and_a_month_left_open(collective, wu):
    assert fires("W-16", region=SHANGTIAN) == ["红"]
    open_book(collective_id=collective.pk, scheme="2023", begins=202601, by=wu, now=NOON)
    assert fires("W-16", region=SHANGTIAN) == []
    assert fires("W-16", region=XIATIAN) == ["红"]
    assert fires("W-15", date(2026, 2, 10)) == []
    assert fires("W-15", date(2026, 2, 11)) == ["黄"]
    assert fires("W-15", date(2026, 3, 3)) == ["红"]


def test_the_last_quarter_not_made_public(collective, wu):
    open_book(collective_id=collective.pk, scheme="2023", begins=202601, by=wu, now=NOON)
    assert fires("W-53", date(2026, 3, 31)) == []
    assert fires("W-53", date(2026, 6, 30)) == ["橙"]


def test_income_that_leaps_and_income_below_the_band(people):
    for year, amount in ((2024, 20_000), (2025, 30_001)):
        Income.objects.create(village=SHANGTIAN, year=year, operating_income=Decimal(amount))
    assert fires("W-58") == ["黄"]
    assert fires("W-59") == ["蓝"]
    assert fires("W-58", date(2024, 12, 31)) == []


def test_a_look_at_a_region_asks_no_more_for_more_villages(contract, django_assert_max_num_queries):
    land("对外发包")
    for region in (SHANGTIAN, QINGSHUI, COUNTY):
        standards = Standards(ON)
        with django_assert_max_num_queries(60):
            look(region, ON, standards)


def test_a_dry_run_counts_the_year_and_writes_nothing(contract):
    numbers = shipped()["W-28"]
    trial = try_out(SHANGTIAN, "W-28", numbers, ON)
    assert trial["replays"]
    assert trial["times"] == 1
    assert trial["now"] == 1
    assert len(trial["months"]) == 13
    assert not Event.objects.exists()
    later = try_out(SHANGTIAN, "W-28", numbers, days(365))
    assert (later["times"], later["now"]) == (1, 0)
    still = try_out(SHANGTIAN, "W-41", shipped()["W-41"], ON)
    assert (still["replays"], still["times"]) == (False, 1)


def test_the_days_of_a_dry_run_are_month_ends_and_the_day():
    found = month_ends(date(2026, 3, 2))
    assert found[0] == date(2025, 3, 31)
    assert found[-2:] == [date(2026, 2, 28), date(2026, 3, 2)]
    assert len(found) == 13


def test_a_whole_look_over_a_town_runs(contract, brought):
    found = look(QINGSHUI, ON, Standards(ON))
    assert SHANGTIAN in found
