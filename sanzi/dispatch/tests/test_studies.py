"""一事一研判: from a row to a decision, its minutes, its task and an opinion others cite."""

from datetime import date
from io import BytesIO
from uuid import uuid4

import docx
import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from sanzi.campaigns.tasks.models import Task
from sanzi.cleanup.models import Finding, Judgement
from sanzi.dashboards.tests.conftest import claim, contract
from sanzi.debts.models import Debt
from sanzi.dispatch.actions import studies as writes
from sanzi.dispatch.actions.opinions import adopt, cite
from sanzi.dispatch.studies import Citation, Opinion, Study
from sanzi.journal.models import Entry
from sanzi.journal.recorder import key
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from tests.world import LIYUAN, NOON, QINGSHUI, SHANGTIAN, XIATIAN

HELD_ON, DUE_ON = date(2026, 3, 2), date(2026, 3, 20)
OPTIONS = [
    {"title": "协商改租期", "pros": "快", "cons": "要承包方同意"},
    {"title": "起诉", "pros": "有强制力", "cons": "慢"},
]


@pytest.fixture
def pond(places):
    """A lease with one finding."""
    row = contract(SHANGTIAN, "A-1")
    Finding.objects.create(
        village=SHANGTIAN, contract=row, rule="I-01", severity="严重", evidence="租期三十年",
        basis="民法典第七百零五条", remedy="改租期",
    )  # fmt: skip
    return row


def begun(by, *rows, **more) -> Study:
    keys = [key(row) for row in rows]
    return writes.begin(
        matter="荷塘租期过长", rows=keys, once=str(uuid4()), by=by, now=NOON, **more
    )


def written(study, by, **more) -> Study:
    plain = {"matter": study.matter, "facts": study.facts, "laws": study.laws, "options": OPTIONS}
    plain |= {"revision": study.revision}
    return writes.write_up(study_id=study.pk, by=by, now=NOON, **(plain | more))


def held(study, by, on=HELD_ON) -> Study:
    return writes.hold(
        study_id=study.pk, held_on=on, venue="镇政府", chair="高镇长",
        participants="高镇长、陈经办", by=by, now=NOON,
    )  # fmt: skip


def decided(study, by, **more) -> Study:
    plain = {"chosen": 1, "decision": "协商改为二十年", "responsible": "陈经办", "due_on": DUE_ON}
    return writes.decide(study_id=study.pk, by=by, now=NOON, **(plain | more))


@pytest.fixture
def done(pond, chen, gao) -> Study:
    return decided(held(written(begun(chen, pond), chen), chen), gao)


def test_facts_and_law_are_drawn_from_the_row(pond, chen):
    study = begun(chen, pond)
    assert study.village == SHANGTIAN
    assert "A-1" in study.facts
    assert "租期三十年" in study.facts
    assert study.laws == [{"text": "民法典第七百零五条", "source": "问题认定 I-01"}]


def test_a_claim_says_what_is_owed(places, chen):
    assert "尚欠 1.00 元" in begun(chen, claim(SHANGTIAN, "Z-1")).facts


def test_a_row_of_another_town_is_not_studied(places, chen):
    with pytest.raises(Missing):
        begun(chen, contract(LIYUAN, "A-1"))


def test_without_two_options_there_is_nothing_to_study(pond, chen):
    study = written(begun(chen, pond), chen, options=OPTIONS[:1])
    with pytest.raises(Blocked, match="两个备选方案"):
        held(study, chen)
    assert held(written(study, chen), chen).stage == "held"


def test_what_was_studied_is_not_rewritten(pond, chen, gao):
    study = held(written(begun(chen, pond), chen), chen)
    with pytest.raises(Blocked):
        written(study, chen)
    back = writes.send_back(study_id=study.pk, reason="补算账", by=gao, now=NOON)
    assert written(back, chen, facts="补过了").facts == "补过了"


def test_two_who_write_at_once_do_not_overwrite_each_other(pond, chen):
    study = begun(chen, pond)
    written(study, chen, facts="先")
    with pytest.raises(Blocked, match="别处保存过"):
        written(study, chen, facts="后")


def test_a_decision_becomes_minutes_and_a_task(done):
    assert done.minutes.title == "研判会议纪要"
    assert done.minutes.issuer == "清水镇"
    assert done.minutes.values["decision"] == "协商改为二十年"
    task = Task.objects.get()
    assert done.task == task
    assert task.due_on == DUE_ON
    assert "荷塘租期过长" in str(task)


def test_the_minutes_are_word_and_pdf(client, done, gao):
    client.force_login(gao)
    page = client.get(f"/letters/{done.minutes.pk}/").content.decode()
    assert f"/dispatch/studies/{done.pk}/" in page
    file = client.get(f"/letters/{done.minutes.pk}/docx/")
    words = docx.Document(BytesIO(b"".join(file) if file.streaming else file.content))
    text = "\n".join(p.text for p in words.paragraphs)
    cells = "\n".join(c.text for t in words.tables for r in t.rows for c in r.cells)
    assert "协商改为二十年" in text
    assert "民法典第七百零五条" in cells
    assert "要承包方同意" in cells


@pytest.mark.slow
def test_the_minutes_are_pdf_too(client, done, gao):
    client.force_login(gao)
    file = client.get(f"/letters/{done.minutes.pk}/pdf/")
    assert (b"".join(file) if file.streaming else file.content).startswith(b"%PDF")


def test_a_decision_is_not_due_before_it_was_studied(pond, chen, gao):
    study = held(written(begun(chen, pond), chen), chen)
    with pytest.raises(Invalid, match="早于"):
        decided(study, gao, due_on=date(2026, 3, 1))
    with pytest.raises(Invalid, match="方案"):
        decided(study, gao, chosen=3)


def test_only_a_leader_decides_and_only_an_office_studies(pond, chen, lin):
    study = held(written(begun(chen, pond), chen), chen)
    with pytest.raises(Forbidden):
        decided(study, chen)
    with pytest.raises(Forbidden):
        begun(lin, pond)


def test_another_office_looks_on(pond, chen, shi):
    study = begun(chen, pond)
    with pytest.raises(Blocked, match="研判单位"):
        written(study, shi)


def test_what_came_of_it_ends_it(done, chen, gao):
    with pytest.raises(Blocked, match="还没有由另一人验收销号"):
        writes.finish(study_id=done.pk, outcome="已改签", by=chen, now=NOON)
    Task.objects.filter(pk=done.task_id).update(
        stage="struck", struck_by=gao, closed_on=NOON.date()
    )
    ended = writes.finish(study_id=done.pk, outcome="已改签", by=chen, now=NOON)
    assert (ended.stage, ended.outcome) == ("done", "已改签")


def test_one_form_sent_twice_begins_one_study(pond, chen):
    once = str(uuid4())
    made = [
        writes.begin(matter="甲", rows=[key(pond)], once=once, by=chen, now=NOON) for _ in range(2)
    ]
    assert made[0] == made[1]


def opinion_of(study, by, **more) -> Opinion:
    plain = {"title": "租期超过二十年", "text": "改为二十年，超过部分无效", "basis": "民法典"}
    return adopt(study_id=study.pk, by=by, now=NOON, **(plain | more))


def test_a_decision_becomes_an_opinion_with_a_number(done, gao):
    first, second = opinion_of(done, gao), opinion_of(done, gao, title="另一个")
    assert first.code == "口径〔2026〕1号"
    assert second.code == "口径〔2026〕2号"
    newer = opinion_of(done, gao, text="改了", revises=first.pk)
    assert newer.code == "口径〔2026〕1号（第 2 版）"
    assert set(Opinion.objects.in_force()) == {second, newer}
    with pytest.raises(Blocked, match="最新"):
        opinion_of(done, gao, revises=first.pk)


def test_before_the_decision_there_is_no_opinion(pond, chen, gao):
    with pytest.raises(Blocked):
        opinion_of(begun(chen, pond), gao)


def test_a_later_matter_cites_it_once_and_the_opinion_lists_it(done, chen, gao, pond, visit):
    opinion, later = opinion_of(done, gao), begun(chen, pond)
    for _ in range(2):
        cite(opinion_id=opinion.pk, on=key(later), by=chen, now=NOON)
    assert Citation.objects.count() == 1
    assert f"/dispatch/studies/{later.pk}/" in visit(chen, f"/dispatch/opinions/{opinion.pk}/")
    after = decided(held(written(later, chen), chen), gao)
    assert after.minutes.values["opinions"] == [{"name": str(opinion)}]


def test_an_opinion_is_found_by_its_words_and_cited_on_the_page(done, client, chen, gao, pond):
    opinion, later = opinion_of(done, gao), begun(chen, pond)
    client.force_login(chen)
    url = f"/dispatch/opinions/?on={key(later)}&words=二十年"
    assert "引用</button>" in client.get(url).content.decode()
    assert "租期超过" not in client.get("/dispatch/opinions/?words=没有的字").content.decode()
    answer = client.post("/dispatch/opinions/cite/", {"opinion": opinion.pk, "on": key(later)})
    assert answer.url == f"/dispatch/studies/{later.pk}/"


def test_a_village_reads_what_was_decided_and_not_what_is_weighed(
    pond, done, chen, lin, qian, luo, visit
):
    draft = begun(chen, pond)
    visit(lin, f"/dispatch/studies/{draft.pk}/", 404)
    assert "协商改为二十年" in visit(lin, f"/dispatch/studies/{done.pk}/")
    visit(qian, f"/dispatch/studies/{done.pk}/", 404)
    visit(luo, f"/dispatch/studies/{done.pk}/", 404)


def test_villages_of_the_region_follow_its_opinions_and_the_next_town_does_not(
    done, gao, qian, luo, visit
):
    opinion = opinion_of(done, gao)
    assert "租期超过二十年" in visit(qian, f"/dispatch/opinions/{opinion.pk}/")
    visit(luo, f"/dispatch/opinions/{opinion.pk}/", 404)


def test_the_whole_way_on_the_pages(client, pond, chen, gao):
    client.force_login(chen)
    assert "A-1" in client.get(f"/dispatch/studies/new/?on={key(pond)}").content.decode()
    begin = {"matter": "荷塘", "on": key(pond), "once": "x"}
    url = client.post("/dispatch/studies/begin/", begin).url
    study = Study.objects.get()
    given = {
        "revision": 1, "matter": "荷塘", "facts": "租期三十年",
        "laws": "民法典第七百零五条 | 已核对\n别的",
        "title1": "改", "pros1": "快", "title2": "诉", "cons2": "慢",
    }  # fmt: skip
    assert client.post(f"{url}write/", given).status_code == 302
    study.refresh_from_db()
    assert study.laws[1] == {"text": "别的", "source": "未核对"}
    assert [one["title"] for one in study.options] == ["改", "诉"]
    wrong = client.post(f"{url}steps/", {"step": "hold", "held_on": "x"})
    assert wrong.status_code == 422
    sat = {
        "step": "hold",
        "held_on": "2026-03-02",
        "venue": "镇",
        "chair": "高",
        "participants": "陈",
    }
    client.post(f"{url}steps/", sat)
    client.force_login(gao)
    choice = {
        "step": "decide",
        "chosen": "1",
        "decision": "改",
        "responsible": "陈",
        "due_on": "2026-03-20",
    }
    assert client.post(f"{url}steps/", choice).status_code == 302
    study.refresh_from_db()
    assert study.minutes is not None
    said = [e.label for e in Entry.objects.filter(object=key(study)).order_by("seq")]
    assert said == ["起草一事一研判", "修改研判材料", "登记研判会", "作出决定"]
    adopted = {"title": "租期", "text": "改", "basis": "民法典"}
    assert (
        client.post(f"{url}adopt/", adopted).url
        == f"/dispatch/opinions/{Opinion.objects.get().pk}/"
    )


@pytest.mark.parametrize("table", ["dispatch_opinion", "dispatch_citation"])
def test_the_database_keeps_opinions_and_where_they_were_cited(done, gao, chen, pond, table):
    cite(opinion_id=opinion_of(done, gao).pk, on=key(done), by=chen, now=NOON)
    for change in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


def test_the_pages_ask_few_queries(client, done, gao, chen, django_assert_max_num_queries):
    opinion = opinion_of(done, gao)
    cite(opinion_id=opinion.pk, on=key(done), by=chen, now=NOON)
    client.force_login(gao)
    for url in ("studies/", f"studies/{done.pk}/", "opinions/", f"opinions/{opinion.pk}/"):
        with django_assert_max_num_queries(20):
            assert client.get(f"/dispatch/{url}").status_code == 200


def late_task(on) -> Task:
    return Task.objects.create(
        village=SHANGTIAN, number="T-1", matter="收清荷塘租金", responsible="王某",
        due_on=DUE_ON, category="化债务", on=key(on),
    )  # fmt: skip


def test_the_page_of_a_row_leads_to_its_study_for_posts_that_keep_one(pond, lin, chen, visit):
    owes = Debt.objects.create(village=SHANGTIAN, number="D-1", creditor="供销社", principal=1)
    pages = {
        "cleanup:contract": pond,
        "receivables:claim": claim(SHANGTIAN, "Z-1"),
        "debts:debt": owes,
        "campaigns:task": late_task(pond),
    }
    for name, row in pages.items():
        url, new = reverse(name, args=(row.pk,)), f"/dispatch/studies/new/?on={key(row)}"
        assert f'href="{new}"' in visit(chen, url)
        assert "/dispatch/studies/new/" not in visit(lin, url)
        assert str(row)[:20] in visit(chen, new)


def test_a_task_s_study_knows_the_row_the_task_is_about(pond, chen):
    study = begun(chen, late_task(pond))
    assert study.facts.startswith(f"任务 T-1“收清荷塘租金”，责任人 王某，时限 {DUE_ON}。\n合同 A-1")
    assert [law["text"] for law in study.laws] == ["民法典第七百零五条"]


def test_what_a_task_s_study_decides_is_a_task_about_the_row(pond, chen, gao):
    study = decided(held(written(begun(chen, late_task(pond)), chen), chen), gao)
    assert study.task is not None
    assert (study.task.on, study.task.category) == (key(pond), "清合同")


def test_a_problem_to_come_or_overruled_is_no_fact_of_a_study(pond, chen):
    for rule, since in (("P09", date(2099, 1, 1)), ("P01", None)):
        Finding.objects.create(
            village=SHANGTIAN, contract=pond, rule=rule, severity="一般", evidence=f"{rule}证据",
            basis=f"{rule}依据", remedy="改", since_on=since,
        )  # fmt: skip
    study = begun(chen, pond)
    assert "P01证据" in study.facts
    assert "P09" not in study.facts
    Judgement.objects.create(
        village=SHANGTIAN, contract=pond, rule="P01", ruling="overruled", reason="有书面合同",
        judged_by=chen, judged_at=NOON,
    )  # fmt: skip
    study = begun(chen, pond)
    assert "P01" not in study.facts + str(study.laws)
    assert "租期三十年" in study.facts


def test_a_meeting_that_is_still_to_come_was_not_held(pond, chen):
    study = written(begun(chen, pond), chen)
    with pytest.raises(Invalid, match="还没有到"):
        held(study, chen, on=date(2026, 3, 3))
    assert held(study, chen).stage == "held"


def test_a_study_of_two_villages_is_read_by_neither(pond, chen, gao, lin, qian):
    other = contract(XIATIAN, "B-7")
    study = decided(held(written(begun(chen, pond, other), chen), chen), gao)
    assert "B-7" in study.facts
    assert study.village == f"{QINGSHUI}000"
    for neighbour in (lin, qian):
        assert not Study.objects.visible_to(neighbour).exists()
