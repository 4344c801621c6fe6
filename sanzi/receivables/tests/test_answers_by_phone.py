"""The reply page of a letter: a photo of the signature comes along, and goes to the clerk alone."""

from datetime import date

import pytest
from django.urls import reverse

from sanzi.documents.models import Document
from sanzi.documents.tests.files import HEIC, PDF, archive, jpeg, png, upload
from sanzi.receivables import casework_forms
from sanzi.receivables.actions import letters
from sanzi.receivables.casework import Reply
from tests.world import NOON, SHANGTIAN

from .conftest import TODAY


@pytest.fixture
def page(claim, lin):
    (letter,) = letters.send_letters(
        claim_ids=[claim.pk], tone="reconcile", due_on=date(2026, 4, 2), dated=TODAY, by=lin,
        now=NOON,
    )  # fmt: skip
    return reverse("receivables:reply", args=(letter.token,))


def send(client, page, **more):
    return client.post(page, {"given": "accepted", "signed_as": "孙某", **more})


@pytest.mark.parametrize(
    ("name", "content"), [("签名.jpg", jpeg()), ("a.png", png()), ("a.heic", HEIC)]
)
def test_a_photo_is_kept_with_the_reply_and_shown_to_the_clerk(
    client, page, name, content, chen, lin, qian
):
    answer = send(client, page, photo=upload(name, content))
    assert answer.status_code == 200
    (paper,) = Document.objects.all()
    reply = Reply.objects.get()
    assert (paper.on, paper.village) == (f"receivables.reply:{reply.pk}", SHANGTIAN)
    assert not reply.is_signed
    shown = reverse("documents:paper", args=(paper.pk,))
    assert shown not in answer.content.decode()
    assert shown not in client.get(page).content.decode()
    assert client.get(shown).status_code == 302  # to the sign-in page
    for person in (chen, lin):
        client.force_login(person)
        html = client.get(reverse("receivables:reply-page", args=(reply.pk,))).content.decode()
        assert shown in html
        assert "对方拍的签名" in html
        assert client.get(shown).status_code == 200
    client.force_login(qian)
    assert client.get(shown).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("签名.pdf", PDF, "不是照片"),
        ("签名.jpg", PDF, "不是照片"),
        ("表.xlsx", archive("xl/workbook.xml"), "不是照片"),
        ("签名.jpg", b"<script>alert(1)</script>", "不是可收的文件"),
        ("签名.png", b"", "是空的"),
        ("签名.jpg", jpeg(60_000, 60_000), "长宽太大"),
    ],
)
def test_anything_but_a_photo_is_refused_and_nothing_is_kept(client, page, name, content, why):
    answer = send(client, page, photo=upload(name, content))
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert not Reply.objects.exists()
    assert not Document.objects.exists()


def test_a_photo_too_heavy_is_refused(client, page, monkeypatch):
    monkeypatch.setattr(casework_forms, "PHOTO_MAX", 10)
    answer = send(client, page, photo=upload("a.jpg", jpeg()))
    assert answer.status_code == 422
    assert "请缩小后再传" in answer.content.decode()


def test_a_second_answer_keeps_no_second_photo(client, page):
    send(client, page)
    send(client, page, photo=upload("a.jpg", jpeg()))
    assert not Document.objects.exists()


def test_without_a_photo_the_answer_counts_as_ever(client, page):
    assert "已收到您的回函" in send(client, page).content.decode()
