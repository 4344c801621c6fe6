"""What is taken as a paper, by its bytes (reliability.md U1, U2, U5, U10)."""

import io

import pytest

from sanzi.documents import kinds
from sanzi.documents.kinds import DOCX, HEIC, JPEG, OFD, PDF, PNG, XLSX, UnfitPaper, kind_of

from . import files

TAKEN = [
    (files.PDF, PDF),
    (files.jpeg(), JPEG),
    (files.png(), PNG),
    (files.HEIC, HEIC),
    (files.archive("[Content_Types].xml", "xl/workbook.xml"), XLSX),
    (files.archive("[Content_Types].xml", "word/document.xml"), DOCX),
    (files.archive("OFD.xml", "Doc_0/Document.xml"), OFD),
]


def told(content, name="凭证.pdf"):
    return kind_of(io.BytesIO(content), len(content), name)


@pytest.mark.parametrize(("content", "kind"), TAKEN)
def test_each_kind_is_told_by_its_bytes_whatever_it_is_called(content, kind):
    assert told(content, "a.exe") is kind


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        b"<html><script>alert(1)</script>",
        b"<?xml version='1.0'?><?xml-stylesheet href='x'?>",
        b"MZ\x90\x00" + b"\x00" * 60,
        b"GIF89a" + b"\x00" * 20,
        b"PK\x03\x04 broken",
        files.archive("readme.txt"),
        files.archive("xl/workbook.xml", "xl/vbaProject.bin"),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 60,
        b"x",
        b" %PDF-1.7",
    ],
)
def test_what_is_none_of_them_is_refused_even_under_a_good_name(content):
    with pytest.raises(UnfitPaper, match="只收") as refusal:
        told(content, "发票.jpg")
    assert refusal.value.status == 415


def test_an_empty_file_is_refused():
    with pytest.raises(UnfitPaper, match="0 字节") as refusal:
        told(b"")
    assert refusal.value.status == 400


@pytest.mark.parametrize(("size", "fits"), [(kinds.SIZE_MAX, True), (kinds.SIZE_MAX + 1, False)])
def test_fifty_megabytes_are_the_most(size, fits):
    if fits:
        assert kind_of(io.BytesIO(files.PDF), size, "a.pdf") is PDF
        return
    with pytest.raises(UnfitPaper, match="50 MB") as refusal:
        kind_of(io.BytesIO(files.PDF), size, "a.pdf")
    assert refusal.value.status == 413


@pytest.mark.parametrize("made", [files.png, files.jpeg])
def test_a_picture_that_would_fill_the_memory_is_refused_by_its_header(made):
    assert told(made(12_000, 9_000)) in (PNG, JPEG)
    with pytest.raises(UnfitPaper, match="长宽") as refusal:
        told(made(30_000, 30_000))
    assert refusal.value.status == 413


@pytest.mark.parametrize("cut", range(3, len(files.jpeg())))
def test_a_picture_cut_short_is_still_told_without_a_fault(cut):
    assert told(files.jpeg()[:cut]) is JPEG
