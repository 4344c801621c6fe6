from datetime import date
from hashlib import sha256

import pytest
from django.db import IntegrityError, transaction

from sanzi.access.models import Person, Post
from sanzi.accounting.models import Period
from sanzi.disclosure.actions.sheets import hide_word, publish, review, set_rule, show_word, tell
from sanzi.disclosure.facts import statements_of
from sanzi.disclosure.models import Publication, Review
from sanzi.disclosure.policy import policy
from sanzi.disclosure.span import span_of
from sanzi.journal.models import Entry
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from sanzi.orgs.models import Collective
from tests.world import NOON, SHANGTIAN, XIATIAN

from .conftest import Q1


def test_a_sheet_is_frozen_with_its_hash_and_its_review(public, min, zheng):
    assert public.version == 1
    assert sha256(public.content.encode()).hexdigest() == public.sha256
    assert public.review.by == min
    assert public.published_by == zheng
    assert len(public.told["chain"]) == 3
    assert Entry.objects.about(f"disclosure.publication:{public.pk}").get().facts["version"] == 1


def test_later_vouchers_change_no_byte_of_what_is_public(public, closed, put):
    before = public.content
    Period.objects.filter(book=closed, period=202403).update(state="open")
    put(closed, "2024-03-31", "借 51302 9.99\n贷 102 9.99", memo="补记")
    assert Publication.objects.get().content == before


def test_a_correction_is_a_new_version_and_the_old_one_stays(
    public, closed, put, close, seen, min, zheng
):
    Period.objects.filter(book=closed, period=202403).update(state="open")
    put(closed, "2024-03-31", "借 51302 9.99\n贷 102 9.99", memo="补记")
    close(closed, 202403)
    review(**seen(), agrees=True, words="", by=min, now=NOON)
    with pytest.raises(Blocked, match="更正说明"):
        publish(**seen(), by=zheng, now=NOON)
    second = publish(**seen(), reason="漏记一笔办公费", by=zheng, now=NOON)
    assert second.version == 2
    assert Publication.objects.get(version=1).sha256 == public.sha256 != second.sha256


def test_the_database_refuses_to_change_what_is_public(public):
    for change in (
        lambda: Publication.objects.update(content="{}"),
        lambda: Publication.objects.all().delete(),
        lambda: Review.objects.update(agrees=False),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_the_same_content_is_not_published_twice(public, seen, zheng):
    with pytest.raises(Blocked, match="一致"):
        publish(**seen(), reason="再来", by=zheng, now=NOON)


def test_nothing_is_published_before_the_months_are_closed(small, seen, min, zheng):
    with pytest.raises(Blocked, match="1月、2月、3月还没有结账"):
        review(**seen(), agrees=True, words="", by=min, now=NOON)
    with pytest.raises(Blocked, match="还没有结账"):
        publish(**seen(), by=zheng, now=NOON)


def test_without_a_review_it_is_blocked_or_marked_as_the_rule_says(closed, seen, zheng):
    with pytest.raises(Blocked, match="还没有民主理财审核意见"):
        publish(**seen(), by=zheng, now=NOON)
    set_rule(name="review", value="mark", by=zheng, now=NOON)
    assert publish(**seen(), by=zheng, now=NOON).review is None


def test_an_objection_stands_in_the_way(closed, seen, min, zheng):
    with pytest.raises(Invalid, match="写明意见"):
        review(**seen(), agrees=False, words=" ", by=min, now=NOON)
    review(**seen(), agrees=False, words="少记一笔收入", by=min, now=NOON)
    with pytest.raises(Blocked, match="不同意公开"):
        publish(**seen(), by=zheng, now=NOON)


def test_a_review_of_another_drawing_does_not_count(closed, seen, min, zheng):
    review(**seen(), agrees=True, words="", by=min, now=NOON)
    hide_word(village=SHANGTIAN, word="道路", by=zheng, now=NOON)
    with pytest.raises(Blocked, match="还没有民主理财"):
        publish(**seen(), by=zheng, now=NOON)


def test_what_changed_since_it_was_looked_at_is_refused(closed, seen, min, zheng):
    looked_at = seen()
    hide_word(village=SHANGTIAN, word="道路", by=zheng, now=NOON)
    for act in (
        lambda: review(**looked_at, agrees=True, words="", by=min, now=NOON),
        lambda: publish(**looked_at, by=zheng, now=NOON),
    ):
        with pytest.raises(Blocked, match="有变化"):
            act()


def test_the_reviewer_does_not_publish(closed, seen, min, zheng, places):
    review(**seen(), agrees=True, words="", by=min, now=NOON)
    Post.objects.create(
        person=min, role="agency_chief", region=places[SHANGTIAN[:9]], from_on=date(2020, 1, 1)
    )
    both = Person.objects.get(pk=min.pk)
    both.act_from(both.posts[-1].pk)
    with pytest.raises(Blocked, match="不能是同一个人"):
        publish(**seen(), by=both, now=NOON)


def test_who_may_not_publish_is_told_so(closed, seen, wu, lin, chen, qian, zheng):
    for person in (wu, lin, chen):
        with pytest.raises(Forbidden):
            publish(**seen(), by=person, now=NOON)
    with pytest.raises(Forbidden):
        review(**seen(), agrees=True, words="", by=zheng, now=NOON)
    with pytest.raises(Missing):
        tell(**_part(seen()), item="plan-2", text="x", by=qian, now=NOON)


def _part(seen):
    return {"organisation_id": seen["organisation_id"], "span": seen["span"]}


def test_what_is_not_in_the_books_is_told_by_the_village_for_the_year(closed, seen, lin):
    tell(**_part(seen()), item="plan-2", text="修水塔一座", by=lin, now=NOON)
    told = seen(span_of("2024Q2"))
    assert told["span"].key == "2024Q2"
    one = Collective.objects.get(pk=told["organisation_id"])
    assert statements_of([one], span_of("2024Q2"))[one.pk] == {"plan-2": "修水塔一座"}
    tell(**_part(told), item="plan-2", text="", by=lin, now=NOON)
    assert statements_of([one], Q1)[one.pk] == {"plan-2": "修水塔一座"}
    assert statements_of([one], span_of("2024Q2"))[one.pk] == {}


def test_books_and_registers_are_not_told_by_hand(closed, seen, lin):
    for item in ("income-1", "asset-3", "resource"):
        with pytest.raises(Invalid, match="从账簿或台账取数"):
            tell(**_part(seen()), item=item, text="x", by=lin, now=NOON)


def test_a_hidden_word_is_hidden_next_time_and_can_be_shown_again(closed, seen, zheng, luo):
    before = seen()["sha256"]
    word = hide_word(village=SHANGTIAN, word="道路", by=zheng, now=NOON)
    assert seen()["sha256"] != before
    with pytest.raises(Blocked):
        hide_word(village=SHANGTIAN, word="道路", by=zheng, now=NOON)
    with pytest.raises(Missing):
        hide_word(village="999901002201", word="道路", by=zheng, now=NOON)
    show_word(word_id=word.pk, by=zheng, now=NOON)
    assert seen()["sha256"] == before


@pytest.mark.parametrize(
    ("name", "value"),
    [("due_day", "29"), ("due_day", "x"), ("review", "never"), ("warn_days", "0")],
)
def test_a_rule_takes_only_what_makes_sense(zheng, name, value):
    with pytest.raises(Invalid):
        set_rule(name=name, value=value, by=zheng, now=NOON)


def test_a_rule_of_the_town_goes_before_the_one_as_delivered(zheng):
    set_rule(name="due_day", value="20", by=zheng, now=NOON)
    assert policy(XIATIAN).days("due_day") == 20
    assert policy("999901002201").days("due_day") == 15
