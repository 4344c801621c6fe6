"""记一笔: plain questions on a telephone, followed in plain words until it is in the books."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sanzi.agency.actions import steps
from sanzi.agency.models import Draft
from tests.world import NOON

NEW, NOTES = reverse("agency:new-note"), reverse("agency:notes")
TOLD = {
    "flow": "expense",
    "amount": "300",
    "memo": "修水渠工钱",
    "payee": "王某",
    "dated": "2024-03-05",
}
ACCOUNTING = ("凭证", "科目", "借方", "贷方", "摘要", "制单", "复核", "附件")


@pytest.fixture
def photo(settings, tmp_path):
    settings.DATA = tmp_path
    return lambda: SimpleUploadedFile("单据.jpg", b"\xff\xd8\xff\xe0" + b"0" * 100)


@pytest.fixture
def tell(client, lin, book):
    def do(**more):
        client.force_login(lin)
        return client.post(NEW, {"book": book.pk, "do": "hand_in", **TOLD, **more})

    return do


def page_of(draft):
    return reverse("agency:note", args=(draft.pk,))


def main_of(client, url):
    """The page without its frame, whose menu has words of its own."""
    return client.get(url).content.decode().split("<main")[1]


def test_told_with_a_photo_it_is_handed_in_at_once(client, tell, photo):
    answer = tell(files=photo())
    draft = Draft.objects.get()
    assert answer["Location"] == page_of(draft)
    assert (draft.is_note, draft.stage, draft.attachments) == (True, "submitted", 1)
    html = main_of(client, page_of(draft))
    assert "已交，等监事会看" in html
    assert "单据.jpg" in html


def test_without_a_photo_it_is_kept_until_there_is_one(client, tell, photo):
    tell()
    draft = Draft.objects.get()
    assert draft.stage == "drafting"
    assert "还差单据，补拍后再交" in main_of(client, page_of(draft))
    assert client.post(page_of(draft)).status_code == 422
    assert client.post(page_of(draft), {"files": photo()}).status_code == 302
    draft.refresh_from_db()
    assert (draft.stage, draft.attachments) == ("submitted", 1)


def test_kept_for_later_it_is_not_handed_in(tell, photo):
    tell(files=photo(), do="keep")
    assert Draft.objects.get().stage == "drafting"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"amount": "0"}, "金额应大于零"),
        ({"amount": "三百"}, "不是金额"),
        ({"amount": "1.005"}, "最多两位小数"),
        ({"memo": ""}, "请写明是什么事"),
        ({"flow": ""}, "请选一项"),
        ({"flow": "x"}, "请选一项"),
        ({"dated": "2124-01-01"}, "还没到这一天"),
        ({"dated": "2024-02-30"}, "日期应写成"),
    ],
)
def test_what_is_missing_is_said_at_its_question_and_the_rest_stays(tell, more, words):
    answer = tell(**more)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert words in html
    assert 'value="王某"' in html
    assert not Draft.objects.exists()


def test_what_is_no_photo_is_refused(tell):
    answer = tell(files=SimpleUploadedFile("a.jpg", b"MZ not a picture"))
    assert answer.status_code == 422
    assert not Draft.objects.exists()


def test_the_questions_use_no_accounting_words(client, lin, book, tell, photo):
    client.force_login(lin)
    tell(files=photo())
    for url in (NEW, NOTES, page_of(Draft.objects.get())):
        html = main_of(client, url)
        assert [word for word in ACCOUNTING if word in html] == [], url


def test_the_village_follows_it_in_plain_words(client, lin, walk):
    said = {
        "submitted": "等监事会看",
        "overseen": "等镇里审核",
        "verified": "等入账",
        "prepared": "正在入账",
        "reviewed": "快入账了",
        "posted": "已入账（2024年3月 记-1）",
    }
    for stage, words in said.items():
        draft = walk(stage, is_note=True)
        client.force_login(lin)
        assert words in main_of(client, page_of(draft)), stage
    assert "共记了 6 笔" in main_of(client, NOTES)


def test_sent_back_it_says_why(client, lin, walk, people):
    draft = walk("submitted", is_note=True)
    steps.take_step(
        draft_id=draft.pk, step="decline", words="发票抬头不对", by=people["min"], now=NOON
    )
    client.force_login(lin)
    assert "退回来了：发票抬头不对" in main_of(client, page_of(draft))
    assert "退回来了：发票抬头不对" in main_of(client, NOTES)


def test_the_town_opens_it_in_the_grid(client, wu, walk):
    draft = walk("verified", is_note=True)
    client.force_login(wu)
    assert client.get(reverse("agency:prepare", args=(draft.pk,))).status_code == 200


def test_only_the_reporter_tells_and_next_door_nothing_is_seen(client, people, walk):
    draft = walk("submitted", is_note=True)
    for name in ("qian", "luo"):
        client.force_login(people[name])
        assert client.get(page_of(draft)).status_code == 404
        assert client.post(page_of(draft)).status_code == 404
        assert "修渠" not in client.get(NOTES).content.decode()
    for name in ("wu", "min", "chen"):
        client.force_login(people[name])
        assert client.get(NEW).status_code == 403
        assert client.get(page_of(draft)).status_code == 200


def test_a_book_next_door_cannot_be_chosen(tell, neighbours_book):
    assert tell(book=neighbours_book.pk).status_code == 422
    assert not Draft.objects.exists()


def test_pages_ask_few_questions(client, lin, book, walk, django_assert_max_num_queries):
    draft = walk("submitted", is_note=True)
    client.force_login(lin)
    for url in (NEW, NOTES, page_of(draft)):
        with django_assert_max_num_queries(20):
            assert client.get(url).status_code == 200
