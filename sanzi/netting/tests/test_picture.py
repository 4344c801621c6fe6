"""The picture of a proposal: every amount can be read."""

import re
from decimal import Decimal

import pytest

from sanzi.netting.picture import MEMBERS_MAX, Arrow, curve, ring


def boxes(drawing):
    """Where the amounts stand: left, top, right, bottom."""
    told = re.findall(r'<text x="(-?\d+)" y="(-?\d+)"[^>]*class="sum">([^<]+)<', drawing)
    return [
        (int(x) - len(w) * 3.6, int(y) - 11, int(x) + len(w) * 3.6, int(y) + 4) for x, y, w in told
    ]


def overlaps(one, other):
    return min(one[2], other[2]) > max(one[0], other[0]) and min(one[3], other[3]) > max(
        one[1], other[1]
    )


@pytest.mark.parametrize("size", range(2, MEMBERS_MAX + 1))
def test_no_amount_covers_another_where_arrows_cross(size):
    names = {str(at): f"当事方{at}" for at in range(size)}
    pairs = [(at, (at + 1) % size) for at in range(size)]
    pairs += [(0, at) for at in range(2, size - 1)]
    arrows = [Arrow(str(a), str(b), Decimal("123456.78")) for a, b in dict.fromkeys(pairs)]
    placed = boxes(ring(names, arrows, "冲转前"))
    assert len(placed) == len(arrows)
    crossed = [(a, b) for i, a in enumerate(placed) for b in placed[:i] if overlaps(a, b)]
    assert crossed == []


def test_the_curve_ends_where_all_is_cleared():
    drawing = curve([(Decimal("60.00"), Decimal("180.00")), (Decimal("100.00"), Decimal("220.00"))])
    assert "投入 100.00 元共清 220.00 元" in drawing
    assert drawing.count("<polyline") == 1
