"""The pages: who sees what, and when; sealed marks, drafts, results that open to their rows."""

from datetime import date

import pytest
from django.db import transaction
from django.urls import reverse

from sanzi.access.models import Person, Post
from sanzi.contests.actions import people
from sanzi.contests.models import Contest, Result, Round
from sanzi.metrics.share import Contribution
from sanzi.metrics.shares import RowShares, replace
from sanzi.orgs.tree import ensure
from tests.world import CITY, NOON, SHANGTIAN

pytestmark = pytest.mark.django_db


def get(client, person, name, *args, status=200, **params):
    client.force_login(person)
    answer = client.get(reverse(f"contests:{name}", args=args), params)
    assert answer.status_code == status, answer.content.decode()[:500]
    return answer.content.decode()


def post(client, person, name, *args, status=302, **data):
    client.force_login(person)
    answer = client.post(reverse(f"contests:{name}", args=args), data)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def test_the_city_founds_a_contest_with_an_example_s_rounds(client, fang):
    post(client, fang, "found", title="乡村大比武", year="2026", kind="contest", level="village")
    listed = get(client, fang, "contests")
    assert "2026 年乡村大比武" in listed
    assert "年初比规划（筹备）" in listed


def test_a_draft_is_seen_by_its_own_alone(client, held, lin, qian, fang):
    held.prepare()
    held.step("open")
    mine = held.entry("上田村").pk
    post(client, lin, "write", mine, statement="我村的秘密计划", pledge="1")
    assert "我村的秘密计划" in get(client, lin, "entry", mine)
    get(client, qian, "entry", mine, status=404)
    assert "我村的秘密计划" not in get(client, fang, "entry", mine)
    post(client, lin, "hand-in", mine)
    assert "我村的秘密计划" in get(client, fang, "entry", mine)
    get(client, qian, "entry", mine, status=404)


def test_the_list_of_a_round_links_to_what_its_reader_may_open(client, held, lin, chen):
    held.prepare()
    held.step("open")
    mine = held.entry("上田村").pk
    link = f'href="{reverse("contests:entry", args=(mine,))}"'
    assert link in get(client, lin, "round", held.round.pk)
    assert link not in get(client, chen, "round", held.round.pk)
    held.hand_in("上田村", "lin")
    assert link in get(client, chen, "round", held.round.pk)


def test_no_mark_is_seen_before_closing_but_one_s_own(client, held, fang, jian):
    held.prepare()
    held.step("open")
    held.hand_in("上田村", "lin")
    one = held.entry("上田村").pk
    points = {"P1": "37.25", "P2": "11.75"}
    post(client, jian, "mark", held.round.pk, one, **points)
    assert "37.25" in get(client, jian, "sheet", held.round.pk, one)
    for page, args in (("sheet", (held.round.pk, one)), ("judging", (held.round.pk,)),
                       ("round", (held.round.pk,)), ("entry", (one,))):  # fmt: skip
        shown = get(client, fang, page, *args)
        assert "37.25" not in shown
        assert "49.00" not in shown
    assert "封分前谁也看不到" in get(client, fang, "panel", held.round.pk, status=409)


def test_marks_out_of_range_are_said_beside_their_field(client, held, jian):
    held.prepare()
    held.step("open")
    held.hand_in("上田村", "lin")
    one = held.entry("上田村").pk
    shown = post(client, jian, "mark", held.round.pk, one, P1="41", P2="", status=422)
    assert "最高 40 分" in shown
    assert "还没有打分" in shown


def test_results_are_the_organiser_s_until_published_and_then_everybody_s(
    client, held, lin, qian, fang
):
    held.run()
    assert "上田村" in get(client, fang, "results", held.round.pk)
    assert "上田村" not in get(client, qian, "results", held.round.pk)
    result = Result.objects.get(entry__name="清水镇上田村")
    get(client, qian, "result", result.pk, status=404)
    post(client, fang, "step", held.round.pk, step="publish")
    assert "上田村" in get(client, qian, "results", held.round.pk)
    shown = get(client, qian, "result", result.pk)
    assert "88.75" in shown
    assert "?region=" not in shown, "a neighbour's rows are not opened"


def test_a_score_opens_the_rows_of_its_figure_for_whoever_may_see_them(client, held, fang):
    held.run()
    result = Result.objects.get(entry__name="清水镇上田村")
    assert "总分 <b>88.75</b>" in get(client, fang, "result", result.pk)


def test_the_panel_opens_when_the_round_is_closed(client, held, fang):
    held.run()
    shown = get(client, fang, "panel", held.round.pk)
    assert "方书记 54" in shown
    assert "简监督 48" in shown


def test_a_card_is_changed_in_its_grid_and_refused_by_row(client, held, fang):
    held.set_card()
    rows = {
        "code": ["A1", "A2"], "module": ["", ""], "title": ["甲", "乙"], "full": ["60", "30"],
        "source": ["typed", "typed"], "way": ["line", "line"], "terms": ["0→1", "0→1"],
        "missing": ["zero", "zero"], "revision": "2", "bonus_most": "0", "tie_break": "A1",
        "bands": "60=合格", "vetoes": "弄虚作假=0",
    }  # fmt: skip
    shown = post(client, fang, "set-card", held.round.pk, status=422, **rows)
    assert "合计 90 分" in shown
    post(client, fang, "set-card", held.round.pk, **{**rows, "full": ["60", "40"]})
    held.round.refresh_from_db()
    assert [row["code"] for row in held.round.card["rows"]] == ["A1", "A2"]
    assert held.round.card["vetoes"] == [["v1", "弄虚作假", "0"]]


def test_another_town_s_clerk_sees_the_round_and_none_of_its_villages(client, held, luo):
    held.prepare()
    shown = get(client, luo, "round", held.round.pk)
    assert "梨园村" in shown
    assert "上田村" not in shown


@pytest.mark.parametrize("page", ["contest", "round", "results", "panel"])
def test_a_page_asks_no_more_for_many_villages(
    client, held, fang, django_assert_max_num_queries, page
):
    ensure({f"9999020012{n:02d}": f"示范{n}村" for n in range(40)})
    held.prepare()
    held.step("open")
    held.mark_all()
    held.step("close")
    held.step("publish")
    assert Result.objects.filter(entry__round=held.round).count() == 43
    client.force_login(fang)
    args = [held.contest.pk if page == "contest" else held.round.pk]
    with django_assert_max_num_queries(20):
        assert client.get(reverse(f"contests:{page}", args=args)).status_code == 200


def test_a_grant_keeps_within_the_purse_and_its_use_within_the_grant(
    client, funding, lin, fang, chen
):
    held = funding
    one = held.entry("上田村").pk
    grant = {"amount": "60000", "document_number": "阳组〔2026〕1号", "granted_on": "2026-03-01"}
    wrong = post(client, fang, "grant", one, status=409, **{**grant, "amount": "100000.01"})
    assert "资金总额只余 100,000.00 元" in wrong
    post(client, fang, "grant", one, **grant)
    assert "已核定过资金" in post(client, fang, "grant", one, status=409, **grant)
    award = held.entry("上田村").award.pk
    use = {"used_on": "2026-03-02", "amount": "60000.01", "matter": "购菌棒"}
    assert "请核对金额" in post(client, lin, "use", award, status=422, **use)
    post(client, lin, "use", award, **{**use, "amount": "20000"})
    post(client, lin, "use", award, **{**use, "amount": "-20000"})
    assert "已用</dt><dd>0.00 元" in get(client, lin, "entry", one)
    post(client, chen, "use", award, status=403, **use)


@pytest.fixture
def funding(held):
    held.contest.kind, held.contest.purse = "funding", 100000
    held.contest.save()
    held.run()
    held.step("publish")
    return held


def test_naming_participants_twice_lists_nobody_twice(held, fang):
    held.set_card()
    assert people.enrol(round_id=held.round.pk, groups={}, by=fang, now=NOON) == 3
    assert people.enrol(round_id=held.round.pk, groups={}, by=fang, now=NOON) == 0


def test_counties_and_towns_stand_beside_each_other_once_published(client, held, fang, qian):
    held.run()
    assert "还没有公布" in get(client, qian, "comparison", held.round.pk)
    held.step("publish")
    shown = get(client, qian, "comparison", held.round.pk)
    assert "清水镇" in shown
    assert "<b>69.38</b>" in shown, "88.75 and 50.00 on average, half a hundredth up"


def test_the_award_list_says_what_was_granted_used_and_left(client, funding, fang, lin, qian):
    held, one = funding, funding.entry("上田村").pk
    grant = {"amount": "50000", "document_number": "专项组〔2026〕1号", "granted_on": "2026-03-01"}
    post(client, fang, "grant", one, **grant)
    use = {"used_on": "2026-03-02", "amount": "20000", "matter": "购菌棒"}
    post(client, lin, "use", held.entry("上田村").award.pk, **use)
    shown = get(client, fang, "awards", held.contest.pk)
    for words in ("50,000.00", "20,000.00", "30,000.00", "购菌棒"):
        assert words in shown
    assert "还没有核定资金" in get(client, qian, "awards", held.contest.pk)


def test_an_assessment_may_begin_with_the_long_example(client, fang):
    give = {"title": "年度考核", "year": "2026", "kind": "assessment", "level": "village"}
    post(client, fang, "found", is_long="on", **give)
    shown = get(client, fang, "card", Round.objects.get().pk)
    assert "B2.1" in shown
    assert "E5.3" in shown


def test_a_round_closed_and_not_yet_published_leaves_the_final_result_alone(client, held, fang):
    held.run()
    shown = get(client, fang, "contest", held.contest.pk)
    assert "还没有公布的轮次" in shown


def test_results_of_an_earlier_closing_open_to_nobody_who_took_part(client, held, fang, qian):
    held.run()
    old = Result.objects.get(entry__name="清水镇下田村")
    held.step("reopen", reason="补打一项")
    held.step("close")
    held.step("publish")
    new = Result.objects.get(entry__name="清水镇下田村", closing=2)
    get(client, qian, "result", new.pk)
    get(client, qian, "result", old.pk, status=404)
    assert "重新封分前" in get(client, fang, "result", old.pk)


def test_who_gave_up_is_granted_nothing(client, held, fang):
    Contest.objects.update(kind="funding", purse="500000.00")
    held.run()
    held.step("publish")
    left = held.entry("梨园村").pk
    typed = {"amount": "1", "document_number": "阳农〔2026〕3 号", "granted_on": "2026-03-02"}
    assert "核定资金" not in get(client, fang, "entry", left)
    post(client, fang, "grant", left, status=409, **typed)


def test_a_round_s_page_asks_no_more_for_many_judges(
    client, held, fang, places, django_assert_max_num_queries
):
    names = [f"judge{n}" for n in range(12)]
    for name in names:
        person = Person.objects.create(username=name, name=name, password="!")
        Post.objects.create(
            person=person, role="city_leader", region=places[CITY], from_on=date(2020, 1, 1)
        )
    held.prepare(judges=names)
    held.step("open")
    held.hand_in("上田村", "lin")
    client.force_login(fang)
    with django_assert_max_num_queries(20):
        assert client.get(reverse("contests:round", args=[held.round.pk])).status_code == 200


def test_a_figure_corrected_after_closing_is_said_beside_what_was_frozen(client, held, fang):
    held.run()
    result = Result.objects.get(entry__name="清水镇上田村")
    assert "现为" not in get(client, fang, "result", result.pk)
    began = date(2026, 2, 1)
    parts = [Contribution("receivables.locked", began, 40),
             Contribution("receivables.recovered", began, 10)]  # fmt: skip
    with transaction.atomic():
        replace("receivables", {1: RowShares(SHANGTIAN, parts)})
    shown = get(client, fang, "result", result.pk)
    assert "封分后台账有更正，现为 0.2500" in shown
    assert "总分 <b>88.75</b>" in shown
