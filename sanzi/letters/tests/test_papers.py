"""What stands on paper: the same words everywhere, and never anything but words."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from sanzi.letters import pdf, wording
from sanzi.letters.blocks import Paragraph, Table
from sanzi.letters.form import Field, LetterForm
from sanzi.letters.laying import Paper, lay
from sanzi.letters.preview import preview_of
from sanzi.letters.values import BLANK, freeze
from sanzi.letters.word import docx_of
from tests.world import NOON

from .conftest import DEMAND, values

STANDING = {
    "serial": "999901001201-2026-CJ-0001",
    "title": "催缴通知书",
    "addressee": "张久",
    "issuer": "上田村股份经济合作社",
    "village": "上田村",
    "dated": "2026-03-02",
    "token": "ABCDEFGH2345JKLMNPQR",
}
# Code of the engine, of jinja, of XML; characters no paper has; rare names.
HOSTILE = (
    '#panic("x") #import "a.typ"',
    '$x^2$ `raw` *b* _e_ <label> @ref \\u{41} // c /* d */ "]}',
    "{{ 7*7 }} {% for x in y %}{{ self.__init__ }}",
    "{amount} {amount:大写} {0.__class__}",
    "</w:t></w:r><w:p/>&amp;&lt;",
    "㛃𠅤䶮𬭎",
    "行一\x00\x08\x1b\ud800行二",
)


def paper(form: LetterForm = DEMAND, address: str = "", **changes: object) -> Paper:
    return lay(form, {**STANDING, **freeze(form, values(**changes))}, address=address)


def words(made: bytes) -> str:
    """The text of a Word file, paragraph by paragraph."""
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert package.testzip() is None
        texts = []
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                tree = ElementTree.fromstring(package.read(name))
                texts += [node.text or "" for node in tree.iter() if node.tag.endswith("}t")]
    return "\n".join(texts)


def told(laid: Paper) -> list[str]:
    """Every word of a laid paper."""

    def inside(thing: object) -> list[str]:
        if isinstance(thing, str):
            return [thing]
        parts = thing.values() if isinstance(thing, dict) else thing
        return (
            [w for part in parts for w in inside(part)]
            if isinstance(parts, list | tuple) or (isinstance(thing, dict))
            else []
        )

    return [w for block in laid.blocks for key, part in block.items() if key != "kind"
            for w in inside(part)]  # fmt: skip


def test_amounts_stand_in_figures_and_in_capitals():
    text = "".join(told(paper()))
    assert "12,345.60元（大写：壹万贰仟叁佰肆拾伍元陆角整）" in text
    assert "请于2026年4月1日前缴清" in text
    assert "2025-12-31" in text


def test_every_word_of_the_paper_stands_in_word():
    text = words(docx_of(paper(), at=NOON))
    assert [w for w in told(paper()) if w.strip() and w not in text] == []


def test_what_is_empty_is_a_line_to_write_on():
    assert f"身份证号：{BLANK}" in "".join(told(paper(debtor_id="")))


def test_a_block_is_printed_only_when_its_field_says_something():
    assert "该款有抵押。" not in told(paper())
    assert "该款有抵押。" in told(paper(mortgaged=True))


def test_the_chosen_box_is_ticked():
    ticks = next(b for b in paper(stance="认可").blocks if b["kind"] == "ticks")
    assert [o["ticked"] for o in ticks["options"]] == [True, False, False]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_value_is_never_anything_but_its_words(text):
    rows = [{"contract": text, "arose_on": date(2025, 1, 1), "owed": Decimal("1.00")}]
    laid = paper(debtor_id=text, items=rows)
    kept = freeze(DEMAND, values(debtor_id=text))["debtor_id"]
    assert kept in "".join(told(laid))
    assert kept in words(docx_of(laid, at=NOON))
    assert pdf.pdf_of([laid], at=NOON).startswith(b"%PDF-")
    shown = replace(laid, blocks=tuple(preview_of(laid)["blocks"]))
    assert kept in "".join(told(shown))


def test_a_form_survives_being_kept_as_text():
    assert wording.from_text(wording.to_text(DEMAND)) == DEMAND


def test_the_same_paper_at_the_same_moment_is_the_same_bytes():
    address = "https://x.example/letters/v/ABCDEFGH2345JKLMNPQR/"
    laid = paper(address=address)
    assert pdf.pdf_of([laid], at=NOON) == pdf.pdf_of([laid], at=NOON)
    assert docx_of(laid, at=NOON) == docx_of(laid, at=NOON)


def pages(made: bytes) -> int:
    return len(re.findall(rb"/Type/Page/", made))


def one_page(**changes: object) -> LetterForm:
    blocks = tuple(b for b in DEMAND.blocks if isinstance(b, Paragraph | Table))
    return replace(DEMAND, blocks=blocks, **changes)


def test_many_papers_are_one_file_in_their_order(monkeypatch):
    monkeypatch.setattr(pdf, "TOGETHER", 3)
    laid = [paper(one_page()) for _ in range(8)]
    heard: list[int] = []
    made = pdf.pdf_of(laid, at=NOON, told=heard.append)
    assert pages(made) == 8
    assert heard == [3, 6, 8]
    at = int(made[made.rindex(b"startxref") :].split()[1])
    assert made[at : at + 4] == b"xref"
    for entry in made[at:].split(b"\n")[2:20]:
        if entry[17:18] == b"n":
            assert re.match(rb"\d+ 0 obj", made[int(entry[:10]) :])


def test_only_papers_of_several_pages_are_numbered(monkeypatch):
    numbered: list[bool] = []
    setting = pdf._inputs

    def watched(papers, size, *, numbered: bool):
        seen.append(numbered)
        return setting(papers, size, numbered=numbered)

    seen = numbered
    monkeypatch.setattr(pdf, "_inputs", watched)
    pdf.pdf_of([paper(one_page())] * 2, at=NOON)
    assert numbered == [False]
    numbered.clear()
    row = values()["items"][0]
    long = paper(one_page(), items=[row] * 60)
    assert pages(pdf.pdf_of([paper(one_page()), long], at=NOON)) > 2
    assert numbered == [False, True]


def test_papers_of_different_type_go_into_one_file():
    laid = [paper(one_page(size=size)) for size in (16, 12, 14)]
    assert pages(pdf.pdf_of(laid, at=NOON)) == 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"blocks": (Paragraph("{nobody}"),)},
        {"blocks": (Paragraph("{amount:小写}"),)},
        {"series": ""},
        {"series": "A-B"},
        {"size": 13},
        {"fields": (Field("a", "甲"), Field("b", "甲"))},
        {"blocks": (Paragraph("x", when="nobody"),)},
    ],
)
def test_a_form_that_cannot_be_printed_is_none(wrong):
    with pytest.raises(AssertionError):
        replace(DEMAND, **wrong)


def test_a_title_an_office_could_not_write_as_a_tag_is_none():
    with pytest.raises(AssertionError):
        Field("amount", "欠款（元）")


def test_the_column_of_numbers_has_a_width_in_word():
    with zipfile.ZipFile(io.BytesIO(docx_of(paper(), at=NOON))) as package:
        body = package.read("word/document.xml").decode()
    widths = [int(width) for width in re.findall(r'<w:gridCol w:w="(\d+)"', body)]
    assert widths
    assert min(widths) > 0
