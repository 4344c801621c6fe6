import json
from datetime import timedelta
from hashlib import sha256

import pytest
from django.urls import reverse
from django.utils.timezone import now

from sanzi.accounting.models import Period
from sanzi.disclosure.actions.questions import answer, ask
from sanzi.disclosure.actions.sheets import review
from sanzi.disclosure.asking import DAY_MAX, TooMany
from sanzi.disclosure.models import Question
from sanzi.journal.models import Entry
from sanzi.kernel.refusals import Blocked, Missing
from tests.brought import ID, PHONE
from tests.world import NOON, SHANGTIAN, XIATIAN


def url(name, *args):
    return reverse(f"disclosure:{name}", args=args)


@pytest.fixture
def put_question(places):
    def do(text="路灯的钱花在哪里了", village=SHANGTIAN, address="192.0.2.1", at=NOON, about=None):
        return ask(
            village=village, publication_id=about, text=text, address=address, by=None, now=at
        )

    return do


def pages(public):
    """Every public address of a village with one publication."""
    sheet = url("public-sheet", SHANGTIAN, public.pk)
    return [
        url("board", SHANGTIAN),
        sheet,
        *(f"{sheet}?group={n}" for n in range(1, 9)),
        f"{sheet}?item=income-1",
        url("public-paper", SHANGTIAN, public.pk),
        url("public-paper", SHANGTIAN, public.pk) + "?size=A3",
        url("frozen", SHANGTIAN, public.pk),
        url("ask", SHANGTIAN),
    ]


def test_a_village_is_found_by_county_and_town_without_its_code(public, visit):
    found = url("public-places")
    for code in (SHANGTIAN[:6], SHANGTIAN[:9]):
        html = visit(None, found)
        assert f'href="?in={code}"' in html
        found = url("public-places") + f"?in={code}"
    html = visit(None, found)
    assert url("board", SHANGTIAN) in html
    assert url("board", XIATIAN) not in html, "it has published nothing"


@pytest.mark.parametrize("code", ["99", "9", SHANGTIAN, "99990x", "１２３４５６"])
def test_no_other_place_lists_villages(public, visit, code):
    visit(None, url("public-places") + f"?in={code}", status=404)


def test_the_list_of_villages_asks_three_queries(public, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        client.get(url("public-places"), {"in": SHANGTIAN[:9]})


def test_anybody_reads_what_is_published(public, visit):
    html = visit(None, url("board", SHANGTIAN))
    assert "2024年第1季度" in html
    sheet = visit(None, url("public-sheet", SHANGTIAN, public.pk))
    assert "集体经营收入" in sheet
    assert "民主理财已审核" in sheet
    assert public.sha256 in sheet
    lines = visit(None, url("public-sheet", SHANGTIAN, public.pk) + "?group=2")
    assert "收厂房租金" in lines
    assert "1,200.00" in lines


def test_no_public_page_names_a_person_or_a_number(public, visit):
    for address in pages(public):
        html = visit(None, address)
        for secret in ("王建国", ID, PHONE):
            assert secret not in html, address


def test_nothing_unpublished_is_seen(public, closed, put, visit, neighbours_book):
    Period.objects.filter(book=closed, period=202403).update(state="open")
    put(closed, "2024-03-31", "借 51302 77.77\n贷 102 77.77", memo="canary-later")
    put(closed, "2024-04-01", "借 51302 88.88\n贷 102 88.88", memo="canary-next-quarter")
    put(neighbours_book, "2024-01-05", "借 102 99.99\n贷 501 99.99", memo="canary-neighbour")
    for address in [*pages(public), url("board", XIATIAN)]:
        html = visit(None, address)
        assert "canary" not in html, address
        assert "77.77" not in html, address


def test_a_sheet_being_prepared_looks_like_none_at_all(closed, seen, min, places, visit):
    before = visit(None, url("board", SHANGTIAN))
    review(**seen(), agrees=True, words="canary-opinion", by=min, now=NOON)
    assert visit(None, url("board", SHANGTIAN)) == before


@pytest.mark.parametrize(
    "code",
    [
        "999901001299",
        "999901001",
        "99990100120",
        "abc",
        "9999010012010",
        "九九九九零一零零一二零一",
    ],
)
def test_an_unknown_code_is_not_found(places, visit, code):
    visit(None, url("board", code), status=404)
    visit(None, url("ask", code), status=404)


def test_a_sheet_is_found_only_under_its_own_village(public, visit):
    for pk in (public.pk + 1, 10**30):
        visit(None, url("public-sheet", SHANGTIAN, pk), status=404)
    for name in ("public-sheet", "public-paper", "frozen"):
        visit(None, url(name, XIATIAN, public.pk), status=404)


def test_the_bytes_can_be_checked_against_the_printed_hash(public, client):
    answer = client.get(url("frozen", SHANGTIAN, public.pk))
    assert sha256(answer.content).hexdigest() == public.sha256
    assert json.loads(answer.content)["village"]["code"] == SHANGTIAN


def test_the_first_load_is_small_and_needs_no_script(public, client):
    html = client.get(url("public-sheet", SHANGTIAN, public.pk)).content
    assert b"<script" not in html
    css = client.get("/static/web/sanzi.css")
    assert len(html) + len(b"".join(css.streaming_content)) < 100_000


def test_the_paper_has_a_signature_block(public, visit):
    html = visit(None, url("public-paper", SHANGTIAN, public.pk))
    for word in ("负责人：", "民主理财组长：", "会计："):
        assert word in html


def test_a_question_is_asked_without_a_name_and_answered_in_working_days(
    public, client, zheng, visit
):
    form = {"text": "路灯的钱花在哪里了？<script>alert(1)</script>"}
    answered = client.post(url("ask", SHANGTIAN) + f"?about={public.pk}", form)
    assert answered.status_code == 302
    mine = visit(None, answered.url)
    assert "&lt;script&gt;" in mine
    assert "还没有答复" in mine
    asked = Question.objects.get()
    assert asked.publication == public
    assert "192.0.2" not in asked.sender
    answer(question_id=asked.pk, text="在第 12 号凭证", is_public=False, by=zheng, now=NOON)
    assert "在第 12 号凭证" in visit(None, answered.url)
    assert "路灯" not in visit(None, url("board", SHANGTIAN))


def test_the_clock_counts_working_days(put_question):
    asked = put_question()
    assert (asked.asked_at.date().isoformat(), asked.due_on.isoformat()) == (
        "2026-03-02",
        "2026-03-16",
    )


def test_an_answer_for_everybody_is_shown_masked(small, put_question, zheng, visit):
    asked = put_question(f"王建国欠的钱还了没有，他电话{PHONE}")
    answer(question_id=asked.pk, text=f"王建国 {ID} 已还", is_public=True, by=zheng, now=NOON)
    html = visit(None, url("board", SHANGTIAN))
    assert "王*国欠的钱还了没有" in html
    assert "王建国" not in html
    assert ID not in html
    assert PHONE not in html


def test_a_question_is_answered_once_and_by_the_own_town(put_question, zheng, qian, luo, visit):
    asked = put_question()
    given = {"question_id": asked.pk, "is_public": False, "now": NOON}
    answer(**given, text="已答", by=zheng)
    with pytest.raises(Blocked, match="已经答复"):
        answer(**given, text="再答", by=zheng)
    assert "路灯" not in visit(luo, url("questions") + "?only=all")
    visit(luo, url("answer", asked.pk), status=403)


def test_the_box_takes_three_an_hour_from_one_address(put_question):
    for _ in range(3):
        put_question()
    with pytest.raises(TooMany, match="请稍后再来"):
        put_question()
    put_question(address="192.0.2.2")
    put_question(at=NOON + timedelta(hours=1, seconds=1))


def test_the_box_takes_only_so_many_a_day(put_question):
    for n in range(DAY_MAX):
        put_question(address=f"192.0.2.{n}")
    with pytest.raises(TooMany, match="明天再来"):
        put_question(address="198.51.100.1")
    put_question(address="198.51.100.1", village=XIATIAN)


def test_a_flood_is_told_in_words_on_the_form(places, client, put_question):
    for _ in range(3):
        put_question(address="127.0.0.1", at=now())
    answer = client.post(url("ask", SHANGTIAN), {"text": "又来"})
    assert answer.status_code == 429
    assert "请稍后再来" in answer.content.decode()
    assert "又来" in answer.content.decode()


@pytest.mark.parametrize("text", ["", "   ", "\x00\x07", "长" * 501])
def test_an_empty_or_endless_question_is_refused(places, client, text):
    answer = client.post(url("ask", SHANGTIAN), {"text": text})
    assert answer.status_code == 422
    assert not Question.objects.exists()


@pytest.mark.parametrize("about", ["x", "-1", "999999999999999999999", "1", "١"])
def test_a_question_about_nothing_known(places, client, about):
    answer = client.post(url("ask", SHANGTIAN) + f"?about={about}", {"text": "问"})
    assert answer.status_code in (302, 404)


def test_a_strangers_question_cannot_be_found_by_guessing(put_question, visit):
    asked = put_question()
    visit(None, url("question", SHANGTIAN, "guess"), status=404)
    visit(None, url("question", XIATIAN, asked.token), status=404)


def test_the_journal_does_not_say_who_asked(places, client, lin):
    client.force_login(lin)
    client.post(url("ask", SHANGTIAN), {"text": "问"})
    entry = Entry.objects.get(action="disclosure.ask")
    assert entry.actor == ""
    assert "问" not in entry.public.replace("群众提问", "")


def test_asking_about_another_villages_sheet_is_not_found(public, put_question):
    with pytest.raises(Missing):
        put_question(village=XIATIAN, about=public.pk)


@pytest.mark.parametrize(
    "query",
    ["?page=0", "?page=x", "?page=99999999999", "?group=99", "?item=%00", "?item=' or 1=1--"],
)
def test_odd_addresses_break_nothing(public, visit, query):
    visit(None, url("board", SHANGTIAN) + query)
    visit(None, url("public-sheet", SHANGTIAN, public.pk) + query)
