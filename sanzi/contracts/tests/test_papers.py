"""Papers of a contract, filled from it: what they say, and to whom they are never written."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from sanzi.contracts.actions.papers import issue, remind_many
from sanzi.contracts.amending import amend, end
from sanzi.contracts.models import Amendment
from sanzi.contracts.papers import FORMS
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from sanzi.letters.laying import lay
from sanzi.letters.models import Letter
from sanzi.letters.preview import preview_of
from tests.world import NOON, SHANGTIAN

D = Decimal


def text_of(letter: Letter) -> str:
    return str(preview_of(lay(letter.form, letter.told(), address="https://x")))


@pytest.fixture
def agreed(signed: Any, chen: Any) -> Amendment:
    contract = signed(location="后山东坡", ends_on=date(2029, 12, 31))
    with transaction.atomic():
        return amend(
            contract, {"yearly_amount": D("3600.00")}, effective_on=date(2026, 1, 1), by=chen,
            now=NOON, source="村民代表会议决议 3 号", carries={"ZQ-9": D("1500.00")},
        )  # fmt: skip


def test_a_supplement_says_what_changed_and_the_amount_in_capitals(agreed, chen):
    letter = issue(
        contract_id=agreed.contract_id, code="contracts.supplement", asked={},
        amendment_id=agreed.pk, by=chen, now=NOON,
    )  # fmt: skip
    said = text_of(letter)
    for words in ("1200.00", "叁仟陆佰元整", "壹仟伍佰元整", "村民代表会议决议 3 号"):
        assert words in said
    assert letter.serial == f"{SHANGTIAN}-2026-BC-0001"


def test_a_contract_signed_anew_lists_what_falls_due_when(agreed, chen):
    letter = issue(
        contract_id=agreed.contract_id, code="contracts.resigned", asked={},
        amendment_id=agreed.pk, by=chen, now=NOON,
    )  # fmt: skip
    assert [row["amount"] for row in letter.values["dues"]] == ["3600.00"] * 4
    assert letter.values["total"] == "14400.00"
    assert "后山东坡" in text_of(letter)


def test_a_notice_says_what_is_owed_and_until_when(agreed, chen):
    told = {"ground": "连续两年未交", "law": "民法典第563条", "basis": "决议 4 号"}
    letter = issue(
        contract_id=agreed.contract_id, code="contracts.termination", asked=told, by=chen, now=NOON
    )
    assert letter.values["owed"] == "3600.00"
    assert letter.values["settle_on"] == "2026-03-17"


def test_what_a_person_says_stands_over_what_the_contract_says(agreed, chen):
    told = {"basis": "决议 4 号", "vacate_on": date(2026, 5, 1)}
    letter = issue(
        contract_id=agreed.contract_id, code="contracts.vacate", asked=told, by=chen, now=NOON
    )
    assert letter.values["vacate_on"] == "2026-05-01"


@pytest.mark.parametrize("code", ["contracts.termination", "contracts.vacate"])
def test_no_household_is_told_to_give_up_its_land(signed, chen, code):
    land = signed(legal_nature="家庭承包")
    with pytest.raises(Blocked, match="家庭承包地受保护"):
        issue(contract_id=land.pk, code=code, asked={}, by=chen, now=NOON)
    assert not Letter.objects.exists()


def test_a_paper_that_lacks_something_is_not_written(signed, chen):
    with pytest.raises(Invalid, match="变更条款"):
        issue(
            contract_id=signed().pk, code="contracts.supplement", asked={}, by=chen, now=NOON
        )  # fmt: skip


def test_papers_are_for_those_who_issue_letters_in_their_own_village(signed, qian, min, gao):
    contract = signed()
    for person, refusal in ((qian, Missing), (min, Forbidden), (gao, Forbidden)):
        with pytest.raises(refusal):
            issue(contract_id=contract.pk, code="contracts.expiry", asked={}, by=person, now=NOON)


def test_a_contract_that_has_ended_reminds_nobody_and_stops_the_whole_list(signed, chen):
    first, second = signed("HT-1"), signed("HT-2")
    with transaction.atomic():
        end(second, "agreed", date(2026, 3, 1), "x:1", by=chen, now=NOON)
    with pytest.raises(Blocked):
        remind_many(contract_ids=[first.pk, second.pk], contact="", by=chen, now=NOON)
    assert not Letter.objects.exists()


def test_each_reminder_has_a_number_of_its_own(signed, chen):
    pks = [signed(f"HT-{n}").pk for n in range(3)]
    letters = remind_many(contract_ids=pks, contact="林会计", by=chen, now=NOON)
    assert [letter.number for letter in letters] == [1, 2, 3]


def test_each_class_of_paper_counts_by_itself():
    assert len({form.series for form in FORMS}) == len(FORMS)
