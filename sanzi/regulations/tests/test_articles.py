import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanzi.regulations.articles import Article, compare, doubled, from_json, read, to_json, written
from sanzi.regulations.slots import SLOTS

TEXT = """
第一章 总则
第一条　为规范管理，制定本制度。
第二条 适用于本镇各村。
  包括各组。
第二章 备案
第三条：合同签订后十日内备案。
"""
plain = st.text(alphabet="甲乙丙丁备案十日内，。", min_size=1, max_size=12)
texts = st.lists(plain, min_size=1, max_size=6).map(
    lambda words: [Article(f"第{n}条", word) for n, word in enumerate(words, 1)]
)


def test_a_pasted_text_becomes_its_articles():
    assert read(TEXT) == [
        Article("第一条", "为规范管理，制定本制度。", "第一章 总则"),
        Article("第二条", "适用于本镇各村。\n包括各组。", "第一章 总则"),
        Article("第三条", "合同签订后十日内备案。", "第二章 备案"),
    ]


def test_a_text_without_articles_is_one():
    assert read("一、备案\n二、归档") == [Article("全文", "一、备案\n二、归档")]
    assert read(" \n") == []


def test_a_number_twice_is_told():
    assert doubled(read("第一条 甲\n第一条 乙\n第二条 丙")) == ["第一条"]


def test_what_is_printed_reads_back_the_same():
    assert read(written(read(TEXT))) == read(TEXT)
    assert from_json(to_json(read(TEXT))) == read(TEXT)


@given(texts)
def test_every_text_reads_back_the_same(articles):
    assert read(written(articles)) == articles


@given(texts, texts)
def test_a_comparison_loses_no_word_of_either(before, after):
    changes = compare(before, after)
    old = {c.number: "".join(p.text for p in c.old) for c in changes if c.kind != "added"}
    new = {c.number: "".join(p.text for p in c.new) for c in changes if c.kind != "removed"}
    assert old == {one.number: one.text for one in before}
    assert new == {one.number: one.text for one in after}
    same = {c.number for c in changes if c.kind == "same"}
    assert same == {a.number for a in after if a in before}


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        ("第一条 十日内", "第一条 七日内", ["altered"]),
        ("第一条 甲", "第一条 甲\n第二条 乙", ["same", "added"]),
        ("第一条 甲\n第二条 乙", "第一条 甲", ["same", "removed"]),
    ],
)
def test_articles_are_compared_by_their_numbers(before, after, kinds):
    assert [c.kind for c in compare(read(before), read(after))] == kinds


def test_what_nobody_named_is_left_to_the_office():
    assert len(SLOTS) == 11
    assert [n for n, title in SLOTS.items() if not title] == [7, 8, 9, 10]
