"""Short ways to write a ladder: its lines as parameters with their defaults."""

from decimal import Decimal

from .rule import EXAMPLE, Level, Parameter

Ladder = tuple[tuple[Level, str], ...]
_NAMES = {
    Level.BLUE: "blue",
    Level.YELLOW: "yellow",
    Level.ORANGE: "orange",
    Level.RED: "red",
}


def lines(
    unit: str, source: str = EXAMPLE, *, least: int = 0, **defaults: str | int
) -> tuple[Ladder, tuple[Parameter, ...]]:
    """A ladder and its parameters: `lines("天", blue=1, yellow=30)`; mildest line first."""
    ladder, parameters = [], []
    for level, name in _NAMES.items():
        if name in defaults:
            ladder.append((level, name))
            parameters.append(
                Parameter(
                    name,
                    f"{level.word[0]}线",
                    unit,
                    Decimal(defaults[name]),
                    least=Decimal(least),
                    source=source,
                )
            )
    return tuple(ladder), tuple(parameters)


def any_of(level: Level, source: str, unit: str = "项") -> tuple[Ladder, tuple[Parameter, ...]]:
    """A ladder of one line: the first one is too many. What the law forbids has no other line."""
    name = _NAMES[level]
    one = Decimal(1)
    return ((level, name),), (
        Parameter(name, f"{level.word[0]}线", unit, one, least=one, source=source),
    )
