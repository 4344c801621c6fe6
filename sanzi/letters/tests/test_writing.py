"""Writing letters: numbers without gaps, values as they were, nothing changed afterwards."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from sanzi.kernel.refusals import Blocked, Invalid
from sanzi.letters.actions.letters import void
from sanzi.letters.models import Ending, Letter
from sanzi.letters.writing import Draft
from tests.world import NOON, SHANGTIAN, XIATIAN

from .conftest import demand, values


def test_numbers_follow_each_other_in_village_year_and_class(write, qian):
    first = write(3)
    second = write(2)
    other = write(1, village=XIATIAN, by=qian)
    assert [x.serial for x in (*first, *second)] == [
        f"{SHANGTIAN}-2026-CJ-{n:04}" for n in range(1, 6)
    ]
    assert other[0].serial == f"{XIATIAN}-2026-CJ-0001"


def test_a_year_begins_again_at_one(write, lin):
    write(2)
    old = Draft(values(), "t:1", village=SHANGTIAN, dated=date(2025, 12, 31))
    new = demand(drafts=[old], by=lin, now=NOON)
    assert new[0].serial.endswith("-2025-CJ-0001")


def test_a_letter_that_is_not_written_uses_no_number(write, lin):
    write(1)
    with pytest.raises(Invalid, match="欠款金额"):
        write(2, amount=None)
    assert write(1)[0].number == 2


def test_the_values_are_kept_exactly_as_they_were_given(letter):
    kept = Letter.objects.get(pk=letter.pk).told(clear=True)
    assert kept["amount"] == "12345.60"
    assert kept["debtor_id"] == "999999198001010011"
    assert kept["items"][1] == {"contract": "HT-2", "arose_on": "2025-12-31", "owed": "345.60"}


def test_a_personal_value_is_nowhere_in_clear(letter):
    row = Letter.objects.filter(pk=letter.pk).values().get()
    assert "999999198001010011" not in str(row)
    assert letter.told()["debtor_id"] == "9999**********0011"


def test_a_letter_cannot_be_changed_or_removed(letter):
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(title="别的")
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).delete()


def test_a_letter_ends_once(letter, lin):
    void(letter_id=letter.pk, reason="写错", by=lin, now=NOON)
    with pytest.raises(Blocked):
        void(letter_id=letter.pk, reason="再来", by=lin, now=NOON)
    assert Ending.objects.count() == 1
    assert not Letter.objects.all().holding().exists()


def test_a_letter_is_superseded_by_the_one_that_replaces_it(letter, lin):
    again = Draft(values(amount=Decimal("1.00")), letter.on, SHANGTIAN, supersedes=letter)
    new = demand(drafts=[again], by=lin, now=NOON)[0]
    assert letter.ending.successor == new
    assert letter.ending.word == "已被替代"


def test_a_wording_is_kept_once_and_a_change_is_a_new_version(write):
    first, second = write(1)[0], write(1)[0]
    assert first.wording == second.wording
    assert first.form.title == "催缴通知书"
