from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from sanzi.journal.models import Entry, Private
from sanzi.journal.recorder import Trace, record, record_many
from sanzi.journal.trace import RequestFacts, current
from sanzi.journal.verify import verify
from sanzi.store.sealed import Sealed
from tests.world import NOON, QINGSHUI, SHANGTIAN


def written(by, **details):
    seq = record("contracts.contract:7", "findings.confirm", by=by, at=NOON, **details)
    return Entry.objects.get(seq=seq)


def test_an_entry_says_who_from_which_post_when_and_what(chen):
    entry = written(chen, village=SHANGTIAN, label="确认问题", public={"rule": "P09"})
    assert (entry.seq, entry.actor, entry.actor_name) == (1, "chen", "陈经办")
    assert (entry.role, entry.region, entry.at) == ("town_clerk", QINGSHUI, NOON)
    assert (entry.object, entry.village) == ("contracts.contract:7", SHANGTIAN)
    assert (entry.label, entry.facts["rule"]) == ("确认问题", "P09")


def test_a_thing_is_named_by_its_table_and_number(chen):
    seq = record(chen, "people.rename", by=chen, at=NOON)
    assert Entry.objects.get(seq=seq).object == f"access.person:{chen.pk}"


def test_the_request_is_kept_with_the_entry(chen):
    token = current.set(RequestFacts("ab12", "192.0.2.7"))
    try:
        entry = written(chen)
    finally:
        current.reset(token)
    assert (entry.request_id, entry.ip) == ("ab12", "192.0.2.7")


def test_values_are_kept_exactly_and_sealed_ones_as_their_mask(chen):
    facts = {"amount": Decimal("12000.00"), "on": date(2026, 3, 2), "id": Sealed("9***1", "x")}
    entry = written(chen, public=facts)
    assert entry.facts == {"amount": "12000.00", "on": "2026-03-02", "id": "9***1"}


def test_floats_have_no_place_in_the_journal(chen):
    with pytest.raises(TypeError):
        written(chen, public={"rates": [0.1]})


def test_text_is_kept_in_one_spelling(chen):
    assert written(chen, public={"name": "Zoe\u0308"}).facts == {"name": "Zoë"}


def test_numbers_are_dense_over_single_and_many(chen):
    written(chen)
    last = record_many([Trace(f"a.b:{n}", "x") for n in range(5)], by=chen, at=NOON)
    written(chen)
    assert last == 6
    found = list(Entry.objects.order_by("seq").values_list("seq", flat=True))
    assert found == [1, 2, 3, 4, 5, 6, 7]
    assert verify() == []


def test_nothing_to_record_records_nothing(chen):
    assert record_many([], by=chen, at=NOON) == 0


def test_what_is_rolled_back_leaves_no_trace(chen):
    written(chen)
    with transaction.atomic():
        written(chen, private={"before": 1})
        transaction.set_rollback(True)
    assert (Entry.objects.count(), Private.objects.count()) == (1, 0)
    written(chen)
    assert verify() == []


@pytest.mark.django_db(transaction=True)
def test_the_journal_is_written_only_inside_an_action(chen):
    with pytest.raises(AssertionError):
        record(chen, "x", by=chen, at=NOON)


@pytest.mark.django_db(transaction=True)
def test_a_transactional_test_can_still_be_cleaned_up(chen):
    with transaction.atomic():
        written(chen, private={"before": 1})
    assert verify() == []


@pytest.mark.parametrize(
    "attempt",
    [
        lambda entry: Entry.objects.update(actor="nobody"),
        lambda entry: Entry.objects.bulk_update([entry], ["action"]),
        lambda entry: entry.save(),
        lambda entry: entry.delete(),
        lambda entry: Entry.objects.all().delete(),
        lambda entry: connection.cursor().execute("UPDATE journal_entry SET seq = 9"),
        lambda entry: connection.cursor().execute("DELETE FROM journal_entry"),
        lambda entry: Private.objects.update(body="{}"),
    ],
    ids=["update", "bulk_update", "save", "delete", "delete-all", "sql", "sql-delete", "private"],
)
def test_the_database_refuses_to_change_what_was_written(chen, attempt):
    entry = written(chen, private={"before": "甲"})
    with pytest.raises(IntegrityError, match="操作日志"), transaction.atomic():
        attempt(entry)
    assert verify() == []


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
def test_the_database_refuses_to_truncate(chen):
    written(chen)
    with pytest.raises(IntegrityError, match="操作日志"), transaction.atomic():
        connection.cursor().execute("TRUNCATE journal_entry")
