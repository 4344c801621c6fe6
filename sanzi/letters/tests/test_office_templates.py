"""Office templates: strangers' files, looked at before use and never run."""

import io
import zipfile
from datetime import timedelta

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sanzi.kernel.refusals import Forbidden, Invalid
from sanzi.letters import printing, shelf
from sanzi.letters.actions.templates import put_in_force, take_out_of_force
from sanzi.letters.models import OfficeTemplate
from sanzi.letters.tagged import tagged
from sanzi.letters.template_file import check
from sanzi.letters.word import docx_of
from tests.world import NOON

from .conftest import DEMAND

NEEDED = "{{ 编号 }}{{ 欠款金额 }}{{ 履行期限 }}"
ROWS = (("{%tr for 行 in 欠款明细 %}",), ("{{ 行.欠款 }}",), ("{%tr endfor %}",))


@pytest.fixture(autouse=True)
def on_the_shelf(monkeypatch, settings, tmp_path):
    settings.DATA = tmp_path
    monkeypatch.setattr(shelf, "forms", lambda: {DEMAND.code: DEMAND})


def written(*paragraphs: str, rows: tuple[tuple[str, ...], ...] = ROWS) -> bytes:
    """A template as somebody writes it in Word."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for i, row in enumerate(rows):
            for j, text in enumerate(row):
                table.cell(i, j).text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.namelist():
            if item != name:
                new.writestr(item, old.read(item))
        new.writestr(name, part)
    return out.getvalue()


def text_of(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return "\n".join([p.text for p in document.paragraphs] + cells)


def faults(content: bytes) -> str:
    return "；".join(fault.message for fault in check(content, DEMAND))


def test_the_blank_template_is_one_that_may_be_used():
    assert check(docx_of(tagged(DEMAND), at=NOON), DEMAND) == []


def test_a_plain_template_with_what_it_must_have_may_be_used():
    assert check(written(NEEDED, "{%p if 有抵押 %}", "抵押", "{%p endif %}"), DEMAND) == []


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("{{ 欠款金 }}", "是不是“欠款金额”"),
        ("{{ 行.欠款 }}", "只能用在表格行里"),
        ("{{ 编号.__class__ }}", "只能用在表格行里"),
        ("{{ 编号.__class__.__mro__[1].__subclasses__() }}", "不支持"),
        ("{{ 7*7 }}", "不支持"),
        ("{{ range(9) }}", "不支持"),
        ("{{ 编号|upper }}", "不支持"),
        ("{{ cycler.__init__.__globals__.os.popen('id').read() }}", "不支持"),
        ("{% for 甲 in 欠款明细.x %}{% endfor %}", "表格行只能写成"),
        ("{% set a = 1 %}", "不支持"),
        ("{% include 'x' %}", "不支持"),
        ("{% macro m() %}{% endmacro %}", "不支持"),
        ("{% if 编号 == 1 %}{% endif %}", "不支持"),
        ("{% raw %}{{ x }}{% endraw %}{{ lipsum }}", "没有“lipsum”"),
        ("{{ 编号", "有误"),
        ("{%r if 编号 %}", "不支持"),
        ("{{r 编号 }}", "不支持"),
        ("{% for 行 in 编号 %}{{ 行.欠款 }}{% endfor %}", "不是明细"),
        ("{{ 编号['x'] }}", "不支持"),
    ],
)
def test_whatever_is_more_than_a_tag_is_refused_with_advice(text, advice):
    assert advice in faults(written(NEEDED, text))


def test_what_must_stand_on_it_is_named_when_it_is_missing():
    said = faults(written("{{ 编号 }}"))
    assert "缺少必需的标签“欠款金额”" in said
    assert "缺少必需的标签“欠款明细”" not in said
    assert "缺少必需的标签“欠款明细”" in faults(written(NEEDED, rows=()))
    assert "欠款金额" not in faults(written("{{ 编号 }}{{ 欠款金额大写 }}{{ 履行期限 }}"))


def test_a_column_the_list_does_not_have_is_named():
    rows = (ROWS[0], ("{{ 行.欠 }}",), ROWS[2])
    assert "“欠款明细”里没有“欠”" in faults(written(NEEDED, rows=rows))


@pytest.mark.parametrize(
    ("name", "part", "advice"),
    [
        ("word/vbaProject.bin", b"x", "宏"),
        ("word/embeddings/a.bin", b"x", "嵌入对象"),
        ("docProps/core.xml", b"<t>{</t><t>{ 'a'*9 }}</t>", "属性"),
        ("word/footnotes.xml", b"<t>{% for x in y %}</t>", "脚注"),
        ("word/document.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x/>', "XML"),
        (
            "word/_rels/settings.xml.rels",
            b'<Relationships xmlns="x"><Relationship Type="y/attachedTemplate" '
            b'TargetMode="External" Target="http://evil.example/t"/></Relationships>',
            "外部文件",
        ),
    ],
)
def test_what_word_could_run_or_fetch_is_refused(name, part, advice):
    assert advice in faults(with_part(written(NEEDED), name, part))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7", b"\xd0\xcf\x11\xe0" * 9])
def test_what_is_no_word_file_is_refused(content):
    assert "Word" in faults(content)


def test_the_town_s_template_is_used_for_letters_written_afterwards(letter, write, chen):
    later = NOON - timedelta(hours=1)
    content = written("抬头：清水镇", NEEDED, "身份证{{ 身份证号 }}")
    put_in_force(code=DEMAND.code, content=content, name="镇.docx", by=chen, now=later)
    made = text_of(printing.docx(write(1)[0], "http://x", clear=True))
    assert "抬头：清水镇" in made
    assert "身份证999999198001010011" in made
    assert "12,000.00" in made


def test_what_was_written_before_keeps_its_layout(letter, chen):
    now = NOON + timedelta(hours=1)
    put_in_force(
        code=DEMAND.code, content=written("新抬头", NEEDED), name="镇.docx", by=chen, now=now
    )
    assert "新抬头" not in text_of(printing.docx(letter, "http://x"))


def test_the_county_s_template_stands_until_the_town_has_its_own(write, chen, shi):
    early = NOON - timedelta(hours=2)
    one, two = written("县版", NEEDED), written("镇版", NEEDED)
    put_in_force(code=DEMAND.code, content=one, name="县.docx", by=shi, now=early)
    assert "县版" in text_of(printing.docx(write(1)[0], "http://x"))
    put_in_force(code=DEMAND.code, content=two, name="镇.docx", by=chen, now=early)
    assert "镇版" in text_of(printing.docx(write(1)[0], "http://x"))
    take_out_of_force(code=DEMAND.code, by=chen, now=early)
    assert "县版" in text_of(printing.docx(write(1)[0], "http://x"))
    assert OfficeTemplate.objects.count() == 3


def test_a_value_with_syntax_in_it_stays_text(write, chen):
    early = NOON - timedelta(hours=2)
    content = written(NEEDED, "{{ 身份证号 }}")
    put_in_force(code=DEMAND.code, content=content, name="镇.docx", by=chen, now=early)
    hostile = "{{ 7*7 }}{% for %}</w:t><w:p/>&amp;"
    made = printing.docx(write(1, debtor_id=hostile)[0], "http://x", clear=True)
    assert hostile in text_of(made)


def test_a_template_with_faults_is_not_put_in_force(chen):
    wrong = written(NEEDED, "{{ 甲 }}")
    with pytest.raises(Invalid, match="没有“甲”"):
        put_in_force(code=DEMAND.code, content=wrong, name="x", by=chen, now=NOON)
    assert not OfficeTemplate.objects.exists()


def test_a_village_keeps_no_templates(lin):
    with pytest.raises(Forbidden):
        put_in_force(code=DEMAND.code, content=written(NEEDED), name="x", by=lin, now=NOON)


def test_the_page_says_what_is_wrong_and_keeps_every_version(client, chen):
    client.force_login(chen)
    page = reverse("letters:template", args=[DEMAND.code])
    wrong = SimpleUploadedFile("镇.docx", written(NEEDED, "{{ 欠款金 }}"))
    refused = client.post(page, {"file": wrong})
    assert refused.status_code == 422
    assert "是不是“欠款金额”" in refused.content.decode()
    right = SimpleUploadedFile("镇.docx", written(NEEDED))
    assert client.post(page, {"file": right}).status_code == 302
    shown = client.get(page).content.decode()
    assert "镇.docx" in shown
    assert "启用“催缴通知书”Word 模板第 1 版" in shown
    kept = client.get(reverse("letters:kept-template", args=[OfficeTemplate.objects.get().pk]))
    assert b"".join(kept.streaming_content).startswith(b"PK")
    blank = client.get(reverse("letters:blank-template", args=[DEMAND.code]))
    assert check(blank.content, DEMAND) == []
    assert client.get(reverse("letters:templates")).status_code == 200


def test_the_next_town_does_not_see_it(client, chen, luo):
    put_in_force(code=DEMAND.code, content=written(NEEDED), name="镇.docx", by=chen, now=NOON)
    client.force_login(luo)
    pk = OfficeTemplate.objects.get().pk
    assert client.get(reverse("letters:kept-template", args=[pk])).status_code == 404
    assert (
        "镇.docx"
        not in client.get(reverse("letters:template", args=[DEMAND.code])).content.decode()
    )
