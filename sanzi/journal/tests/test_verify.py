"""Whatever is changed behind the journal's back, the row is named."""

import json

import pytest
from django.db import connection

from sanzi.journal import chain
from sanzi.journal.checkpoints import checkpoint, ledger
from sanzi.journal.models import Entry, Private
from sanzi.journal.recorder import Trace, record_many
from sanzi.journal.verify import verify
from tests.world import NOON, SHANGTIAN

from .lifting import triggers_lifted

OTHER = "f" * 64


@pytest.fixture
def nine(chen, settings, tmp_path):
    """Nine entries, each with a private part; the triggers are off."""
    settings.DATA = tmp_path
    traces = [
        Trace(f"contracts.contract:{n}", "import", SHANGTIAN, "导入", {"row": n}, {"who": f"某{n}"})
        for n in range(1, 10)
    ]
    record_many(traces, by=chen, at=NOON)
    with triggers_lifted():
        yield


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def found():
    return [(damage.kind, damage.seq) for damage in verify()]


def test_an_untouched_journal_is_whole(nine):
    assert verify() == []


def test_an_empty_journal_is_whole(db, settings, tmp_path):
    settings.DATA = tmp_path
    assert verify() == []


@pytest.mark.parametrize("seq", [1, 5, 9])
@pytest.mark.parametrize("column", [c for c in chain.COLUMNS if c not in ("seq", "at")])
def test_a_changed_column_names_its_row(nine, column, seq):
    sql(f"UPDATE journal_entry SET {column} = 'X' WHERE seq = %s", seq)
    assert ("body", seq) in found()
    assert {damaged for _, damaged in found()} == {seq}


@pytest.mark.parametrize("seq", [1, 5, 9])
def test_a_changed_moment_names_its_row(nine, seq):
    sql("UPDATE journal_entry SET at = '2026-03-02 04:00:00.000001+00:00' WHERE seq = %s", seq)
    assert found() == [("body", seq)]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps moments moments")
@pytest.mark.parametrize("nonsense", ["never", "2026-13-45 00:00:00", 5, b"\x00"])
def test_an_unreadable_moment_names_its_row(nine, nonsense):
    sql("UPDATE journal_entry SET at = %s WHERE seq = 5", nonsense)
    assert found() == [("body", 5)]


@pytest.mark.parametrize("column", ["leaf", "head"])
@pytest.mark.parametrize("value", [OTHER, "Z" * 64, ""])
def test_a_changed_hash_names_its_row(nine, column, value):
    sql(f"UPDATE journal_entry SET {column} = %s WHERE seq = 5", value)
    assert found() == [("body" if column == "leaf" else "head", 5)]


def test_a_row_changed_together_with_its_leaf_no_longer_joins(nine):
    rehash(5, alone=True)
    assert found() == [("head", 5)]


def test_a_deleted_row_leaves_a_gap(nine):
    sql("DELETE FROM journal_entry WHERE seq = 5")
    assert ("gap", 5) in found()
    assert {seq for _, seq in found()} == {5}


def test_deleted_rows_leave_one_gap(nine):
    sql("DELETE FROM journal_entry WHERE seq IN (4, 5, 6)")
    assert [d.message for d in verify() if d.kind == "gap"] == ["第 4 条至第 6 条被删除"]


def test_swapped_rows_are_both_named(nine):
    for start, end in ((4, 100), (7, 4), (100, 7)):
        sql("UPDATE journal_entry SET seq = %s WHERE seq = %s", end, start)
    assert {("body", 4), ("body", 7)} <= set(found())


def test_a_row_moved_before_the_first_is_out_of_place(nine):
    sql("UPDATE journal_entry SET seq = -3 WHERE seq = 9")
    assert ("gap", -3) in found()


def test_a_cut_off_end_is_seen_against_a_checkpoint(nine):
    checkpoint()
    sql("DELETE FROM journal_private WHERE seq > 6")
    sql("DELETE FROM journal_entry WHERE seq > 6")
    assert found() == [("truncated", 7)]


def test_a_cut_off_end_is_seen_by_the_private_parts_left_behind(nine):
    sql("DELETE FROM journal_entry WHERE seq > 6")
    assert found() == [("truncated", 7)]


def test_a_chain_made_anew_is_seen_against_a_checkpoint(nine):
    checkpoint()
    rehash(3)
    assert found() == [("head", 9)]


def test_a_chain_made_anew_passes_without_a_checkpoint(nine):
    """The negative control: why a checkpoint has to leave the machine."""
    rehash(3)
    assert found() == []


def test_a_damaged_checkpoint_file_is_reported(nine):
    ledger().write_text("{}\n")
    assert found() == [("truncated", 0)]


def test_a_checkpoint_is_written_once_for_one_state(nine):
    assert checkpoint().size == 9
    assert checkpoint() is None
    assert len(ledger().read_text().splitlines()) == 1


def test_a_changed_private_part_names_its_row(nine):
    sql("UPDATE journal_private SET body = %s WHERE seq = 5", json.dumps({"who": "别人"}))
    sql("UPDATE journal_private SET salt = 'X' WHERE seq = 6")
    assert found() == [("private", 5), ("private", 6)]


def test_an_erased_private_part_is_no_damage(nine):
    Private.objects.filter(seq=5).delete()
    assert verify() == []


def test_a_private_part_nobody_recorded_is_damage(nine):
    sql("DELETE FROM journal_private WHERE seq = 5")
    Private.objects.create(seq=5, salt="a" * 32, body="{}")
    assert found() == [("private", 5)]


def rehash(start, *, alone=False):
    """Change row `start` and make its leaf right again, and (unless alone) the chain after it."""
    sql("UPDATE journal_entry SET actor_name = '别人' WHERE seq = %s", start)
    head = Entry.objects.get(seq=start - 1).head
    for entry in Entry.objects.filter(seq__gte=start).order_by("seq"):
        values = [getattr(entry, column) for column in chain.COLUMNS]
        values[chain.COLUMNS.index("at")] = chain.moment(entry.at)
        leaf = chain.leaf(tuple(values))
        head = chain.head(head, leaf)
        sql("UPDATE journal_entry SET leaf = %s WHERE seq = %s", leaf, entry.seq)
        if alone:
            return
        sql("UPDATE journal_entry SET head = %s WHERE seq = %s", head, entry.seq)
