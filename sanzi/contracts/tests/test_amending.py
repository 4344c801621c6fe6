"""What was agreed stays as it was signed; what is agreed later stands beside it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from sanzi.access.models import Person
from sanzi.contracts.amending import amend, end
from sanzi.contracts.laying import lay
from sanzi.contracts.models import Amendment, Contract, Due, Schedule
from sanzi.contracts.planning import rule_of
from sanzi.contracts.queries import signed_terms, terms_on
from sanzi.contracts.wording import AMENDABLE, altered, fold, read, written
from sanzi.holdings.models import Resource
from sanzi.journal.timeline import timeline
from sanzi.kernel.refusals import Blocked, Invalid
from tests.world import NOON, SHANGTIAN

D = Decimal
CASE = "cleanup.case:1"


@pytest.fixture
def amended(chen: Person) -> Callable[..., Amendment]:
    def change(contract: Contract, on: str = "2026-01-01", **changes: Any) -> Amendment:
        more = {k: changes.pop(k) for k in ("kind", "carries", "source") if k in changes}
        with transaction.atomic():
            return amend(
                contract, changes, effective_on=date.fromisoformat(on), by=chen, now=NOON,
                **{"source": CASE, **more},
            )  # fmt: skip

    return change


@pytest.fixture
def ended(chen: Person) -> Callable[..., None]:
    def stop(contract: Contract, on: str, kind: str = "agreed") -> None:
        with transaction.atomic():
            end(contract, kind, date.fromisoformat(on), CASE, by=chen, now=NOON)

    return stop


def scheduled(contract: Contract, by: Person, **rule: Any) -> None:
    terms = signed_terms(contract)
    schedule = Schedule.objects.create(
        village=contract.village,
        contract=contract,
        rule={**rule_of(terms), **rule},
        set_by=by,
        set_at=NOON,
    )
    lay(contract, terms, schedule)


def live(contract: Contract) -> list[str]:
    dues = Due.objects.filter(contract=contract).live().order_by("due_on", "ordinal")
    return [f"{due.from_on} {due.amount}" for due in dues]


def test_the_contract_stays_as_signed_and_the_terms_of_a_day_are_computed(signed, amended):
    contract = signed()
    amended(contract, yearly_amount=D("3000.00"), ends_on=date(2034, 12, 31))
    contract.refresh_from_db()
    assert contract.yearly_amount == D("1200.00")
    assert terms_on(contract, date(2025, 12, 31))["yearly_amount"] == D("1200.00")
    now = terms_on(contract, date(2026, 1, 1))
    assert (now["yearly_amount"], now["ends_on"]) == (D("3000.00"), date(2034, 12, 31))


def test_the_later_word_on_a_term_stands(signed, amended):
    contract = signed()
    amended(contract, yearly_amount=D("3000.00"))
    amended(contract, "2027-01-01", yearly_amount=D("4000.00"))
    assert terms_on(contract, date(2026, 6, 1))["yearly_amount"] == D("3000.00")
    assert terms_on(contract, date(2027, 1, 1))["yearly_amount"] == D("4000.00")


def test_what_was_agreed_cannot_be_changed_or_taken_away(signed, amended):
    amendment = amended(signed(), yearly_amount=D("3000.00"))
    for change in (
        lambda: Amendment.objects.filter(pk=amendment.pk).update(reason="x"),
        lambda: Amendment.objects.filter(pk=amendment.pk).delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"yearly_amount": D("1200.00")}, "amendment.nothing"),
        ({"paid_amount": D(1)}, "amendment.field"),
        ({"contractor_id": "x"}, "amendment.field"),
        ({"yearly_amount": D("1.005")}, "terms.format"),
        ({"procedure": "举手"}, "terms.choice"),
        ({"ends_on": date(2019, 1, 1)}, "amendment.term"),
        ({"ends_on": date(2025, 12, 31)}, "amendment.term"),
        ({"yearly_amount": D(9), "source": " "}, "amendment.source"),
        ({"yearly_amount": D(9), "on": "2019-12-31"}, "amendment.day"),
        ({"yearly_amount": D(9), "carries": {"ZQ-1": D(0)}}, "amendment.carried"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_written(signed, amended, changes, code):
    with pytest.raises(Invalid) as refused:
        amended(signed(), **changes)
    assert refused.value.code == code
    assert not Amendment.objects.exists()


def test_a_procedure_made_good_may_change_no_term_at_all(signed, amended):
    assert amended(signed(), kind="procedure").changes == {}


def test_a_claim_is_carried_into_one_agreement_only(signed, amended):
    amended(signed(), yearly_amount=D(9000), carries={"ZQ-1": D(500)})
    with pytest.raises(Blocked):
        amended(signed("HT-02"), yearly_amount=D(9000), carries={"ZQ-1": D(500)})


def test_from_its_day_on_the_dues_are_those_of_the_new_terms(signed, amended, chen):
    contract = signed(ends_on=date(2024, 12, 31))
    scheduled(contract, chen)
    amended(contract, "2023-01-01", yearly_amount=D("3000.00"))
    assert live(contract) == [
        "2020-01-01 1200.00", "2021-01-01 1200.00", "2022-01-01 1200.00",
        "2023-01-01 3000.00", "2024-01-01 3000.00",
    ]  # fmt: skip
    gains = Due.objects.live().filter(amendment__isnull=False).values_list("former", flat=True)
    assert set(gains) == {D("1200.00")}


def test_a_change_within_a_period_cuts_it_by_days(signed, amended, chen):
    contract = signed(ends_on=date(2021, 12, 31), yearly_amount=D("365.00"))
    scheduled(contract, chen)
    amended(contract, "2021-07-01", yearly_amount=D("730.00"))
    assert live(contract) == ["2020-01-01 365.00", "2021-01-01 181.00", "2021-07-01 368.00"]


def test_an_end_takes_back_what_lies_beyond_it(signed, ended, chen):
    contract = signed(ends_on=date(2022, 12, 31), yearly_amount=D("365.00"))
    scheduled(contract, chen)
    ended(contract, "2021-01-31")
    assert live(contract) == ["2020-01-01 365.00", "2021-01-01 31.00"]


def test_a_contract_ends_once_and_is_not_amended_afterwards(signed, amended, ended):
    contract = signed()
    ended(contract, "2026-02-01")
    for again in (
        lambda: ended(contract, "2026-02-02"),
        lambda: amended(contract, yearly_amount=D(9)),
    ):
        with pytest.raises(Blocked):
            again()


def test_what_was_let_is_vacant_once_the_contract_has_ended(signed, ended):
    Resource.objects.create(
        village=SHANGTIAN, number="ZY-01", name="后山", kind="林地", area_mu=D("12.00"),
        use_status="对外发包", occupant="万年青",
    )  # fmt: skip
    ended(signed(), "2026-02-01", "expiry")
    hill = Resource.objects.get()
    assert (hill.use_status, hill.occupant) == ("闲置", "")


def test_land_of_households_is_never_made_vacant(signed, ended):
    Resource.objects.create(
        village=SHANGTIAN, number="ZY-01", name="后山", kind="耕地", area_mu=D("12.00"),
        use_status="家庭承包", occupant="万年青",
    )  # fmt: skip
    ended(signed(), "2026-02-01", "expiry")
    assert Resource.objects.get().use_status == "家庭承包"


def test_the_history_says_what_was_agreed_and_on_what(signed, amended, ended, chen):
    contract = signed()
    amended(contract, yearly_amount=D("3000.00"))
    ended(contract, "2026-02-01")
    titles = [line.title for line in timeline(contract, chen)]
    assert titles == ["补充协议（第 1 号），2026-01-01 起生效", "合同终止：协议解除，2026-02-01"]


def test_every_amendable_term_survives_being_written_down(signed):
    terms = signed_terms(signed(is_open_bid=True, expected_count=30, met_on=date(2020, 1, 1)))
    again = {field: read(field, written(terms[field])) for field in AMENDABLE}
    assert again == {field: terms[field] for field in AMENDABLE}


def test_a_change_reads_before_and_after():
    changes = {"ends_on": ("2029-12-31", None), "yearly_amount": (None, "3000.00")}
    assert [(one.title, one.before, one.after) for one in altered(changes)] == [
        ("终止日期", "2029-12-31", "（取消）"), ("年应交元", "（未约定）", "3000.00"),
    ]  # fmt: skip
    assert fold({"yearly_amount": None}, [changes])["yearly_amount"] == D("3000.00")
