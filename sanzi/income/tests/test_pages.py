"""The pages: tiers with exact edges, goals with who stands between, one-off income by two hands."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from sanzi.accounting.models import Line
from sanzi.income.actions import goals
from sanzi.income.models import Goal, OneOff, Standard
from sanzi.journal.models import Entry
from sanzi.villages.models import Project
from tests.world import LIYUAN, NOON, QINGSHUI, SHANGTIAN, XIATIAN

from .conftest import reported

pytestmark = pytest.mark.django_db
DAY = {"as_of": "2025-12-31"}


def opens(village):
    return reverse("income:village", args=[village])


def test_a_town_sees_its_villages_by_tier_a_fen_below_the_edge_stays_below(
    get, kept, neighbour, chen
):
    shown = get(chen, "overview", **DAY)
    assert "2 个村" in shown
    assert "<b>199,999.99</b>" in shown
    below = get(chen, "villages", tier="2", **DAY)
    assert opens(XIATIAN) in below
    assert opens(SHANGTIAN) not in below
    assert "99,999.99" in below
    assert opens(SHANGTIAN) in get(chen, "villages", least="3", **DAY)


def test_every_village_says_where_its_income_was_read(get, kept, neighbour, chen):
    shown = get(chen, "villages", **DAY)
    assert "账簿" in shown
    assert "年度收入登记" in shown
    assert "没有数据" in get(chen, "overview", as_of="2020-12-31")


def test_an_unknown_definition_or_tier_is_refused(get, chen):
    get(chen, "overview", definition="profit", status=400)
    get(chen, "villages", tier="9", status=400)
    get(chen, "villages", least="x", status=400)
    get(chen, "overview", as_of="2025-13-01", status=400)


def test_a_neighbour_s_person_does_not_open_the_village(get, kept, qian, lin):
    assert "100,000.00" in get(lin, "village", SHANGTIAN, **DAY)
    get(qian, "village", SHANGTIAN, status=404)
    get(lin, "village", LIYUAN, status=404)


def test_a_village_shows_all_readings_of_its_year(get, kept, lin):
    shown = get(lin, "village", SHANGTIAN, **DAY)
    for amount in ("100,000.00", "130,000.00", "125,000.00", "90,000.00", "85,000.00"):
        assert amount in shown
    assert "待核实" in shown


def line_of(book, memo):
    line = Line.objects.of(book).filter(memo=memo, account__startswith="5").first()
    return line.pk // 10_000, line.pk


def test_one_off_income_takes_two_hands_and_then_counts_no_more(
    get, post, kept, lin, zheng, wu, goal, chen
):
    voucher, line = line_of(kept, "变卖旧设备")
    assert "还差 <b>1</b>" in get(chen, "goal", goal.pk)
    post(lin, "mark-line", voucher, line, kind="sale", reason="设备只有一台")
    mark = OneOff.objects.get()
    assert "待复核" in get(lin, "village", SHANGTIAN, **DAY)
    assert "不含一次性" in get(chen, "villages", **DAY)
    post(lin, "decide", mark.pk, accepts="yes", status=403)
    post(zheng, "decide", mark.pk, accepts="yes")
    assert "其中一次性 10,000.00 元" in get(lin, "village", SHANGTIAN, **DAY)
    shown = get(chen, "goal", goal.pk)
    assert "已有 <b>0</b> 个" in shown
    assert "10,000.00" in shown
    again = post(wu, "mark-line", voucher, line, kind="sale", reason="再提一次", status=409)
    assert "已经提出过" in again
    labels = list(Entry.objects.filter(object=f"income.oneoff:{mark.pk}").values_list("action"))
    assert labels == [("income.mark",), ("income.decide",)]


def test_who_marked_does_not_confirm_and_a_refusal_needs_a_reason(get, post, kept, shi, chen, gao):
    voucher, line = line_of(kept, "变卖旧设备")
    post(chen, "mark-line", voucher, line, kind="sale", reason="一次性")
    mark = OneOff.objects.get()
    mark.proposed_by = shi
    mark.save()
    assert "不能是同一人" in post(shi, "decide", mark.pk, accepts="yes", status=409)
    assert "请写明理由" in post(gao, "decide", mark.pk, accepts="no", status=422)
    post(gao, "decide", mark.pk, accepts="no", reason="年年都有")
    assert "已经复核过" in post(gao, "decide", mark.pk, accepts="yes", status=409)


def test_a_line_that_is_no_income_or_a_neighbour_s_cannot_be_marked(post, kept, lin, qian):
    voucher, line = line_of(kept, "变卖旧设备")
    give = {"kind": "sale", "reason": "一次性"}
    post(qian, "mark-line", voucher, line, status=404, **give)
    money = Line.objects.of(kept).filter(account="102").first()
    post(lin, "mark-line", money.pk // 10_000, money.pk, status=422, **give)
    post(lin, "mark-line", voucher, line + 1, status=422, **give)
    assert "请选择性质" in post(lin, "mark-line", voucher, line, status=422, kind="x", reason="y")


def test_a_register_row_is_marked_up_to_what_it_holds(get, post, neighbour, qian, lin):
    give = {"part": "operating", "kind": "land", "reason": "征地"}
    post(qian, "mark-row", XIATIAN, 2025, amount="100000.00", status=422, **give)
    post(lin, "mark-row", XIATIAN, 2025, amount="1.00", status=404, **give)
    post(qian, "mark-row", XIATIAN, 2025, amount="99999.99", **give)
    assert "征地补偿" in get(qian, "village", XIATIAN, **DAY)
    assert "99,999.99" in get(qian, "one-offs")


def test_the_list_of_one_off_income_is_the_region_s_own(get, post, kept, lin, qian):
    voucher, line = line_of(kept, "变卖旧设备")
    post(lin, "mark-line", voucher, line, kind="sale", reason="只有一台的设备")
    assert "只有一台的设备" in get(lin, "one-offs")
    assert "只有一台的设备" not in get(qian, "one-offs")


def test_a_goal_lists_who_stands_between_with_what_is_missing(
    get, kept, neighbour, goal, chen, fang, lin, luo
):
    shown = get(chen, "goal", goal.pk)
    assert "已有 <b>1</b> 个" in shown
    assert "<b>0.01</b>" in shown
    assert "先做" in shown
    assert opens(XIATIAN) not in get(lin, "goal", goal.pk), "a village sees its own alone"
    get(luo, "goal", goal.pk, status=404)
    assert "十万清零" in get(fang, "goals")


def test_what_if_is_answered_in_place(get, kept, neighbour, goal, chen):
    ask = {"dues": "100", "overdue": "0", "projects": "100", "as_of": "2025-11-30"}
    for more, count in (("9999.99", 1), ("10000", 2), ("0", 0)):
        assert f"会有 <b>{count}</b> 个村达到" in get(chen, "goal", goal.pk, more=more, **ask)
    assert "请填 0 到 100 的整数" in get(chen, "goal", goal.pk, **{**ask, "dues": "101"})


def test_a_project_without_income_is_shown_apart_and_counted_only_where_asked(
    get, kept, neighbour, goal, chen
):
    Project.objects.create(
        village=SHANGTIAN, number="1", name="大棚", path="项目造血",
        expected_income=Decimal("120000.00"),
    )  # fmt: skip
    day = {"as_of": "2025-11-30"}
    told = get(chen, "village", SHANGTIAN, **day)
    assert "年底前最多 <b>10,000.00</b> 元，单列，不计入预计" in told
    assert "没有签约、开工和投产日期" in told
    assert "未见收益 120,000.00，不计" in get(chen, "goal", goal.pk, **day)
    ask = {"dues": "100", "overdue": "0", "projects": "100", **day}
    for planned, count in (("0", 0), ("100", 1)):
        shown = get(chen, "goal", goal.pk, planned=planned, **ask)
        assert f"会有 <b>{count}</b> 个村达到" in shown


def test_a_goal_is_set_by_who_may_and_once(post, gao, chen, lin):
    give = {"title": "百村百万", "code": "collective", "threshold": "1000000", "wanted": "1",
            "by_on": "2025-12-31"}  # fmt: skip
    post(chen, "set-goal", status=403, **give)
    post(lin, "set-goal", status=403, **give)
    post(gao, "set-goal", **give)
    assert "已经设定" in post(gao, "set-goal", status=409, **give)
    assert "请填写金额" in post(gao, "set-goal", status=422, **{**give, "threshold": ""})
    goal = Goal.objects.get()
    post(gao, "withdraw-goal", goal.pk, reason="", status=422)
    post(gao, "withdraw-goal", goal.pk, reason="口径改了")
    assert "已经撤销" in post(gao, "withdraw-goal", goal.pk, reason="再撤", status=409)
    post(gao, "set-goal", **give)


def test_tiers_are_the_region_s_own_from_their_day_on(get, post, kept, neighbour, gao, chen, shi):
    give = {"definition": "total", "edges": "13、20", "from_on": "2025-12-31", "reason": "镇办文"}
    post(gao, "set-standard", "tiers", **give)
    shown = get(chen, "villages", tier="2", **DAY)
    assert opens(SHANGTIAN) in shown, "130,000.00 lies in the tier from 13 万元"
    assert "总收入" in shown
    assert "5～10 万元" in get(chen, "overview", as_of="2025-12-30"), "the day before: as before"
    assert "5～10 万元" in get(shi, "overview", **DAY), "the county has its own"
    wrong = post(gao, "set-standard", "tiers", status=422, **{**give, "edges": "5、3"})
    assert "从低到高" in wrong
    post(chen, "set-standard", "tiers", status=403, **give)
    assert Standard.objects.count() == 1


def test_one_off_accounts_and_limits_are_set_and_read_back(get, post, kept, gao, chen):
    day = {"from_on": "2025-01-01", "reason": "镇办文"}
    post(gao, "set-standard", "apart", codes="2023 504", **day)
    assert "10,000.00" in get(chen, "villages", **DAY)
    wrong = post(gao, "set-standard", "apart", codes="2023 511", status=422, **day)
    assert "不是收入科目" in wrong
    limits = {"last_days": "10", "share_percent": "30", "least_fen": "1", "edge_fen": "2",
              "back_days": "60", "unpaid_percent": "50"}  # fmt: skip
    post(gao, "set-standard", "jumps", **limits, **day)
    assert "最后 10 天" in get(chen, "standards")
    post(gao, "set-standard", "other", status=400, **day)


def test_the_list_of_villages_goes_to_paper(client, kept, neighbour, chen, min):
    client.force_login(chen)
    answer = client.get(reverse("income:villages"), {**DAY, "format": "xlsx"})
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)[:2] == b"PK"
    client.force_login(min)
    assert client.get(reverse("income:villages"), {**DAY, "format": "xlsx"}).status_code == 403


@pytest.mark.parametrize("name", ["overview", "villages", "goals", "standards", "one-offs"])
def test_pages_ask_few_questions(client, django_assert_max_num_queries, kept, neighbour, goal, chen,
                                 name):  # fmt: skip
    reported("999901001202", 2024, operating_income="1.00")
    client.force_login(chen)
    with django_assert_max_num_queries(20):
        client.get(reverse(f"income:{name}"), {"region": QINGSHUI})


def test_a_goal_and_a_village_ask_few_questions(
    client, django_assert_max_num_queries, kept, neighbour, goal, chen, put
):
    put(kept, "2026-01-05", "借 102 1.00\n贷 501 1.00")
    client.force_login(chen)
    for address in (
        reverse("income:goal", args=[goal.pk]),
        reverse("income:village", args=[SHANGTIAN]) + "?as_of=2026-03-01",
    ):
        with django_assert_max_num_queries(20):
            assert client.get(address).status_code == 200


def test_many_goals_fill_more_than_one_page(get, gao, chen):
    for n in range(51):
        goals.set_goal(
            region=QINGSHUI, title=f"目标{n:02d}", code="collective", threshold=Decimal(1),
            wanted=None, by_on=date(2025, 12, 31), counts_one_off=False, reason="", by=gao,
            now=NOON,
        )  # fmt: skip
    shown = get(chen, "goals")
    assert "共 51 项目标" in shown
    assert "目标00" in shown
    assert "目标50" not in shown
    assert "目标50" in get(chen, "goals", page="2")
