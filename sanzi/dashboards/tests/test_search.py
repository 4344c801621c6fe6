"""One box over everything in my part of the tree."""

import pytest

from sanzi.kernel.codes import mask_id
from sanzi.parties.models import Involvement, Party
from sanzi.store.sealed import keyed_hash, seal
from tests.world import SHANGTIAN

from .conftest import contract

IDENTITY = "99990119700101001X"


@pytest.mark.parametrize("words", ["A-1", "荷塘", "王建国"])
def test_a_contract_is_found_by_number_title_or_name(visit, cleanup, chen, words):
    assert "A-1荷塘承包" in visit(chen, f"/search/?q={words}")


def test_a_claim_is_found_by_who_owes_it(visit, cleanup, chen):
    assert "债权台账" in visit(chen, "/search/?q=李保田")


def test_a_village_is_found_by_name(visit, cleanup, chen):
    assert f"/figures/?region={SHANGTIAN}" in visit(chen, "/search/?q=上田")


def test_a_whole_identity_number_finds_its_contract_and_its_person(visit, cleanup, lin):
    row = contract(
        SHANGTIAN,
        "S-1",
        contractor_id=seal(IDENTITY, mask_id),
        contractor_id_hash=keyed_hash(IDENTITY),
    )
    party = Party.objects.create(
        name="王建国", identity_hash=keyed_hash(IDENTITY), identity_mask=mask_id(IDENTITY)
    )
    Involvement.objects.create(party=party, register="contracts", row_id=row.pk, village=SHANGTIAN)
    html = visit(lin, f"/search/?q={IDENTITY.lower()}")
    assert "S-1荷塘承包" in html
    assert f"/parties/{party.pk}/" in html
    assert mask_id(IDENTITY) in html
    assert "S-1" not in visit(lin, f"/search/?q={IDENTITY[:-2]}")


def test_wildcards_are_only_letters(visit, cleanup, chen):
    html = visit(chen, "/search/?q=%25")
    assert "100%_果园" in html
    assert "A-1荷塘承包" not in html


def test_the_next_town_is_never_found(visit, cleanup, chen, shi):
    for words in ("canary", "梨园", "C-1"):
        assert "canary-of" not in visit(chen, f"/search/?q={words}")
        assert "没有找到" in visit(chen, f"/search/?q={words}")
    assert "canary-of-liyuan" in visit(shi, "/search/?q=canary")


def test_of_each_register_twenty_are_listed_and_the_rest_is_one_click_away(visit, many, chen):
    html = visit(chen, "/search/?q=N-1")
    assert html.count("N-1荷塘承包") == 20
    assert 'href="/registers/contracts/?q=N-1"' in html


def test_nothing_asked_nothing_found(visit, cleanup, chen):
    assert "请在上面写几个字" in visit(chen, "/search/")


def test_two_hundred_letters_are_enough(visit, cleanup, chen):
    visit(chen, "/search/?q=" + "a" * 200)
    visit(chen, "/search/?q=" + "a" * 201, 400)


def test_who_sees_no_business_row_is_offered_no_search(visit, cleanup, chen, xi):
    assert 'role="search"' in visit(chen, "/")
    assert 'role="search"' not in visit(xi, "/")


def test_a_word_is_never_markup(visit, cleanup, chen):
    assert "<script>alert" not in visit(chen, "/search/?q=<script>alert(1)</script>")
