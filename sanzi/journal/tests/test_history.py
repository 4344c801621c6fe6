import pytest

from sanzi.journal.history import history
from sanzi.journal.models import Entry
from sanzi.journal.recorder import record
from tests.world import COUNTY, NOON, SHANGTIAN, XIATIAN

THING = "contracts.contract:7"


@pytest.fixture
def log(chen, qian, xi):
    record(THING, "contracts.import", by=chen, at=NOON, village=SHANGTIAN, label="导入")
    record("contracts.contract:8", "contracts.import", by=qian, at=NOON, village=XIATIAN)
    record(THING, "findings.confirm", by=chen, at=NOON, village=SHANGTIAN, label="确认问题")
    record("access.person:1", "people.add", by=xi, at=NOON)


def seen(person):
    return list(Entry.objects.visible_to(person).order_by("seq").values_list("seq", flat=True))


def test_the_history_of_a_thing_reads_from_its_beginning(log, lin):
    assert [entry.label for entry in history(THING, lin)] == ["导入", "确认问题"]


def test_the_neighbour_s_accountant_sees_none_of_it(log, qian):
    assert history(THING, qian) == []
    assert seen(qian) == [2]


def test_the_town_sees_its_villages_and_no_administration(log, chen):
    assert seen(chen) == [1, 2, 3]


def test_the_next_town_sees_nothing(log, luo):
    assert seen(luo) == []


def test_the_audit_administrator_reads_everything(log, ji):
    assert seen(ji) == [1, 2, 3, 4]


def test_a_county_s_audit_administrator_reads_the_county(log, ji, places):
    ji.all_posts.update(region=places[COUNTY])
    ji.__dict__.pop("posts", None)
    assert seen(ji) == [1, 2, 3]


def test_the_other_administrators_read_none(log, xi, an):
    assert seen(xi) == seen(an) == []
