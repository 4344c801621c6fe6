"""三查一访 as work: told on a telephone, handed to the town, taken up by the rules."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction

from sanzi.cleanup.actions import checking
from sanzi.cleanup.checking.comparing import discrepancies, learnt
from sanzi.cleanup.checking.questions import QUESTIONS, SOURCES
from sanzi.cleanup.models import CheckAnswer, CheckSheet, Discrepancy, Finding, Visit
from sanzi.contracts.terms import terms_of
from sanzi.documents.models import Document
from sanzi.journal.models import Entry
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from tests.world import NOON

from .lawful import LAND

PHOTO = b"\xff\xd8\xff\xe0" + b"0" * 64


def tell(contract, by, source, **said):
    return checking.answer(contract_id=contract.pk, source=source, said=said, by=by, now=NOON)


def step(contract, by, name):
    return checking.take_step(contract_id=contract.pk, step=name, by=by, now=NOON)


def go_and_see(contract, by):
    return checking.visit(
        contract_id=contract.pk,
        visited="老王",
        their_post="1998年村主任",
        visited_on=date(2026, 3, 1),
        said="当年口头说好的",
        by=by,
        now=NOON,
    )


@pytest.fixture
def filled(brought, lin):
    """A sheet with an answer from everywhere."""
    contract = brought["lawful"]
    tell(contract, lin, "minutes", minutes_found="没有")
    tell(contract, lin, "books", is_booked="否", paid_amount="23000")
    tell(contract, lin, "text", text_kept="复印件")
    tell(contract, lin, "site", who_uses="别人", user_name="周某", sublet_agreed="否",
         site_use="仓储", site_area_mu="12.5")  # fmt: skip
    go_and_see(contract, lin)
    return contract


def test_each_source_has_questions_and_no_code_is_used_twice():
    assert {question.source for question in QUESTIONS} == {source.code for source in SOURCES}
    assert len({question.code for question in QUESTIONS}) == len(QUESTIONS)


def test_the_same_answer_again_is_no_second_answer(brought, lin):
    tell(brought["oral"], lin, "text", text_kept="没有书面合同")
    tell(brought["oral"], lin, "text", text_kept="没有书面合同")
    assert CheckAnswer.objects.count() == 1

    tell(brought["oral"], lin, "text", text_kept="原件")
    assert list(CheckAnswer.objects.order_by("pk").values_list("value", flat=True)) == [
        "没有书面合同", "原件",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"text_kept": "大概有"}, "从给出的选项里选"),
        ({"text_ends_on": "去年"}, "日期"),
        ({"text_area_mu": "-1"}, "不小于零"),
        ({"text_yearly": "十块"}, "只填数字"),
    ],
)
def test_an_answer_that_cannot_be_says_how_to_mend_it(brought, lin, said, words):
    with pytest.raises(Invalid, match=words):
        tell(brought["oral"], lin, "text", **said)
    assert not CheckAnswer.objects.exists()


def test_a_clue_is_asked_of_the_town_alone(brought, lin, chen):
    tell(brought["oral"], lin, "visit", is_collusive="是", visit_agreed="记不清")
    assert set(CheckAnswer.objects.values_list("question", flat=True)) == {"visit_agreed"}
    tell(brought["oral"], chen, "visit", is_collusive="是")
    assert CheckAnswer.objects.filter(question="is_collusive").exists()


def test_the_next_village_s_accountant_and_other_posts_cannot_answer(brought, qian, gao):
    with pytest.raises(Missing):
        tell(brought["oral"], qian, "text", text_kept="原件")
    with pytest.raises(Forbidden):
        tell(brought["oral"], gao, "text", text_kept="原件")


def test_a_visit_told_twice_is_one_visit_and_its_name_stays_out_of_the_journal(filled, lin):
    go_and_see(filled, lin)
    assert Visit.objects.count() == 1
    assert not any("老王" in entry.label for entry in Entry.objects.all())


def test_a_sheet_goes_to_the_town_only_when_every_source_was_looked_up(brought, lin):
    tell(brought["oral"], lin, "minutes", minutes_found="查不到")
    with pytest.raises(Blocked, match="还没查：查会计账簿、查合同文本、看现场"):
        step(brought["oral"], lin, "hand_in")


def test_what_the_village_handed_in_it_can_no_longer_change(filled, lin):
    step(filled, lin, "hand_in")
    with pytest.raises(Blocked, match="退回"):
        tell(filled, lin, "text", text_kept="原件")
    with pytest.raises(Blocked, match="已不在"):
        step(filled, lin, "hand_in")


def test_who_handed_it_in_never_accepts_it(filled, chen):
    step(filled, chen, "hand_in")
    with pytest.raises(Blocked, match="不能自己审核"):
        step(filled, chen, "accept")


def test_contradictions_are_on_record_from_the_day_the_sheet_is_handed_in(filled, lin):
    assert not Discrepancy.objects.exists()
    step(filled, lin, "hand_in")
    said = dict(Discrepancy.objects.values_list("code", "sentence"))
    assert set(said) >= {"vote", "user"}
    assert "周某在用" in said["user"]


def test_accepted_answers_reach_the_rules_and_reopening_takes_them_back(filled, lin, chen):
    step(filled, lin, "hand_in")
    before = set(Finding.objects.filter(contract=filled).values_list("rule", flat=True))
    assert "P22" not in before

    step(filled, chen, "accept")
    found = {f.rule: f for f in Finding.objects.filter(contract=filled)}
    assert found["P22"].evidence == "查会计账簿：收取的款项没有入账"
    assert found["P14"].last_on == date(2026, 9, 2), "six months from the day it was accepted"

    step(filled, chen, "reopen")
    assert set(Finding.objects.filter(contract=filled).values_list("rule", flat=True)) == before


def test_answers_and_visits_cannot_be_changed_behind_the_house(filled):
    for table in ("cleanup_checkanswer", "cleanup_visit"):
        for words in (f"UPDATE {table} SET village = village", f"DELETE FROM {table}"):
            with pytest.raises(DatabaseError), transaction.atomic():
                connection.cursor().execute(words)


def test_blank_columns_are_filled_and_written_ones_stand():
    told = {"who_uses": "别人", "sublet_agreed": "否", "site_area_mu": "120"}
    handed = learnt(told, date(2026, 3, 2))
    assert handed.fills == {
        "measured_area_mu": Decimal("120"), "sublet": "未经同意",
        "sublet_known_on": date(2026, 3, 2),
    }  # fmt: skip
    assert handed.answers.is_occupied is True


@pytest.mark.parametrize(
    ("said", "code", "rule"),
    [
        ({"minutes_found": "没有"}, "vote", "P06"),
        ({"minutes_on": "2014-12-21"}, "met_on", "P06"),
        ({"paid_amount": "23999.99"}, "paid", "P10"),
        ({"is_booked": "没有收过钱"}, "booked", "P22"),
        ({"text_kept": "没有书面合同"}, "paper", "P01"),
        ({"text_ends_on": "2034-12-31"}, "ends_on", "P02"),
        ({"site_area_mu": "100.02"}, "area", "P05"),
        ({"text_yearly": "12000.01"}, "yearly", ""),
        ({"site_use": "建房"}, "use", "P15"),
        ({"who_uses": "别人"}, "user", "P14"),
        ({"who_uses": "没人用，闲着"}, "idle", "P16"),
    ],
)
def test_book_text_and_site_that_disagree_are_told(said, code, rule):
    (found,) = discrepancies(terms_of(LAND), said)
    assert (found.code, found.rule) == (code, rule)


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"minutes_found": "有", "minutes_on": "2014-12-20"},
        {"paid_amount": "24000"},
        {"text_kept": "原件", "text_ends_on": "2024-12-31", "text_yearly": "12000"},
        {"site_area_mu": "100.01", "site_use": "种植", "who_uses": "承包方本人"},
    ],
)
def test_what_agrees_is_not_told(said):
    assert discrepancies(terms_of(LAND), said) == []


def test_the_sheet_is_filled_in_on_a_page_with_photos(client, brought, lin, visit):
    contract = brought["oral"]
    url = f"/contracts/{contract.pk}/check/"
    html = visit(lin, url)
    assert "有没有研究这份合同的会议记录？" in html
    assert "串通" not in html

    photo = SimpleUploadedFile("地头.jpg", PHOTO, "image/jpeg")
    answer = client.post(f"{url}answers/", {"source": "site", "who_uses": "别人", "photos": photo})
    assert answer.status_code == 302
    assert answer["Location"].endswith("#site")
    assert Document.objects.get().on.endswith("/site")
    assert "地头.jpg" in visit(lin, url)

    wrong = client.post(f"{url}answers/", {"source": "site", "site_area_mu": "很大"})
    assert wrong.status_code == 422
    assert "只填数字" in wrong.content.decode()
    assert "很大" in wrong.content.decode(), "what was typed is not lost"


def test_the_page_takes_visits_and_steps_and_keeps_neighbours_out(client, filled, lin, chen, qian):
    url = f"/contracts/{filled.pk}/"
    client.force_login(lin)
    told = {"visited": "老李", "visited_on": "2026-03-01", "said": "见过合同"}
    assert client.post(f"{url}visits/", told).status_code == 302
    assert client.post(f"{url}visits/", {"visited": "老李"}).status_code == 422
    assert client.post(f"{url}check-step/", {"step": "hand_in"}).status_code == 302
    assert client.post(f"{url}check-step/", {"step": "accept"}).status_code == 403
    client.force_login(qian)
    assert client.get(f"{url}check/").status_code == 404
    assert client.post(f"{url}check/answers/", {"source": "site"}).status_code == 404
    client.force_login(chen)
    assert "审核通过" in client.get(f"{url}check/").content.decode()
    assert client.post(f"{url}check-step/", {"step": "accept"}).status_code == 302
    assert CheckSheet.objects.get().stage == "accepted"


def test_sheets_contradictions_and_progress_are_lists(filled, lin, chen, visit):
    step(filled, lin, "hand_in")
    assert "待镇审核" in visit(chen, "/contracts/checks/")
    assert "HT-2" in visit(chen, "/contracts/checks/?stage=handed").split("<tbody>")[1]
    assert "周某在用" in visit(chen, "/contracts/discrepancies/")
    assert "已提交 1 份" in visit(chen, "/contracts/checks/progress/")
    assert "周某在用" in visit(chen, f"/contracts/{filled.pk}/")
