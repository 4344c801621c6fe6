"""How a budget was carried out: every movement of the year under the one line it belongs to.

Plain values, no framework. Amounts are yuan by month, January first, net of red letters and without
the closing entries of the year.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sanzi.kernel.money import ZERO

from .control import Control, line_for

Months = tuple[Decimal, ...]
# An account, or an account and one of its projects.
Key = tuple[str, int | None]
NO_MONTHS: Months = (ZERO,) * 12


@dataclass(frozen=True, slots=True)
class Planned:
    """A line of a budget: what execution must know of it."""

    direction: str  # income, expense
    account: str
    project: int | None
    name: str
    amount: Decimal
    control: Control = Control.WARN
    note: str = ""
    project_name: str = ""


@dataclass(frozen=True, slots=True)
class Executed:
    """A line with what the books show for it; `is_planned` is false of what no line foresaw.

    `accounts` are the leaves that moved, for whoever wants to see their lines.
    """

    line: Planned
    months: Months
    is_planned: bool = True
    accounts: tuple[str, ...] = ()

    @property
    def actual(self) -> Decimal:
        """The months together, in yuan."""
        return sum(self.months, ZERO)

    @property
    def left(self) -> Decimal:
        """Budget less actual; negative when overspent."""
        return self.line.amount - self.actual

    @property
    def ratio(self) -> Decimal | None:
        """Actual over budget; None of a budget of zero."""
        return self.actual / self.line.amount if self.line.amount else None

    @property
    def is_overspent(self) -> bool:
        """Spending beyond the budget. More income than planned is no fault."""
        return self.line.direction == "expense" and self.left < 0


@dataclass(frozen=True, slots=True)
class Total:
    """The lines of one direction added up."""

    direction: str
    amount: Decimal
    months: Months

    @property
    def actual(self) -> Decimal:
        return sum(self.months, ZERO)

    @property
    def left(self) -> Decimal:
        return self.amount - self.actual

    @property
    def ratio(self) -> Decimal | None:
        """Actual over budget; None of a budget of zero."""
        return self.actual / self.amount if self.amount else None


def execute(
    lines: Sequence[Planned],
    movements: Mapping[Key, Months],
    unplanned: Mapping[str, Planned],
) -> list[Executed]:
    """Every line with its months, in order, and after them what no line foresaw.

    `movements` holds each leaf account whole under (code, None) and, for projects that have lines,
    their part under (code, project). `unplanned` says how an account without a line is called,
    by its first three digits.
    """
    found: dict[int, dict[str, Months]] = defaultdict(dict)
    outside: dict[str, dict[str, Months]] = defaultdict(dict)
    places = {id(line): place for place, line in enumerate(lines)}
    for (account, project), months in sorted(_apart(movements).items(), key=str):
        line = line_for(lines, account, project)
        home = outside[account[:3]] if line is None else found[places[id(line)]]
        if any(months):
            home[account] = added([home.get(account, NO_MONTHS), months])
    done = [_executed(line, found[place]) for place, line in enumerate(lines)]
    for top, parts in sorted(outside.items()):
        if any(added(list(parts.values()))):
            done.append(_executed(unplanned[top], parts, is_planned=False))
    return done


def _executed(line: Planned, parts: Mapping[str, Months], *, is_planned: bool = True) -> Executed:
    return Executed(line, added(list(parts.values())), is_planned, tuple(sorted(parts)))


def _apart(movements: Mapping[Key, Months]) -> dict[Key, Months]:
    """Each account less its projects that stand by themselves."""
    apart = dict(movements)
    for (account, project), months in movements.items():
        if project is not None:
            whole = apart.get((account, None), NO_MONTHS)
            apart[account, None] = tuple(a - b for a, b in zip(whole, months, strict=True))
    return apart


def total(direction: str, rows: Sequence[Executed]) -> Total:
    """The rows of one direction, unplanned ones with them."""
    mine = [row for row in rows if row.line.direction == direction]
    return Total(
        direction,
        sum((row.line.amount for row in mine), ZERO),
        added([row.months for row in mine]),
    )


def added(parts: Sequence[Months]) -> Months:
    """Months added up, month by month."""
    return tuple(sum(month, ZERO) for month in zip(*parts, strict=True)) if parts else NO_MONTHS


def through(months: Months, last: int) -> Months:
    """The months up to `last` (1 to 12); the later ones empty."""
    return months[:last] + (ZERO,) * (12 - last)
