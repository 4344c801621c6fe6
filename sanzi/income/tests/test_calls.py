"""Income asked of every village: drawn from the books, confirmed or explained, summed when all are
in."""

from datetime import date

import pytest
from django.urls import reverse

from sanzi.income.actions import calls as writes
from sanzi.income.models import Report, Statement
from sanzi.income.parts import PARTS
from sanzi.journal.models import Entry
from sanzi.kernel.refusals import Blocked
from tests.world import COUNTY, LIYUAN, NOON, QINGSHUI, SHANGTIAN, XIATIAN

pytestmark = pytest.mark.django_db

ASKED = [part.key for part in PARTS if part.key not in ("tax_refund", "income_tax")]
TRUE = dict.fromkeys(ASKED, "0") | {
    "operating": "90000", "subsidy": "30000", "other_income": "10000", "management": "5000"
}  # fmt: skip


@pytest.fixture
def call(shi, people):
    """The county asks for 2025, until a day in March 2026."""
    return writes.open_call(
        region=COUNTY, year=2025, quarter=0, due_on=date(2026, 3, 1), by=shi, now=NOON
    )


def of(call, village):
    return Statement.objects.get(call=call, village=village).pk


def test_every_living_village_is_asked_and_once(call, shi):
    assert set(Statement.objects.values_list("village", flat=True)) == {
        SHANGTIAN, XIATIAN, LIYUAN
    }  # fmt: skip
    with pytest.raises(Blocked, match="已经布置过"):
        writes.open_call(
            region=COUNTY, year=2025, quarter=0, due_on=date(2026, 4, 1), by=shi, now=NOON
        )


def test_a_village_confirms_what_its_books_say_without_a_word(get, post, kept, call, lin):
    shown = get(lin, "statement", of(call, SHANGTIAN))
    assert 'value="90000.00"' in shown
    assert "从账簿预填" in shown
    post(lin, "file-statement", of(call, SHANGTIAN), **TRUE)
    held = Statement.objects.get(village=SHANGTIAN)
    assert (held.stage, held.told["operating"], held.explanation) == ("filed", 9_000_000, "")
    actions = Entry.objects.filter(object=f"income.statement:{held.pk}").values_list("action")
    assert list(actions) == [("income.file",)]


def test_what_differs_from_the_books_is_explained(get, post, kept, call, lin):
    mine = of(call, SHANGTIAN)
    other = TRUE | {"operating": "90000.01"}
    assert "经营收入与账簿不一致" in post(lin, "file-statement", mine, status=422, **other)
    post(lin, "file-statement", mine, explanation="十二月一笔记错了科目", **other)
    shown = get(lin, "statement", mine)
    assert "<b>0.01</b>" in shown
    assert "十二月一笔记错了科目" in shown


def test_nothing_is_left_blank_and_nobody_fills_for_another(get, post, kept, call, lin, qian, chen):
    blank = {**TRUE, "subsidy": ""}
    assert "没有的填 0" in post(lin, "file-statement", of(call, SHANGTIAN), status=422, **blank)
    post(qian, "file-statement", of(call, SHANGTIAN), status=404, **TRUE)
    post(chen, "file-statement", of(call, SHANGTIAN), status=403, **TRUE)
    get(qian, "statement", of(call, SHANGTIAN), status=404)


def test_a_return_needs_a_reason_and_the_village_answers_it(get, post, kept, call, lin, chen):
    mine = of(call, SHANGTIAN)
    assert "已不在可" in post(chen, "send-back", mine, reason="x", status=409)
    post(lin, "file-statement", mine, **TRUE)
    assert "请写明退回的理由" in post(chen, "send-back", mine, reason=" ", status=422)
    post(chen, "send-back", mine, reason="补助收入请核对文号")
    assert "补助收入请核对文号" in get(lin, "statement", mine)
    post(lin, "file-statement", mine, **TRUE)
    assert "已不在可" in post(lin, "file-statement", mine, status=409, **TRUE)


def test_a_town_reports_only_when_all_its_villages_are_in(get, post, kept, call, lin, qian, chen):
    post(lin, "file-statement", of(call, SHANGTIAN), **TRUE)
    shown = get(chen, "call", call.pk)
    assert "已报 <b>1</b> 个" in shown
    assert "还有 1 个村没有报" in shown
    assert "还有 1 个村没有报" in post(chen, "report", call.pk, status=409)
    post(qian, "file-statement", of(call, XIATIAN), **dict.fromkeys(ASKED, "1"))
    post(chen, "report", call.pk)
    report = Report.objects.get()
    assert (report.region, report.villages) == (QINGSHUI, 2)
    assert report.sums["operating"] == 9_000_000 + 100
    assert "已经汇总上报" in post(chen, "report", call.pk, status=409)
    late = post(chen, "send-back", of(call, SHANGTIAN), reason="改", status=409)
    assert "已经汇总上报" in late


def test_a_county_waits_for_its_towns_and_sends_their_sums_back(
    get, post, kept, call, lin, qian, chen, shi
):
    for person, village in ((lin, SHANGTIAN), (qian, XIATIAN)):
        post(person, "file-statement", of(call, village), explanation="已核", **TRUE)
    Statement.objects.filter(village=LIYUAN).update(stage="filed", told={})
    assert "还有 2 个乡镇没有汇总上报" in post(shi, "report", call.pk, status=409)
    post(chen, "report", call.pk)
    report = Report.objects.get()
    assert "不能自己退回" in post(chen, "return-report", report.pk, reason="改", status=409)
    post(shi, "return-report", report.pk, reason="合计与报表不符")
    assert "已经退回" in post(shi, "return-report", report.pk, reason="再退", status=409)
    post(chen, "report", call.pk)


def test_who_is_late_is_seen_at_one_look(get, kept, call, shi, chen, fang, luo):
    shown = get(shi, "call", call.pk)
    assert "逾期未报 3 个" in shown
    assert "清水镇" in shown
    assert "逾期未报" in get(chen, "call", call.pk)
    assert "2025 年度收入台账" in get(fang, "calls")
    assert of(call, SHANGTIAN)
    assert reverse("income:statement", args=[of(call, SHANGTIAN)]) not in get(luo, "call", call.pk)


def test_a_quarter_is_the_year_so_far_and_the_register_does_not_speak_of_it(
    get, kept, neighbour, shi, lin, qian
):
    quarter = writes.open_call(
        region=COUNTY, year=2025, quarter=2, due_on=date(2025, 7, 15), by=shi, now=NOON
    )
    assert 'value="90000.00"' in get(lin, "statement", of(quarter, SHANGTIAN))
    assert "没有可以预填的来源" in get(qian, "statement", of(quarter, XIATIAN))


def test_a_call_is_opened_by_who_collects(post, chen, lin, gao):
    give = {"year": "2025", "quarter": "0", "due_on": "2026-01-31"}
    post(lin, "open-call", status=403, **give)
    assert "截止日期应在" in post(chen, "open-call", status=422, **{**give, "due_on": "2025-06-01"})
    post(chen, "open-call", **give)


def test_the_statements_go_to_the_paper_form(client, kept, call, chen):
    client.force_login(chen)
    answer = client.get(reverse("income:call", args=[call.pk]), {"format": "xlsx"})
    assert b"".join(answer.streaming_content)[:2] == b"PK"


def test_the_pages_ask_few_questions(client, kept, call, chen, lin, django_assert_max_num_queries):
    for person, address in (
        (chen, reverse("income:calls")),
        (chen, reverse("income:call", args=[call.pk])),
        (lin, reverse("income:statement", args=[of(call, SHANGTIAN)])),
    ):
        client.force_login(person)
        with django_assert_max_num_queries(20):
            assert client.get(address).status_code == 200


def test_a_town_s_report_stays_while_its_county_s_sums_stand_on_it(
    get, post, kept, call, lin, qian, chen, shi, fang
):
    for person, village in ((lin, SHANGTIAN), (qian, XIATIAN)):
        post(person, "file-statement", of(call, village), explanation="已核", **TRUE)
    Statement.objects.filter(village=LIYUAN).update(stage="filed", told={})
    post(chen, "report", call.pk)
    town = Report.objects.get(region=QINGSHUI)
    Report.objects.create(
        call=call, region=LIYUAN[:9], sums={}, villages=1, set_by=chen, set_at=NOON
    )
    post(shi, "report", call.pk)
    county = Report.objects.get(region=COUNTY)
    assert "请先退回" in post(shi, "return-report", town.pk, reason="数错了", status=409)
    assert "请先退回" in post(fang, "return-report", town.pk, reason="数错了", status=409)
    post(fang, "return-report", county.pk, reason="数错了")
    post(shi, "return-report", town.pk, reason="数错了")


@pytest.mark.parametrize(("due", "status"), [("2025-12-31", 422), ("2026-01-01", 302)])
def test_a_year_is_not_asked_for_before_it_has_ended(post, people, chen, due, status):
    post(chen, "open-call", status=status, year="2025", quarter="0", due_on=due)
