"""A contract's terms along time as SVG: as signed, each amendment, the end, today. It prints."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_WIDTH, _ROW, _TOP, _LEFT = 640, 30, 22, 4
_NO_END = date(9999, 12, 31)


@dataclass(frozen=True)
class Stretch:
    """One version of the terms: from when to when (None: without end), and what a year is worth."""

    title: str
    first: date
    last: date | None
    words: str


@dataclass(frozen=True)
class Mark:
    """A day worth marking: the end, a filing."""

    on: date
    words: str


def timeline_of_terms(
    stretches: Sequence[Stretch], marks: Sequence[Mark], today: date
) -> SafeString:
    """The drawing, or an empty text when there is nothing with a day."""
    if not stretches:
        return SafeString("")
    first = min(one.first for one in stretches)
    last = max([_end(one, today) for one in stretches] + [mark.on for mark in marks])
    span = max((last - first).days, 1)

    def x(day: date) -> str:
        inside = min(max((day - first).days, 0), span)
        return f"{_LEFT + inside * (_WIDTH - 2 * _LEFT) / span:.1f}"

    height = _TOP + _ROW * len(stretches) + 22
    bars = [
        (
            min(index + 1, 7),
            x(one.first),
            _TOP + _ROW * index,
            f"{max(1, (_end(one, today) - one.first).days) * (_WIDTH - 2 * _LEFT) / span:.1f}",
            _LEFT + 4,
            _TOP + _ROW * index + 15,
            f"{one.title}　{one.first} 至 {_said(one.last)}　{one.words}",
        )
        for index, one in enumerate(stretches)
    ]
    shown = [mark for mark in (*marks, Mark(today, "今天")) if first <= mark.on <= last]
    lines = [(x(mark.on), height - 18, mark.words) for mark in shown]
    return format_html(
        '<svg class="terms" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        '<text x="{}" y="14">{}</text><text x="{}" y="14" text-anchor="end">{}</text>{}{}</svg>',
        _WIDTH,
        height,
        "；".join(bar[-1] for bar in bars),
        _LEFT,
        str(first),
        _WIDTH - _LEFT,
        str(last),
        format_html_join(
            "",
            '<rect class="part-{}" x="{}" y="{}" width="{}" height="5"/>'
            '<text x="{}" y="{}" dy="4">{}</text>',
            bars,
        ),
        format_html_join(
            "",
            '<line class="mark" x1="{0}" x2="{0}" y1="18" y2="{1}"/>'
            '<text x="{0}" y="{1}" dy="14" text-anchor="{3}">{2}</text>',
            [(at, low, words, _anchor(at)) for at, low, words in lines],
        ),
    )


def _end(one: Stretch, today: date) -> date:
    if one.last is None or one.last == _NO_END:
        return max(today, one.first) + timedelta(days=365)
    return max(one.last, one.first)


def _said(last: date | None) -> str:
    return "未约定" if last is None or last == _NO_END else str(last)


def _anchor(at: str) -> str:
    place = int(at.partition(".")[0])
    return "start" if place < 60 else "end" if place > _WIDTH - 60 else "middle"
