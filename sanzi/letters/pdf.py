"""Laid papers as PDF: typst in this process, one house layout, values as JSON and never as code."""

import json
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict
from datetime import datetime
from functools import lru_cache
from itertools import groupby, islice
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst

from . import qr
from .laying import Paper
from .pdf_join import join
from .sheet import SHEETS

_HOUSE = Path(__file__).with_name("house.typ")
# What an office may own and drop into its fonts folder comes first, character by character.
_SERIF = ("FangSong_GB2312", "FangSong", "仿宋_GB2312", "仿宋", "Noto Serif SC")
_SANS = ("SimHei", "黑体", "Noto Sans SC")
_PAGES = re.compile(rb"<</Type/Pages/Count (\d+)")
# So many papers in one compile: more take no less time each, and twice the memory.
TOGETHER = 250
# Numbering looks for the end of each paper from each page.
_TOGETHER_NUMBERED = 25
_TURN = threading.Lock()


def pdf_of(
    papers: Iterable[Paper],
    *,
    at: datetime,
    fonts: Path | None = None,
    told: Callable[[int], None] = lambda done: None,
) -> bytes:
    """One PDF of these papers, each beginning a page; `at` is its timestamp.

    The same papers at the same moment are the same bytes. `fonts` is a folder of further fonts;
    `told` hears how many papers are set, and may raise to stop. Papers may be laid as they are
    asked for: the engine then sets some while the next are being laid.
    """
    parts, done = [], 0
    for part, count in _parts(papers, _Engine(at, fonts)):
        parts.append(part)
        done += count
        told(done)
    assert parts, "a PDF has at least one paper"
    return join(parts)


def _parts(papers: Iterable[Paper], engine: "_Engine") -> Iterator[tuple[bytes, int]]:
    """Papers of one size of type at a time; page numbers where a paper has several pages.

    Numbers cost as much as the text, so first it is tried without: as many pages as papers need
    none. Once papers proved longer, those that follow are numbered at once.
    """
    for size, same in groupby(papers, key=lambda paper: paper.size):
        is_long = False
        for some, made in engine.ahead(size, _batches(same)):
            if not is_long and _page_count(made) == len(some):
                yield made, len(some)
                continue
            is_long = True
            for start in range(0, len(some), _TOGETHER_NUMBERED):
                few = some[start : start + _TOGETHER_NUMBERED]
                yield engine.set(few, size, numbered=True), len(few)


def _batches(papers: Iterable[Paper]) -> Iterator[list[Paper]]:
    rest = iter(papers)
    while some := list(islice(rest, TOGETHER)):
        yield some


class _Engine:
    """Typst with the house layout, at one moment, with these fonts."""

    def __init__(self, at: datetime, fonts: Path | None) -> None:
        self._timestamp = int(at.timestamp())
        self._compiler = _compiler(fonts)

    def ahead(
        self, size: int, batches: Iterable[list[Paper]]
    ) -> Iterator[tuple[list[Paper], bytes]]:
        """Each batch set without page numbers, while the next is being laid."""
        with ThreadPoolExecutor(max_workers=1) as thread:
            pending: tuple[list[Paper], Future[bytes]] | None = None
            for some in batches:
                inputs = _inputs(some, size, numbered=False)
                if pending is not None:
                    yield pending[0], pending[1].result()
                pending = some, thread.submit(self._compile, inputs, is_single=len(some) == 1)
            if pending is not None:
                yield pending[0], pending[1].result()

    def set(self, papers: Sequence[Paper], size: int, *, numbered: bool) -> bytes:
        """These papers, now."""
        inputs = _inputs(papers, size, numbered=numbered)
        return self._compile(inputs, is_single=len(papers) == 1)

    def _compile(self, inputs: dict[str, str], *, is_single: bool) -> bytes:
        # One paper at a time per engine: it is shared by the threads of this process.
        with _TURN:
            made = self._compiler.compile(
                format="pdf", sys_inputs=inputs, timestamp=self._timestamp, pdf_tags=is_single
            )
        assert isinstance(made, bytes)
        return made


@lru_cache(maxsize=4)
def _compiler(fonts: Path | None) -> typst.Compiler:
    """One engine for all papers of this process: fonts are read once."""
    given = [str(fonts)] if fonts and fonts.is_dir() else []
    own = str(pylopdf_fonts_zh_cn.serif_path().parent)
    return typst.Compiler(
        str(_HOUSE), font_paths=[*given, own], ignore_system_fonts=True, sys_inputs={}
    )


def _inputs(papers: Sequence[Paper], size: int, *, numbered: bool) -> dict[str, str]:
    told = [{**vars(p), "qr": qr.drawing(p.address) if p.address else ""} for p in papers]
    return {
        "papers": json.dumps(told, ensure_ascii=False),
        "sheet": json.dumps(asdict(SHEETS[size])),
        "serif": json.dumps(_SERIF),
        "sans": json.dumps(_SANS),
        "numbered": "yes" if numbered else "no",
    }


def _page_count(made: bytes) -> int:
    found = _PAGES.search(made)
    assert found, "the engine writes its page tree otherwise than it did"
    return int(found[1])
