"""报账: what a village tells, changes and hands in, on its pages."""

import pytest
from django.urls import reverse

from sanzi.agency.models import Draft
from sanzi.agency.stages import Stage
from sanzi.documents.models import Document
from sanzi.documents.tests.files import PDF, jpeg, png, upload
from tests.brought import visit

__all__ = ("visit",)

REPORT = reverse("agency:report")


def page(draft, name="matter"):
    return reverse(f"agency:{name}", args=(draft.pk,))


def post(client, person, draft, name="step", **fields):
    client.force_login(person)
    return client.post(page(draft, name), fields)


def told(book, /, **more):
    return {
        "book": book.pk, "flow": "expense", "dated": "2024-03-05", "memo": "修渠材料款",
        "amount": "500", "payee": "王某", "attachments": "2", "moves_money": "on", **more,
    }  # fmt: skip


def test_a_village_reports_with_its_papers(client, book, lin, visit):
    assert "报账单" in visit(lin, REPORT)
    client.force_login(lin)
    files = [upload("a.pdf", PDF), upload("b.jpg", jpeg())]
    answer = client.post(REPORT, told(book, files=files))
    draft = Draft.objects.get()
    assert answer["Location"] == page(draft)
    assert Document.objects.count() == 2
    assert (draft.stage, draft.attachments) == (Stage.DRAFTING, 2)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"amount": "0"}, "大于零"),
        ({"amount": "-5"}, "大于零"),
        ({"amount": "1.234"}, "最多两位小数"),
        ({"amount": "NaN"}, "不是金额"),
        ({"amount": "1e9"}, "不是金额"),
        ({"amount": "99999999999999"}, "超过"),
        ({"amount": "五百"}, "不是金额"),
        ({"dated": "2024-02-30"}, "日期应写成"),
        ({"memo": " "}, "请写明事由"),
        ({"book": "999999"}, "账套不对"),
        ({"book": ""}, "账套不对"),
        ({"flow": "gift"}, None),
        ({"attachments": "-1"}, None),
    ],
)
def test_a_report_that_is_wrong_comes_back_as_it_was_written(client, book, lin, wrong, words):
    client.force_login(lin)
    answer = client.post(REPORT, told(book, **wrong))
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "王某" in html
    if words:
        assert words in html
    assert not Draft.objects.exists()


@pytest.mark.parametrize("typed", ["1,234.50", "１２３４．５", "1 234.5", "1234.50"])
def test_an_amount_is_read_as_people_type_it(client, book, lin, typed):
    client.force_login(lin)
    assert client.post(REPORT, told(book, amount=typed)).status_code == 302
    assert str(Draft.objects.get().amount) == "1234.50"


def test_a_file_of_no_allowed_kind_is_refused_beside_its_field(client, book, lin):
    client.force_login(lin)
    for content, status, words in (
        (b"<html><script>", 415, "不是可收的文件"),
        (b"", 400, "0 字节"),
        (png(30_000, 30_000), 413, "长宽"),
    ):
        answer = client.post(REPORT, told(book, files=[upload("发票.jpg", content)]))
        assert answer.status_code == status
        assert words in answer.content.decode()
    assert not Draft.objects.exists()
    assert not Document.objects.exists()


def test_only_the_reporter_may_open_the_form(visit, people, book):
    for name in ("min", "wu", "zheng", "gao"):
        visit(people[name], REPORT, status=403)


def test_a_report_is_changed_on_its_page(client, walk, lin, visit, book):
    draft = walk("drafting")
    assert "修渠材料款" in visit(lin, page(draft, "amend"))
    answer = post(client, lin, draft, "amend", **told(book, memo="修渠人工费", amount="600"))
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert (draft.memo, str(draft.amount)) == ("修渠人工费", "600.00")


def test_papers_are_added_and_taken_off_on_the_page(client, walk, lin, visit):
    draft = walk("drafting")
    answer = post(client, lin, draft, "add-papers", files=[upload("a.pdf", PDF)])
    assert answer.status_code == 302
    assert "a.pdf" in visit(lin, page(draft))
    answer = post(client, lin, draft, "add-papers", files=[upload("a.exe", b"MZ..")])
    assert answer.status_code == 415
    answer = post(client, lin, draft, "remove-paper", paper=Document.objects.get().pk)
    assert answer.status_code == 302
    assert "a.pdf" not in visit(lin, page(draft)).split("经过")[0]
