"""Small drawings as SVG, made on the server: they print, need no script, and say in words what they
show, so that nothing hangs on colour alone."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from . import formats

# Fills of a composition, in order; each is a class in sanzi.css with its own hatching in print.
FILLS = 7
_WIDTH, _HEIGHT = 300, 84
_ONE = Decimal(1)


def bar(rate: Decimal | None, tone: str = "pine") -> SafeString:
    """A rate (decimal fraction) as a filled bar with its percentage beside it."""
    if rate is None:
        return format_html('<span class="muted">{}</span>', "未填")
    filled = max(Decimal(0), min(_ONE, Decimal(rate))) * 100
    return format_html(
        '<span class="ratebar"><svg viewBox="0 0 100 8" preserveAspectRatio="none"'
        ' aria-hidden="true">'
        '<rect class="ground" width="100" height="8"/>'
        '<rect class="fill-{}" width="{}" height="8"/></svg><b>{}</b></span>',
        tone,
        f"{filled:.2f}",
        formats.rate(rate),
    )


def composition(parts: Sequence[tuple[str, Decimal | int]], unit: str = "元") -> SafeString:
    """What a sum is made of: one stacked bar, and the same in words and figures below it.

    Negative parts cannot be drawn as lengths; they are listed and left out of the bar.
    """
    total = sum((Decimal(value) for _, value in parts), Decimal(0))
    drawn = sum((Decimal(value) for _, value in parts if value > 0), Decimal(0))
    boxes, lines, left = [], [], Decimal(0)
    for index, (label, value) in enumerate(parts):
        kind = index % FILLS + 1
        width = Decimal(value) / drawn * 100 if drawn and value > 0 else Decimal(0)
        share = formats.rate(Decimal(value) / total) if total else "—"
        boxes.append((kind, f"{left:.3f}", f"{width:.3f}", label))
        lines.append((kind, label, formats.figure(Decimal(value), unit), share))
        left += width
    return format_html(
        '<figure class="composition"><svg viewBox="0 0 100 10" preserveAspectRatio="none"'
        ' role="img" aria-label="{}">{}</svg><ul>{}</ul></figure>',
        "；".join(f"{label} {text} {share}" for _, label, text, share in lines),
        format_html_join(
            "",
            '<rect class="part-{}" x="{}" width="{}" height="10"><title>{}</title></rect>',
            boxes,
        ),
        format_html_join(
            "",
            '<li><svg viewBox="0 0 10 10" aria-hidden="true"><rect class="part-{}" width="10"'
            ' height="10"/></svg>{} <b>{}</b> <span class="muted">{}</span></li>',
            lines,
        ),
    )


def trend(points: Sequence[tuple[date, Decimal]], unit: str = "率") -> SafeString:
    """A figure over time as a line; its first and last day and value are written out."""
    if not points:
        return format_html('<p class="muted">{}</p>', "还没有可画的数据")
    values = [Decimal(value) for _, value in points]
    low, high = min([*values, Decimal(0)]), max(values)
    days = [(on - points[0][0]).days for on, _ in points]
    across, tall = days[-1] or 1, (high - low) or _ONE

    def at(index: int) -> str:
        x = 8 + Decimal(days[index]) * (_WIDTH - 16) / across
        y = 64 - (values[index] - low) * 52 / tall
        return f"{x:.1f},{y:.1f}"

    corners = [at(index) for index in range(len(points))]
    first, last = (
        f"{formats.day(on)} {formats.figure(value, unit)}" for on, value in (points[0], points[-1])
    )
    x, y = corners[-1].split(",")
    return format_html(
        '<svg class="trend" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        '<line class="axis" x1="8" y1="66" x2="{}" y2="66"/><polyline points="{}"/>'
        '<circle cx="{}" cy="{}" r="3"/><text x="8" y="80">{}</text>'
        '<text x="{}" y="80" text-anchor="end">{}</text></svg>',
        _WIDTH,
        _HEIGHT,
        f"从 {first} 到 {last}",
        _WIDTH - 8,
        " ".join(corners),
        x,
        y,
        first,
        _WIDTH - 8,
        last,
    )
