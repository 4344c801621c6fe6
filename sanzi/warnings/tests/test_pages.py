"""The pages: who sees what, how many questions each asks, what a click does."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, localtime

from sanzi.accounting.keys import voucher_key
from sanzi.warnings.leading import page_of, work_of
from sanzi.warnings.models import Event, Setting
from sanzi.warnings.rules import ABSENT, GATES, RULES
from tests.world import COUNTY, QINGSHUI, SHANGTIAN

pytestmark = pytest.mark.django_db
MOST = 20


def get(client, person, name, *args, status=200, **params):
    client.force_login(person)
    answer = client.get(reverse(f"warnings:{name}", args=args), params)
    assert answer.status_code == status, answer.content.decode()[:800]
    return answer.content.decode()


def post(client, person, name, *args, status=302, region="", **data):
    client.force_login(person)
    url = reverse(f"warnings:{name}", args=args) + (f"?region={region}" if region else "")
    answer = client.post(url, data)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def test_a_warning_shows_its_number_its_line_and_what_to_do(client, late, lin):
    shown = get(client, lin, "event", late.pk)
    assert "最久逾期 31 天，达到黄线 30 天" in shown
    assert "黄·注意" in shown
    assert "该怎么办" in shown
    assert "第 0 期" in shown
    assert "出厂示例" in shown
    assert reverse("contracts:dues") in shown


def test_the_village_next_door_gets_nothing(client, late, qian, luo, lin):
    get(client, qian, "event", late.pk, status=404)
    get(client, luo, "event", late.pk, status=404)
    get(client, luo, "mine", region=SHANGTIAN, status=404)
    assert "31 天" not in get(client, luo, "events")
    assert "canary" not in get(client, lin, "mine")


def test_restricted_warnings_are_for_who_may_see_clues(client, late, lin, gao, jian, chen):
    Event.objects.filter(pk=late.pk).update(is_restricted=True)
    shown = get(client, gao, "event", late.pk)
    assert "没有可以交办的人" in shown
    assert "林会计" not in shown
    get(client, jian, "event", late.pk)
    get(client, lin, "event", late.pk, status=404)
    get(client, chen, "event", late.pk, status=404)
    assert late.sentence not in get(client, chen, "mine", region=SHANGTIAN)
    assert "条预警" in get(client, chen, "events", region=SHANGTIAN)


@pytest.mark.parametrize("name", ["events", "mine", "rules", "digest"])
def test_no_page_asks_more_than_it_should(client, see, chen, name, django_assert_max_num_queries):
    see(*(("W-35", f"c:{n}", 31 + n, 100 * n) for n in range(30)), on=localdate())
    client.force_login(chen)
    with django_assert_max_num_queries(MOST):
        assert client.get(reverse(f"warnings:{name}")).status_code == 200


def test_one_warning_asks_no_more_than_it_should(client, late, chen, django_assert_max_num_queries):
    client.force_login(chen)
    with django_assert_max_num_queries(MOST):
        client.get(reverse("warnings:event", args=(late.pk,)))


def test_the_homes_say_how_many_and_lead_there(client, late, lin, chen, shi):
    Event.objects.update(shown_on=localdate())
    for person in (lin, chen, shi):
        client.force_login(person)
        shown = client.get(reverse("dashboards:home")).content.decode()
        assert reverse("warnings:mine") in shown
        assert "预警" in shown


def test_given_out_from_the_list_by_ticking(client, late, chen, lin):
    post(client, chen, "dispatch", events=[late.pk], username="lin")
    assert "交办给我" in get(client, lin, "mine")
    post(client, lin, "step", late.pk, step="accept")
    wrong = post(client, lin, "step", late.pk, step="finish", words="", status=422)
    assert "请写明情况" in wrong
    post(client, lin, "step", late.pk, step="finish", words="已收到全部租金")
    assert "已收到全部租金" in get(client, chen, "event", late.pk)


def test_ticking_nothing_or_a_stranger_says_what_to_do(client, late, chen):
    assert "请先勾选" in post(client, chen, "dispatch", username="lin", status=422)
    away = post(client, chen, "dispatch", events=[late.pk], username="qian", status=422)
    assert "不管这个村" in away
    assert Event.objects.get(pk=late.pk).stage == "open"


def test_put_off_from_the_list(client, late, chen):
    until = localdate() + timedelta(days=7)
    post(client, chen, "snooze", events=[late.pk], until=until.isoformat(), reason="等收割后交")
    assert Event.objects.get(pk=late.pk).snoozed_until == until
    bad = post(client, chen, "snooze", events=[late.pk], until="2020-01-01", reason="等收割后",
               status=422)  # fmt: skip
    assert "没有暂缓" in bad


def test_a_village_is_looked_at_again_by_a_button(client, late, chen, lin):
    post(client, chen, "look", region=SHANGTIAN)
    shown = get(client, chen, "event", late.pk)
    assert "系统自动办结" in shown  # nothing in the registers is late
    post(client, lin, "look", region=SHANGTIAN, status=403)
    post(client, chen, "look", region=QINGSHUI)
    post(client, chen, "look", region="999901002", status=404)


def test_the_catalogue_names_every_rule_what_guards_and_what_is_missing(client, chen):
    shown = get(client, chen, "rules")
    for rule in (*RULES, *GATES, *ABSENT):
        assert rule.code in shown
        assert rule.title in shown
    assert "示例，可修改" in shown
    assert "暂无数据" in shown


def test_numbers_are_tried_then_put_in_force_by_another(client, shi, fang, chen):
    numbers = {"blue": "1", "yellow": "45", "orange": "90", "red": "180"}
    asked = {**numbers, "lane": "warn", "is_on": "on", "from_on": "2026-01-01"}
    post(client, shi, "propose", "W-35", region=COUNTY, basis="县发〔2026〕3号", **asked)
    made = Setting.objects.get()
    assert made.trial["times"] == 0
    shown = get(client, shi, "setting", made.pk)
    assert "过去一年会触发" in shown
    assert "不能启用自己拟定的" in shown
    post(client, shi, "live", made.pk, status=409)
    post(client, fang, "live", made.pk)
    assert "45 天" in get(client, chen, "rule", "W-35")
    post(client, fang, "withdraw", made.pk, status=409)


def test_numbers_out_of_order_are_shown_beside_the_form(client, shi):
    asked = {"blue": "1", "yellow": "95", "orange": "90", "red": "180", "lane": "warn",
             "is_on": "on", "from_on": "2026-01-01", "basis": "县发〔2026〕3号"}  # fmt: skip
    shown = post(client, shi, "propose", "W-35", region=COUNTY, status=422, **asked)
    assert "颜色越重" in shown
    assert not Setting.objects.exists()


def test_only_the_county_and_above_set_numbers(client, chen, shi):
    post(client, chen, "propose", "W-35", region=QINGSHUI, status=403)
    get(client, chen, "rule", "W-99", status=404)
    get(client, chen, "rule", "BUDGET")


def test_the_digest_tells_the_week_and_what_was_held(client, see, chen):
    today = localdate()
    see(*(("W-35", f"c:{n}", 31, 100 * n) for n in range(7)), on=today)
    shown = get(client, chen, "digest")
    assert "2 条因预算压到摘要" in shown
    get(client, chen, "digest", week="x", status=400)


def test_the_register_narrows_by_state_and_colour(client, see, chen):
    see(*(("W-35", f"c:{n}", 31, 100 * n) for n in range(7)), ("W-35", "b", 1, 1))
    assert "5 条预警" in get(client, chen, "events", state="listed")
    assert "2 条预警" in get(client, chen, "events", state="held")
    assert "1 条预警" in get(client, chen, "events", state="digest")
    assert "7 条预警" in get(client, chen, "events", of_colour="2")
    get(client, chen, "events", state="nonsense", status=400)


def test_every_rule_leads_to_a_page_that_is_there(client, late, chen):
    client.force_login(chen)
    for rule in RULES:
        late.rule = rule.code
        if url := work_of(late):
            assert client.get(url).status_code in (200, 404), (rule.code, url)
            late.cause = f"orgs.region:{SHANGTIAN}"
            if url := work_of(late):
                assert client.get(url).status_code == 200, (rule.code, url)
            late.cause = "contracts.contract:1"


def test_rows_lead_to_their_own_pages_and_nothing_odd_is_an_address():
    assert page_of("contracts.contract:12") == reverse("cleanup:contract", args=(12,))
    voucher = voucher_key(7, 202612, 3)
    assert page_of(f"accounting.voucher:{voucher}") == reverse(
        "accounting:voucher", args=(7, voucher)
    )
    assert page_of("orgs.region:999901001201") is None
    assert page_of("accounting.book:7:202612") is None
    assert page_of("contracts.contract:x") is None


def counted(html, words):
    """How many a sentence of the page says."""
    return int(re.search(rf"(\d+) 条(?:</a>)?\s*{words}", html)[1])


def test_a_count_of_what_is_not_listed_is_that_of_the_rows_it_opens(client, see, chen):
    see(("W-41", "a", 1, 0), ("W-41", "b", 1, 0), on=localdate())
    first = Event.objects.order_by("pk").first()
    first.snoozed_until, first.snooze_reason = localdate() + timedelta(days=3), "等测绘"
    first.save()
    assert counted(get(client, chen, "mine"), "越线不多") == 1
    assert "1 条预警" in get(client, chen, "events", state="digest")


def test_a_rule_s_count_of_the_quarter_opens_to_the_quarter(client, late, chen):
    ended = localtime() - timedelta(days=100)
    Event.objects.filter(pk=late.pk).update(
        stage="closed", ending="gone", closed_at=ended, gone_on=ended.date()
    )
    html = get(client, chen, "rules", region=SHANGTIAN)
    assert "of_rule=W-35&amp;state=quarter" not in html, "none is counted"
    assert late.sentence not in get(client, chen, "events", of_rule="W-35", state="quarter",
                                    region=SHANGTIAN)  # fmt: skip
    Event.objects.filter(pk=late.pk).update(closed_at=localtime() - timedelta(days=80))
    assert "of_rule=W-35&amp;state=quarter" in get(client, chen, "rules", region=SHANGTIAN)
    assert late.sentence in get(client, chen, "events", of_rule="W-35", state="quarter",
                                region=SHANGTIAN)  # fmt: skip


def test_the_list_says_the_county_s_own_limits(client, late, chen, shi, fang):
    Setting.objects.create(
        region=COUNTY, rule="BUDGET", lane="warn", from_on="2026-01-01", basis="县发",
        values={"village_month": "5", "person_day": "10", "accept_days": "1", "handle_days": "7"},
        made_by=shi, made_at=localtime(), live_by=fang, live_at=localtime(),
    )  # fmt: skip
    assert "1 个工作日内接收、7 个工作日内办结" in get(client, chen, "mine")
