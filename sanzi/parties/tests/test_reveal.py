import pytest
from django.urls import reverse

from sanzi.journal.models import Entry
from sanzi.journal.timeline import timeline
from tests.brought import CARD, ID


def ask(client, person, slug, row, field, reason="上门催收前核对"):
    client.force_login(person)
    url = reverse("registers:reveal", args=(slug, row.pk))
    return client.post(url, {"field": field, "reason": reason})


def test_the_clear_value_is_shown_once_and_the_look_is_on_record(client, brought, lin):
    answer = ask(client, lin, "contracts", brought["oral"], "contractor_id")

    assert ID in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    line = timeline(brought["oral"], lin)[-1]
    assert (line.title, line.note) == ("查看原文", "承包方证件号；上门催收前核对")
    assert ID not in "".join(Entry.objects.values_list("public", flat=True))


def test_a_bank_account_is_opened_the_same_way(client, brought, chen):
    assert (
        CARD in ask(client, chen, "accounts", brought["account"], "account_number").content.decode()
    )


@pytest.mark.parametrize("reason", ["", "x", "x" * 101])
def test_nobody_looks_without_a_reason(client, brought, lin, reason):
    answer = ask(client, lin, "contracts", brought["oral"], "contractor_id", reason)
    assert answer.status_code == 422
    assert ID not in answer.content.decode()


def test_posts_that_may_not_look_do_not(client, brought, gao, shi, jian, xi):
    for person in (gao, shi, jian, xi):
        answer = ask(client, person, "contracts", brought["oral"], "contractor_id")
        assert answer.status_code == 403
        assert ID not in answer.content.decode()


def test_the_village_next_door_finds_nothing_to_look_at(client, brought, qian, luo):
    for person in (qian, luo):
        assert ask(client, person, "contracts", brought["oral"], "contractor_id").status_code == 404


@pytest.mark.parametrize(
    ("slug", "field", "status"),
    [("contracts", "title", 404), ("nothing", "contractor_id", 404), ("contracts", "", 404)],
)
def test_only_sealed_columns_are_opened(client, brought, lin, slug, field, status):
    assert ask(client, lin, slug, brought["oral"], field).status_code == status


def test_a_value_nobody_filled_in_says_so(client, brought, lin):
    assert ask(client, lin, "contracts", brought["lawful"], "contractor_id").status_code == 409


def test_looking_is_never_a_get(client, brought, lin):
    client.force_login(lin)
    url = reverse("registers:reveal", args=("contracts", brought["oral"].pk))
    assert client.get(url).status_code == 405
