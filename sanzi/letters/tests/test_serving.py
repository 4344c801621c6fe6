"""Service: each way with its proof, appended and taken back, read by whoever asks."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from sanzi.access.guard import action
from sanzi.kernel.refusals import Blocked, Invalid
from sanzi.letters.actions import serving as actions
from sanzi.letters.actions.letters import void
from sanzi.letters.models import Service
from sanzi.letters.serving import is_served, record_service, service_events, take_back
from sanzi.letters.ways import BY_CODE, WAYS, lacking
from sanzi.letters.writing import write
from tests.world import NOON, SHANGTIAN

from .conftest import DEMAND, values

DAY = date(2026, 3, 2)
PHOTO = b"\xff\xd8\xff\xe0" + b"\0" * 40


@pytest.fixture(autouse=True)
def papers_elsewhere(settings, tmp_path):
    settings.DATA = tmp_path


def photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("回执.jpg", PHOTO)


@pytest.mark.parametrize(
    ("way", "given", "lack"),
    [
        ("in_person", {}, "签收人"),
        ("in_person", {"receiver": "张久"}, None),
        ("left", {"witnesses": "王一", "papers": 1}, "2 名"),
        ("left", {"witnesses": "王一、李二", "papers": 0}, "上传"),
        ("left", {"witnesses": "王一、李二", "papers": 1}, None),
        ("left", {"witnesses": "王一、 ", "papers": 1}, "2 名"),
        ("left", {"witnesses": "王一、王一 ", "papers": 1}, "2 名"),
        ("post", {"papers": 1}, "邮单号"),
        ("post", {"number": "EMS1", "papers": 1}, None),
        ("announced", {"number": "省报", "papers": 1}, None),
        ("electronic", {}, "上传"),
        ("missing", {}, None),
    ],
)
def test_each_way_asks_for_its_proof(way, given, lack):
    said = lacking(BY_CODE[way], given)
    assert said is None if lack is None else lack in (said or "")


def test_only_what_arrived_with_proof_counts_as_served():
    none = {w.code for w in WAYS if w.evidence == "none"}
    assert none == {"refused", "returned", "missing"}


def serve(letter, by, way="in_person", **details):
    details = {"served_on": DAY, "receiver": "张久", **details}
    with transaction.atomic():
        return record_service(letter, way, by=by, now=NOON, **details)


def test_a_signature_serves_a_letter(letter, lin):
    serve(letter, lin)
    (event,) = service_events(letter)
    assert (event.on, event.evidence) == (DAY, "signed")
    assert is_served(letter)


def test_a_refusal_alone_does_not(letter, lin):
    serve(letter, lin, "refused")
    assert not is_served(letter)
    serve(letter, lin, "left", witnesses="王一、李二", files=[photo()])
    assert is_served(letter)


@pytest.mark.parametrize("days", [-1, 1])
def test_a_letter_is_served_between_its_date_and_today(letter, lin, days):
    with pytest.raises(Invalid):
        serve(letter, lin, served_on=DAY + timedelta(days=days))


def test_a_void_letter_is_not_served(letter, lin):
    void(letter_id=letter.pk, reason="写错", by=lin, now=NOON)
    letter = type(letter).objects.get(pk=letter.pk)
    with pytest.raises(Blocked):
        serve(letter, lin)


def test_a_record_taken_back_no_longer_counts_and_both_stay(letter, lin):
    service = serve(letter, lin)
    with transaction.atomic():
        take_back(service, note="签错了人", by=lin, now=NOON)
    assert not is_served(letter)
    assert Service.objects.count() == 2
    with pytest.raises(Blocked), transaction.atomic():
        take_back(service, note="再撤", by=lin, now=NOON)


def test_a_service_is_never_changed(letter, lin):
    service = serve(letter, lin)
    with pytest.raises(IntegrityError), transaction.atomic():
        Service.objects.filter(pk=service.pk).update(receiver="别人")


def test_a_service_is_written_down_on_its_page_and_shown_with_its_proof(client, letter, lin):
    client.force_login(lin)
    page = reverse("letters:serve", args=[letter.pk])
    given = {"way": "left", "served_on": "2026-03-02", "witnesses": "王一"}
    lacking_one = client.post(page, given)
    assert lacking_one.status_code == 422
    assert "2 名以上见证人" in lacking_one.content.decode()
    whole = {**given, "witnesses": "王一、李二", "files": photo()}
    assert client.post(page, whole).status_code == 302
    shown = client.get(reverse("letters:letter", args=[letter.pk])).content.decode()
    assert "拒收后留置" in shown
    assert "回执.jpg" in shown
    taking = reverse("letters:take-back", args=[Service.objects.get().pk])
    assert client.post(taking, {"note": "照片不清"}).status_code == 302
    assert "已撤回" in client.get(reverse("letters:letter", args=[letter.pk])).content.decode()
    assert not is_served(letter)


def test_the_village_next_door_serves_nothing(client, letter, qian):
    client.force_login(qian)
    assert client.get(reverse("letters:serve", args=[letter.pk])).status_code == 404


def test_a_letter_whose_feature_has_its_own_page_is_served_there(lin):
    form = replace(DEMAND, code="test.elsewhere", serving="letters:letter")

    @action("letters.issue")
    def write_it(*, by, now):
        return write(form, values(), on="t:1", village=SHANGTIAN, by=by, now=now)

    letter = write_it(by=lin, now=NOON)
    with pytest.raises(Blocked):
        actions.serve(letter_id=letter.pk, way="missing", served_on=DAY, by=lin, now=NOON)
