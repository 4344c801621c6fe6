"""Who owes whom as a picture: members on a ring, an arrow from each debtor, amounts in words.

SVG made on the server: it prints, needs no script, and says the same in words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import cos, hypot, pi, sin

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from sanzi.kernel.money import grouped

# More members are no picture any more; the table has them all.
MEMBERS_MAX = 7
_GAP, _APART = 26, 7
# Half a box with a name in it, and what is left free around the ring.
_HALF, _RISE, _MARGIN = 52, 15, 8
# So many characters of a name fit its box.
_NAME_MAX = 7


@dataclass(frozen=True)
class _Sheet:
    """How large a picture is."""

    width: int
    height: int

    @classmethod
    def of(cls, members: int) -> "_Sheet":
        return cls(460, 340) if members <= FEW else cls(640, 470)


# More members than this need a larger sheet, or their arrows have no room for an amount.
FEW = 5


@dataclass(frozen=True)
class Arrow:
    """A debt between two members (keys), in yuan."""

    debtor: str
    creditor: str
    amount: Decimal


def ring(names: Mapping[str, str], arrows: Sequence[Arrow], title: str) -> SafeString:
    """The picture of these members and the debts among them."""
    sheet = _Sheet.of(len(names))
    places = _places(list(names), sheet)
    owing = [one for one in arrows if one.amount]
    said = "；".join(
        f"{names[one.debtor]}欠{names[one.creditor]} {grouped(one.amount)} 元" for one in owing
    )
    lines = [_line(places[one.debtor], places[one.creditor]) for one in owing]
    words = _labels(lines, [grouped(one.amount) for one in owing], list(places.values()), sheet)
    return format_html(
        '<svg class="netting-ring" viewBox="0 0 {} {}" role="img" aria-label="{}：{}">{}{}{}</svg>',
        sheet.width, sheet.height, title, said or "互不相欠",
        format_html_join("", "{}", ((_drawn(one),) for one in lines)),
        format_html_join("", "{}", ((_node(names[key], at),) for key, at in places.items())),
        format_html_join(
            "", '<text x="{}" y="{}" text-anchor="middle" class="sum">{}</text>', words
        ),
    )  # fmt: skip


def _places(keys: Sequence[str], sheet: _Sheet) -> dict[str, tuple[int, int]]:
    wide, high = sheet.width / 2 - _HALF - _MARGIN, sheet.height / 2 - _RISE - _MARGIN
    found = {}
    for at, key in enumerate(keys):
        turn = 2 * pi * at / len(keys) - pi / 2
        x = sheet.width / 2 + wide * cos(turn)
        y = sheet.height / 2 + high * sin(turn)
        found[key] = (round(x), round(y))
    return found


def _node(name: str, at: tuple[int, int]) -> SafeString:
    x, y = at
    shown = name if len(name) <= _NAME_MAX else f"{name[: _NAME_MAX - 1]}…"
    return format_html(
        '<g><rect x="{}" y="{}" width="104" height="30" rx="6" class="node"/>'
        '<text x="{}" y="{}" text-anchor="middle" class="name">{}</text></g>',
        x - _HALF, y - _RISE, x, y + 5, shown,
    )  # fmt: skip


@dataclass(frozen=True)
class _Line:
    """An arrow from end to end, and the direction it points in."""

    ax: float
    ay: float
    bx: float
    by: float
    ux: float
    uy: float

    def at(self, part: float) -> tuple[float, float]:
        """A place so far along it, to the side it is shifted to."""
        x = self.ax + (self.bx - self.ax) * part - self.uy * _APART
        y = self.ay + (self.by - self.ay) * part + self.ux * _APART
        return x, y


def _line(debtor: tuple[int, int], creditor: tuple[int, int]) -> _Line:
    """Two that go both ways run side by side."""
    (x1, y1), (x2, y2) = debtor, creditor
    long = hypot(x2 - x1, y2 - y1) or 1
    ux, uy = (x2 - x1) / long, (y2 - y1) / long
    sx, sy = -uy * _APART, ux * _APART
    # Boxes are wider than high: the nearer an arrow is to level, the earlier it stops.
    gap = _GAP + 34 * abs(ux)
    return _Line(
        x1 + ux * gap + sx, y1 + uy * gap + sy, x2 - ux * gap + sx, y2 - uy * gap + sy, ux, uy
    )


def _drawn(one: _Line) -> SafeString:
    wing_x, wing_y = one.bx - one.ux * 10, one.by - one.uy * 10
    points = (
        f"{one.bx:.0f},{one.by:.0f} {wing_x - one.uy * 5:.0f},{wing_y + one.ux * 5:.0f} "
        f"{wing_x + one.uy * 5:.0f},{wing_y - one.ux * 5:.0f}"
    )
    return format_html(
        '<g><line x1="{}" y1="{}" x2="{}" y2="{}" class="owes"/>'
        '<polygon points="{}" class="head"/></g>',
        f"{one.ax:.0f}", f"{one.ay:.0f}", f"{one.bx:.0f}", f"{one.by:.0f}", points,
    )  # fmt: skip


# Where along its arrow an amount may stand, the best first, and how large a figure of it is.
_ALONG = sorted((at / 50 for at in range(3, 48)), key=lambda part: abs(part - 0.42))
_DIGIT, _LINE = 7.2, 15.0
# How often all amounts are looked at again: those placed first had not seen the others.
_ROUNDS = 4
Box = tuple[float, float, float, float]


def _labels(
    lines: Sequence[_Line],
    words: Sequence[str],
    nodes: Sequence[tuple[int, int]],
    sheet: _Sheet,
) -> list[tuple[str, str, str]]:
    """Each amount on its own arrow, where it covers no box and no other amount if it can."""
    named: list[Box] = [(x - _HALF, y - _RISE, x + _HALF, y + _RISE) for x, y in nodes]
    boxes = [
        [_box(*one.at(part), word) for part in _ALONG]
        for one, word in zip(lines, words, strict=True)
    ]
    chosen: dict[int, int] = {}
    for _ in range(_ROUNDS):
        before = dict(chosen)
        for at, mine in enumerate(boxes):
            others = [boxes[other][spot] for other, spot in chosen.items() if other != at]
            chosen[at] = min(
                range(len(mine)),
                key=lambda spot: (_covered(mine[spot], named + others, sheet.width), spot),
            )
        if chosen == before:
            break
    found = []
    for at, (one, word) in enumerate(zip(lines, words, strict=True)):
        x, y = one.at(_ALONG[chosen[at]])
        found.append((f"{x:.0f}", f"{y + 4:.0f}", word))
    return found


def _box(x: float, y: float, word: str) -> Box:
    half = len(word) * _DIGIT / 2 + 2
    return x - half, y - _LINE / 2, x + half, y + _LINE / 2


def _covered(box: Box, taken: Sequence[Box], width: int) -> float:
    """The area that lies on what is there already or outside the picture."""
    x1, y1, x2, y2 = box
    outside = max(-x1, 0) + max(x2 - width, 0)
    return _LINE * outside + sum(
        max(min(x2, b[2]) - max(x1, b[0]), 0) * max(min(y2, b[3]) - max(y1, b[1]), 0) for b in taken
    )


_ACROSS, _UP, _LEFT, _FOOT = 460, 200, 8, 24


def curve(points: Sequence[tuple[Decimal, Decimal]]) -> SafeString:
    """A fund to the right, what it clears upward; its ends in yuan. `points` grow."""
    fund, cleared = points[-1]
    wide, high = _ACROSS - 2 * _LEFT, _UP - 2 * _FOOT
    places = [(_LEFT, _UP - _FOOT)] + [
        (round(_LEFT + wide * x / fund), round(_UP - _FOOT - high * y / cleared)) for x, y in points
    ]
    said = f"投入 {grouped(fund)} 元共清 {grouped(cleared)} 元"
    return format_html(
        '<svg class="netting-ring" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        '<line x1="{}" y1="{}" x2="{}" y2="{}" class="owes"/><polyline points="{}" class="curve"/>'
        '<text x="{}" y="{}" class="sum">0</text>'
        '<text x="{}" y="{}" text-anchor="end" class="sum">投入 {} 元</text>'
        '<text x="{}" y="{}" text-anchor="end" class="sum">清 {} 元</text></svg>',
        _ACROSS, _UP, said, _LEFT, _UP - _FOOT, _ACROSS - _LEFT, _UP - _FOOT,
        " ".join(f"{x},{y}" for x, y in places), _LEFT, _UP - 6,
        _ACROSS - _LEFT, _UP - 6, grouped(fund), _ACROSS - _LEFT, _FOOT - 8, grouped(cleared),
    )  # fmt: skip
