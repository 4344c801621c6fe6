"""Experts matched to villages: proposed, changed at a price, confirmed by another, proved."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from sanzi.journal.models import Entry
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from sanzi.letters.models import Letter
from sanzi.support.actions import experts, matching, revealing
from sanzi.support.models import Deed, Help, Matching
from sanzi.support.questions import still_proved
from tests.world import COUNTY, LIYUAN, NOON, SHANGTIAN, XIATIAN

pytestmark = pytest.mark.django_db


def get(client, person, page, *args, status=200, **params):
    client.force_login(person)
    answer = client.get(reverse(f"support:{page}", args=args), params)
    assert answer.status_code == status, answer.content.decode()[:800]
    return answer.content.decode()


def post(client, person, page, *args, status=302, query="", **data):
    client.force_login(person)
    answer = client.post(reverse(f"support:{page}", args=args) + query, data)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def test_needs_and_skills_are_matched_with_reasons(support, second):
    support.ready()
    made = support.propose()
    given = {one["village"]: one["expert"] for one in made.answer["matches"]}
    assert given == {SHANGTIAN: support.law.pk, XIATIAN: support.sales.pk}
    reason = made.answer["matches"][0]["fit"]
    assert "缺的是合同法务（急需）；李法务合同法务精通；同县（按 20 公里计）；手上 0 个村" in reason
    assert made.answer["unserved"] == [
        {"village": LIYUAN, "why": "没有可派的专家：2 人没有对口专长"}
    ]
    assert still_proved(Matching.objects.get())


def test_nobody_confirms_an_own_proposal(support, second):
    support.ready()
    made = support.propose()
    with pytest.raises(Blocked, match="要由另一人确认"):
        support.confirm(made, "fang")
    with pytest.raises(IntegrityError), transaction.atomic():
        Matching.objects.filter(pk=made.pk).update(confirmed_by=made.proposed_by)


def test_confirming_makes_helps_and_letters(support, second):
    support.ready()
    done = support.confirm(support.propose(), "zhou")
    assert done.stage == "confirmed"
    helps = Help.objects.order_by("village")
    assert [(h.village, h.contact, h.stage) for h in helps] == [
        (SHANGTIAN, "李法务", "active"),
        (XIATIAN, "王电商", "active"),
    ]
    letters = Letter.objects.order_by("village")
    assert [letter.addressee for letter in letters] == [h.helper for h in helps]
    assert "李法务合同法务精通" in letters[0].values["reason"]
    assert letters[0].issuer == "示例市"
    assert Entry.objects.filter(action="support.confirm-matching").get().label == (
        "确认 百名人才进百村，2 名专家对接 2 个村"
    )
    with pytest.raises(Blocked, match="已确认"):
        support.confirm(done, "zhou")


def test_an_outdated_proposal_is_computed_anew_first(support, second):
    support.ready()
    made = support.propose()
    support.need(SHANGTIAN, "crops")
    with pytest.raises(Blocked, match="重新计算"):
        support.confirm(made, "zhou")
    again = matching.match_again(matching_id=made.pk, revision=1, **support.by("fang"))
    assert again.revision == 2
    assert support.confirm(again, "zhou").stage == "confirmed"


def test_a_pair_is_pinned_at_its_price_and_freed_again(support):
    support.ready()
    made = support.propose()
    fixed = matching.fix_pair(
        matching_id=made.pk, revision=1, village=SHANGTIAN, expert=support.sales.pk, way="pin",
        reason="本人请求", **support.by("fang"),
    )  # fmt: skip
    assert [one["village"] for one in fixed.answer["matches"]] == [SHANGTIAN]
    entry = Entry.objects.filter(action="support.pin-pair").get()
    assert entry.facts["reason"] == "本人请求"
    freed = matching.fix_pair(
        matching_id=made.pk, revision=2, village=SHANGTIAN, expert=support.sales.pk, way="free",
        reason="撤回请求", **support.by("fang"),
    )  # fmt: skip
    assert freed.answer["cost"] == made.answer["cost"]
    assert still_proved(freed)


def test_a_hard_limit_is_not_pinned_over(support):
    support.ready()
    made = support.propose()
    with pytest.raises(Invalid, match="没有该村需要的任何一项专长"):
        matching.fix_pair(
            matching_id=made.pk, revision=1, village=XIATIAN, expert=support.law.pk, way="pin",
            reason="领导点名", **support.by("fang"),
        )  # fmt: skip
    with pytest.raises(Blocked, match="已在别处改过"):
        matching.fix_pair(
            matching_id=made.pk, revision=9, village=XIATIAN, expert=support.law.pk, way="forbid",
            reason="回避", **support.by("fang"),
        )  # fmt: skip


def test_conflicts_of_interest_are_kept_apart(support):
    support.expert("赵法务", {"law": 3}, conflicts={SHANGTIAN: "亲属任职"})
    support.need(SHANGTIAN, "law")
    made = support.propose()
    assert made.answer["unserved"][0]["why"] == "没有可派的专家：1 人应当回避"


def test_who_already_helps_has_that_many_places_less(support, second):
    support.ready()
    support.confirm(support.propose(), "zhou")
    later = support.propose(title="第二批")
    assert later.answer["matches"] == []
    assert "1 人没有对口专长" in later.answer["unserved"][1]["why"]
    assert "1 人已到上限" in later.answer["unserved"][1]["why"]


def test_only_their_posts_do_these_things(support, lin, gao):
    with pytest.raises(Forbidden):
        support.expert("某人", {"law": 1}, by="lin")
    with pytest.raises(Missing):
        support.expert("某人", {"law": 1}, by="chen")
    with pytest.raises(Missing):
        support.need(XIATIAN, "law", by="lin")
    with pytest.raises(Forbidden):
        support.propose(by="gao")


def test_a_need_is_told_once_and_closed(support):
    need = support.need(SHANGTIAN, "law", by="lin")
    with pytest.raises(Invalid, match="已填报过"):
        support.need(SHANGTIAN, "law", by="lin")
    experts.close_need(need_id=need.pk, reason="合同已改好", **support.by("lin"))
    assert support.need(SHANGTIAN, "law", by="lin").pk != need.pk
    assert Entry.objects.filter(action="support.close-need").get().facts["reason"] == "合同已改好"


def test_a_telephone_is_sealed_and_each_look_is_kept(support):
    support.ready()
    assert "13800000001" not in str(support.law.phone)
    help = support.propose_help()
    clear = revealing.reveal(of="help", thing_id=help.pk, reason="联系收购", **support.by("chen"))
    assert clear == "13800000002"
    assert Entry.objects.filter(action="sealed.reveal").get().facts["reason"] == "联系收购"
    with pytest.raises(Forbidden):
        revealing.reveal(of="expert", thing_id=support.law.pk, reason="看", **support.by("fang"))


def test_the_page_shows_pairs_proof_and_why_the_button_is_grey(client, support, second, fang):
    support.ready()
    made = support.propose()
    shown = get(client, fang, "matching", made.pk)
    assert "已证明没有更省的安排" in shown
    assert "清水镇上田村" in shown
    assert "自己提出的要由另一人确认" in shown
    assert "2 人没有对口专长" in shown
    assert "disabled" not in get(client, second, "matching", made.pk)


def test_what_another_choice_costs_is_told_and_changes_nothing(client, support, fang):
    support.ready()
    made = support.propose()
    shown = get(client, fang, "what-if", made.pk, village=SHANGTIAN, expert=support.sales.pk)
    assert "多 1 个村派不出专家" in shown
    assert Matching.objects.get().revision == 1


def test_a_village_sees_its_own_expert_and_no_matching(client, support, second, lin, qian):
    support.ready()
    done = support.confirm(support.propose(), "zhou")
    mine = Help.objects.get(village=SHANGTIAN)
    assert "李法务" in get(client, lin, "received")
    assert "李法务合同法务精通" in get(client, lin, "help", mine.pk)
    get(client, qian, "help", mine.pk, status=404)
    get(client, lin, "matching", done.pk, status=404)


def test_the_whole_way_goes_through_the_pages(client, support, second, fang, lin):
    support.need(SHANGTIAN, "law")
    post(client, fang, "new-expert", name="李法务", unit="市司法局", field="other", base=COUNTY,
         load_max="2", **{"skill-law": "3"})  # fmt: skip
    post(client, fang, "new-matching", title="第一批", until_on="2099-12-31", gap="1000",
         per_km="5", load="200")  # fmt: skip
    made = Matching.objects.get()
    post(client, fang, "confirm-matching", made.pk, revision="1", status=409)
    post(client, second, "confirm-matching", made.pk, revision="1")
    help = Help.objects.get()
    today = help.from_on.isoformat()
    post(client, lin, "deed", help.pk, done_on=today, what="看了三份合同", next="起草补充协议")
    post(client, lin, "deed", help.pk, done_on=today, what="看了三份合同", status=422)
    assert Deed.objects.count() == 1
    assert "看了三份合同" in get(client, fang, "help", help.pk)
    post(client, fang, "end-help", help.pk, ended_on=today, reason="合同已改")
    assert "合同已改" in get(client, lin, "received")


def test_what_was_told_stands(support, second):
    support.ready()
    support.confirm(support.propose(), "zhou")
    help = Help.objects.get(village=SHANGTIAN)
    support.visit(help, on=date(2026, 3, 2))
    with pytest.raises(IntegrityError), transaction.atomic():
        Deed.objects.update(what="改了")


@pytest.mark.parametrize("page", ["matchings", "experts", "helps", "received", "suggestions"])
def test_lists_ask_few_queries(client, support, second, fang, page, django_assert_max_num_queries):
    support.ready()
    support.confirm(support.propose(), "zhou")
    client.force_login(fang)
    with django_assert_max_num_queries(20):
        client.get(reverse(f"support:{page}"))
    made = Matching.objects.get()
    with django_assert_max_num_queries(20):
        client.get(reverse("support:matching", args=(made.pk,)))
    with django_assert_max_num_queries(20):
        client.get(reverse("support:help", args=(Help.objects.first().pk,)))


def test_an_expert_is_not_sent_again_to_a_village_helped_already(support, second):
    support.expert("李法务", {"law": 3}, load_max=3)
    support.need(SHANGTIAN, "law", 3)
    support.confirm(support.propose(), "zhou")
    support.need(XIATIAN, "law")
    again = support.propose(title="第二批")
    assert [one["village"] for one in again.answer["matches"]] == [XIATIAN]
    assert "正在帮扶" in again.answer["unserved"][0]["why"]
    support.confirm(again, "zhou")
    assert Help.objects.filter(kind="expert").count() == 2


def test_who_fixed_a_pair_does_not_confirm_it_after_another_computed_anew(support, second):
    support.ready()
    made = support.propose(by="zhou")
    pinned = matching.fix_pair(
        matching_id=made.pk, revision=made.revision, village=SHANGTIAN, expert=support.sales.pk,
        way="pin", reason="村里点名要", **support.by("fang"),
    )  # fmt: skip
    again = matching.match_again(
        matching_id=made.pk, revision=pinned.revision, **support.by("zhou")
    )
    with pytest.raises(Blocked, match="要由另一人确认"):
        support.confirm(again, "fang")


def test_a_plan_whose_last_day_has_come_is_not_confirmed(support, second):
    support.ready()
    made = support.propose(until_on=date(2026, 3, 3))
    late = NOON + timedelta(days=1)
    with pytest.raises(Blocked, match="截止日 2026-03-03 已到"):
        matching.confirm(matching_id=made.pk, revision=1, by=second, now=late)
