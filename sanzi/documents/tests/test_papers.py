"""Papers hung on things: stored once by their hash, opened by the right people, proved whole."""

import pytest
from django.urls import reverse

from sanzi.documents import papers, store
from sanzi.documents.kinds import UnfitPaper
from sanzi.documents.models import Document
from sanzi.documents.papers import attach, hashes_on, papers_on
from sanzi.documents.verification import verify
from sanzi.kernel.refusals import Missing
from tests.world import NOON

from .conftest import THING, hang, take
from .files import PDF, jpeg, png, upload


def stored(folder):
    return [p for p in folder.rglob("*") if p.is_file()]


def url(paper):
    return reverse("documents:paper", args=(paper.pk,))


def test_a_paper_lies_under_its_hash(lin, papers_folder):
    (paper,) = hang(files=[upload("发票.pdf", PDF)], by=lin)
    home = papers_folder / paper.sha256[:2] / paper.sha256[2:4] / paper.sha256
    assert home.read_bytes() == PDF
    assert store.hash_of(home) == paper.sha256
    assert (paper.name, paper.size, paper.media_type) == ("发票.pdf", len(PDF), "application/pdf")
    assert list(verify()) == []


def test_the_same_bytes_are_stored_once_and_hung_once_on_a_thing(lin, papers_folder):
    hang(files=[upload("a.pdf", PDF), upload("b.pdf", PDF)], by=lin)
    hang(files=[upload("c.pdf", PDF)], by=lin)
    hang(files=[upload("d.pdf", PDF)], thing="agency.draft:2", by=lin)
    assert len(stored(papers_folder)) == 1
    assert papers_on(THING).count() == 1
    assert Document.objects.count() == 2


def test_one_unfit_file_keeps_all_of_them_out(lin, papers_folder):
    with pytest.raises(UnfitPaper):
        hang(files=[upload("a.pdf", PDF), upload("b.jpg", b"<html>")], by=lin)
    assert not Document.objects.exists()
    assert not papers_folder.exists()


def test_nothing_half_written_is_left_when_the_stream_breaks(papers_folder):
    def broken():
        yield PDF
        raise ConnectionError

    with pytest.raises(ConnectionError):
        store.keep(broken())
    assert stored(papers_folder) == []


def test_a_thing_bears_only_so_many_papers(lin, monkeypatch):
    monkeypatch.setattr(papers, "PAPERS_MAX", 2)
    hang(files=[upload("a.pdf", PDF), upload("b.png", png())], by=lin)
    with pytest.raises(UnfitPaper, match="最多 2 份") as refusal:
        hang(files=[upload("c.jpg", jpeg())], by=lin)
    assert refusal.value.status == 413


@pytest.mark.django_db(transaction=True)
def test_papers_are_hung_only_inside_an_action(lin):
    with pytest.raises(AssertionError):
        attach(THING, [upload("a.pdf", PDF)], village="999901001201", by=lin, now=NOON)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\a\\发票.PDF", "发票.PDF"),
        ("a.pdf.exe", "a.pdf.exe.pdf"),
        ('a"\r\nX-Evil: 1.pdf', 'a"X-Evil: 1.pdf'),
        ("\u202efdp.exe", "fdp.exe.pdf"),
    ],
)
def test_names_are_fit_to_show_and_end_as_their_bytes_deserve(lin, given, shown):
    file = upload("x.pdf", PDF)
    file._name = given  # what a request says before Django has cleaned it
    (paper,) = hang(files=[file], by=lin)
    assert paper.name == shown


def test_a_picture_is_shown_and_a_file_is_handed_over(client, lin, zheng):
    photo, file = hang(files=[upload("收据.jpg", jpeg()), upload("合同.pdf", PDF)], by=lin)
    client.force_login(zheng)
    for paper, disposition in ((photo, "inline"), (file, "attachment")):
        answer = client.get(url(paper))
        assert answer.status_code == 200
        assert answer["Content-Type"] == paper.media_type
        assert answer["Content-Disposition"].startswith(disposition)
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
        assert "script-src" not in answer["Content-Security-Policy"]
    assert b"".join(client.get(url(file)).streaming_content) == PDF


def test_neighbours_and_administrators_open_nothing(client, lin, qian, luo, xi):
    (paper,) = hang(files=[upload("a.pdf", PDF)], by=lin)
    for person, status in ((qian, 404), (luo, 404), (xi, 403)):
        client.force_login(person)
        assert client.get(url(paper)).status_code == status


def test_what_was_taken_off_is_gone_from_sight_and_its_bytes_stay(client, lin, papers_folder):
    (paper,) = hang(files=[upload("a.pdf", PDF)], by=lin)
    take(document_id=paper.pk, by=lin)
    client.force_login(lin)
    assert client.get(url(paper)).status_code == 404
    assert hashes_on(THING) == []
    assert len(stored(papers_folder)) == 1
    with pytest.raises(Missing):
        take(document_id=paper.pk, by=lin)
    # What was taken off by mistake may be hung again.
    assert hang(files=[upload("a.pdf", PDF)], by=lin)


def test_a_paper_of_another_thing_cannot_be_taken_off_here(lin):
    (paper,) = hang(files=[upload("a.pdf", PDF)], thing="agency.draft:2", by=lin)
    with pytest.raises(Missing):
        take(document_id=paper.pk, by=lin)


def test_lost_and_changed_bytes_are_found(client, lin):
    lost, changed = hang(files=[upload("a.pdf", PDF), upload("b.png", png())], by=lin)
    store.path_of(lost.sha256).unlink()
    store.path_of(changed.sha256).write_bytes(png(9, 9))
    assert {(f.sha256, f.message[:9]) for f in verify()} == {
        (lost.sha256, "附件的文件不见了，"),
        (changed.sha256, "附件的文件被改动过"),
    }
    client.force_login(lin)
    answer = client.get(url(lost))
    assert answer.status_code == 404
    assert "备份" in answer.content.decode()
