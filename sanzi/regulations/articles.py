"""A regulation's text as articles: read from what an office pastes, compared version by version."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from typing import Any

_NUMERAL = "一二三四五六七八九十百零〇两0-9"
_CHAPTER = re.compile(rf"第[{_NUMERAL}]+[章节]\s*(.*)")
_ARTICLE = re.compile(rf"(第[{_NUMERAL}]+条(?:之[{_NUMERAL}]+)?)[\s　:：]*(.*)", re.DOTALL)
WHOLE = "全文"


@dataclass(frozen=True)
class Article:
    """One article: its number as written (第三条), the chapter it stands in, its text."""

    number: str
    text: str
    chapter: str = ""


def read(text: str) -> list[Article]:
    """The articles of a pasted text, in order; a text without 第…条 is one article, 全文.

    Lines that begin no article belong to the one before; what stands before the first is left to
    it too, so nothing typed is lost.
    """
    found: list[Article] = []
    chapter, before = "", []
    for line in (line.strip() for line in text.splitlines()):
        if not line:
            continue
        begun = _ARTICLE.fullmatch(line)
        if begun:
            found.append(Article(begun[1], begun[2].strip(), chapter))
        elif _CHAPTER.fullmatch(line):
            chapter = line
        elif found:
            last = found[-1]
            found[-1] = Article(last.number, f"{last.text}\n{line}".strip(), last.chapter)
        else:
            before.append(line)
    if not found:
        return [Article(WHOLE, "\n".join(before))] if before else []
    if before:
        first = found[0]
        found[0] = Article(first.number, "\n".join([first.text, *before]).strip(), first.chapter)
    return found


def doubled(articles: Sequence[Article]) -> list[str]:
    """Numbers that stand more than once: a page could not name them apart."""
    numbers = [one.number for one in articles]
    return sorted({number for number in numbers if numbers.count(number) > 1})


def written(articles: Sequence[Article]) -> str:
    """The text of articles as it is printed and pasted again."""
    lines: list[str] = []
    chapter = ""
    for one in articles:
        if one.chapter != chapter:
            chapter = one.chapter
            lines.append(chapter)
        lines.append(one.text if one.number == WHOLE else f"{one.number}　{one.text}")
    return "\n".join(lines)


def to_json(articles: Sequence[Article]) -> list[dict[str, Any]]:
    return [asdict(one) for one in articles]


def from_json(kept: Sequence[dict[str, Any]]) -> list[Article]:
    return [Article(**one) for one in kept]


@dataclass(frozen=True)
class Piece:
    """A run of words of a comparison: kept, gone from the old, or new."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    """One article in two versions; `kind` is same, altered, added or removed."""

    number: str
    kind: str
    old: tuple[Piece, ...] = ()
    new: tuple[Piece, ...] = ()


def compare(before: Sequence[Article], after: Sequence[Article]) -> list[Change]:
    """Two versions article by article, by their numbers: the new one's order, what went last."""
    old = {one.number: one.text for one in before}
    changes = [_change(one, old) for one in after]
    kept = {one.number for one in after}
    gone = [one for one in before if one.number not in kept]
    return changes + [Change(one.number, "removed", old=(Piece("gone", one.text),)) for one in gone]


def _change(one: Article, old: dict[str, str]) -> Change:
    if one.number not in old:
        return Change(one.number, "added", new=(Piece("new", one.text),))
    before = old[one.number]
    if before == one.text:
        same = (Piece("same", one.text),)
        return Change(one.number, "same", same, same)
    was: list[Piece] = []
    now: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, one.text, autojunk=False).get_opcodes():
        if tag == "equal":
            was.append(Piece("same", before[a:b]))
            now.append(Piece("same", one.text[c:d]))
        else:
            if b > a:
                was.append(Piece("gone", before[a:b]))
            if d > c:
                now.append(Piece("new", one.text[c:d]))
    return Change(one.number, "altered", tuple(was), tuple(now))
