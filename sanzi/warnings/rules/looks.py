"""Ways to measure a row, shared by rules. Pure: rows, numbers and a day in, numbers out."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from sanzi.kernel.money import ZERO

from .rule import Level, Look, Measured, Row, Values

_HUNDRED = Decimal(100)
# How many warnings of a colour in a year are too many, by the name of the parameter.
TOO_MANY = {
    Level.YELLOW: "yellow_most",
    Level.ORANGE: "orange_most",
    Level.RED: "red_most",
}
_PLACES = Decimal("0.01")

# A name with none of these is taken for a person's (W-12).
_BODIES = (
    "村", "社", "会", "组", "所", "站", "中心", "公司", "政府", "财政", "集体", "专户", "居", "委",
)  # fmt: skip


def every(rows: Sequence[Row], values: Values, on: date) -> Measured:
    """Each row that has begun counts once."""
    return [(row, Decimal(1)) for row in rows if row.on is None or row.on <= on]


def amounts(rows: Sequence[Row], values: Values, on: date) -> Measured:
    """Each row's amount in yuan."""
    return [(row, row.amount) for row in rows if row.on is None or row.on <= on]


def given(rows: Sequence[Row], values: Values, on: date) -> Measured:
    """Each row's own number."""
    return [(row, row.value) for row in rows if row.value is not None]


def apart(rows: Sequence[Row], values: Values, on: date) -> Measured:
    """By how much the two numbers of a row differ; a row with one of them missing is left out."""
    return [
        (row, abs(row.value - row.other))
        for row in rows
        if row.value is not None and row.other is not None
    ]


def days_since(rows: Sequence[Row], values: Values, on: date) -> Measured:
    """Whole days from each row's day; rows without a day, or still to come, are left out."""
    least = values.get("amount_min", ZERO)
    return [
        (row, Decimal((on - row.on).days))
        for row in rows
        if row.on is not None and row.on <= on and row.amount >= least
    ]


def days_until(rows: Sequence[Row], values: Values, on: date) -> Measured:
    """Whole days to each row's day; what is past is another rule's affair."""
    return [
        (row, Decimal((row.on - on).days)) for row in rows if row.on is not None and row.on >= on
    ]


def days_left(rows: Sequence[Row], values: Values, on: date) -> Measured:
    """Days to each row's last day, negative once past; those long past are left out."""
    most = values.get("past_max", ZERO)
    found = []
    for row in rows:
        if row.on is not None and (left := (row.on - on).days) >= -most:
            found.append((row, Decimal(left)))
    return found


def share(rows: Sequence[Row], values: Values, on: date) -> Measured:
    """The first number as per cent of the second; without a second, left out."""
    return [
        (row, percent(row.value, row.other))
        for row in rows
        if row.value is not None and row.other is not None and row.other > 0
    ]


def growth(rows: Sequence[Row], values: Values, on: date) -> Measured:
    """By how many per cent a number differs from the earlier one; small bases are not compared."""
    least = values.get("base_min", ZERO)
    return [
        (row, percent(abs(row.value - row.other), row.other))
        for row in rows
        if row.value is not None and row.other is not None and row.other >= max(least, _PLACES)
    ]


def times_off(rows: Sequence[Row], values: Values, on: date) -> Measured:
    """How many times a price is above, or below, the usual one: always at least one."""
    found = []
    for row in rows:
        if row.value is not None and row.other is not None and row.value > 0 and row.other > 0:
            high, low = max(row.value, row.other), min(row.value, row.other)
            found.append((row, (high / low).quantize(_PLACES, ROUND_HALF_UP)))
    return found


def area_apart(rows: Sequence[Row], values: Values, on: date) -> Measured:
    """Rows whose two areas differ by more than so many per cent or so many mu."""
    found = []
    for row in rows:
        if row.value is None or row.other is None or row.other <= 0:
            continue
        gap = abs(row.value - row.other)
        if gap > values["mu_max"] or percent(gap, row.other) > values["percent_max"]:
            found.append((row, Decimal(1)))
    return found


def repeated(rows: Sequence[Row], values: Values, on: date) -> Measured:
    """Rows that each bear a level, by level as per cent of how many of it are too many."""
    found = []
    for level, name in TOO_MANY.items():
        mine = [row for row in rows if row.value == level]
        found += [(row, percent(Decimal(len(mine)), values[name])) for row in mine]
    return found


def of_persons(rows: Sequence[Row], values: Values, on: date) -> Measured:
    """Rows that bear a person's name."""
    return [(row, Decimal(1)) for row in rows if is_personal(row.name)]


def is_personal(name: str) -> bool:
    """Whether an account's name is a person's: two to four characters that name no body."""
    return 2 <= len(name) <= 4 and not any(word in name for word in _BODIES)


def split_payments(rows: Sequence[Row], values: Values, on: date) -> Measured:
    """The rows to one payee within so many days, each below the limit, that come to most."""
    limit, days = values["limit"], timedelta(days=int(values["days"]))
    small = sorted((r for r in rows if r.on and r.amount < limit), key=lambda r: (r.on, r.key))
    best: list[Row] = []
    for first in small:
        assert first.on is not None
        window = [r for r in small if r.on and first.on <= r.on <= first.on + days]
        if len(window) > 1 and _sum(window) > _sum(best):
            best = window
    return [(row, row.amount) for row in best]


def over(parameter: str) -> Look:
    """Rows whose own number is above a parameter."""
    return _kept(lambda row, values: row.value is not None and row.value > values[parameter])


def below(parameter: str) -> Look:
    """Rows whose own number is below a parameter."""
    return _kept(lambda row, values: row.value is not None and row.value < values[parameter])


def _kept(keeps: Callable[[Row, Values], bool]) -> Look:
    def look(rows: Sequence[Row], values: Values, on: date) -> Measured:
        return [(row, Decimal(1)) for row in rows if keeps(row, values)]

    return look


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """part of whole in per cent, to two places."""
    return (part * _HUNDRED / whole).quantize(_PLACES, ROUND_HALF_UP)


def _sum(rows: Sequence[Row]) -> Decimal:
    return sum((row.amount for row in rows), ZERO)
