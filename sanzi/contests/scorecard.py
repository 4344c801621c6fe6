"""A scorecard (考核表): indicators, vetoes and bands as data, and the one engine that scores.

The annual assessment of villages (镇考村), stars, every round of a contest, the review of funds:
each is a Card. Points are rounded half up to the hundredth per indicator and then added, so that
anyone recomputes a total with a pocket calculator (domain/clean-up.md 4.4, 4.5; platforms.md N).
No framework.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Literal

from .scoring import Scoring, exact, plain

BASE_POINTS = Decimal(100)
_HUNDREDTH = Decimal("0.01")
_NONE = Decimal("0.00")

# What an indicator without a value counts: nothing, or its marks are shared among the others (a
# village without irregular contracts has no rate of putting them right).
Missing = Literal["zero", "spread"]


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One line of a card. `source` names where the value comes from: a metric, a panel, a person.

    A bonus stands beside the hundred points, up to the card's `bonus_most`.
    """

    code: str
    title: str
    module: str
    full: Decimal
    scoring: Scoring
    source: str
    missing: Missing = "zero"
    is_bonus: bool = False

    @property
    def rule(self) -> str:
        """How a value becomes points, in a sentence with its numbers."""
        return self.scoring.words(self.full)


@dataclass(frozen=True)
class Veto:
    """一票否决: who is met by it keeps at most so many points, or none at all (0)."""

    code: str
    title: str
    most: Decimal = _NONE


@dataclass(frozen=True)
class Band:
    """A grade from so many points on: 五星 from 90."""

    at: Decimal
    title: str


@dataclass(frozen=True, kw_only=True)
class Card:
    """A whole scorecard. Ties are broken by the points of `tie_break`, in that order."""

    title: str
    indicators: Sequence[Indicator]
    vetoes: Sequence[Veto] = ()
    bands: Sequence[Band] = ()  # Falling.
    bonus_most: Decimal = _NONE
    tie_break: Sequence[str] = ()


@dataclass(frozen=True)
class Facts:
    """What is known of one subject: values by indicator (None: not known), vetoes that apply."""

    values: Mapping[str, Decimal | None]
    vetoes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Line:
    """One indicator of one subject: its value, its points, and how they came about."""

    indicator: Indicator
    value: Decimal | None
    points: Decimal
    # The full marks it was scored out of: more than usual where others' marks were shared out.
    out_of: Decimal


@dataclass(frozen=True)
class Score:
    """One subject's result before it is ranked."""

    lines: Sequence[Line]
    bonus: Decimal
    total: Decimal
    vetoed_by: Sequence[Veto]
    band: str

    def points_of(self, code: str) -> Decimal:
        return next((line.points for line in self.lines if line.indicator.code == code), _NONE)


@dataclass(frozen=True)
class Placed:
    """A subject with its place; equal ones share a place and the next is skipped (1, 2, 2, 4)."""

    subject: str
    score: Score
    place: int
    is_tied: bool


def faults_of(card: Card) -> list[str]:
    """What stands in the way of using a card, in sentences; empty when it can be used."""
    return list(_faults(card))


def _faults(card: Card) -> Iterator[str]:
    codes = [one.code for one in card.indicators]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield f"指标编号“{code}”重复"
    for one in card.indicators:
        if one.full <= 0:
            yield f"“{one.title}”的分值 {plain(one.full)} 不大于 0"
    base = sum((one.full for one in card.indicators if not one.is_bonus), _NONE)
    if base != BASE_POINTS:
        yield f"各项分值合计 {plain(base)} 分，应为 {plain(BASE_POINTS)} 分（加分项另计）"
    for code in card.tie_break:
        if code not in codes:
            yield f"并列时比较的指标“{code}”不在表内"
    edges = [band.at for band in card.bands]
    if edges != sorted(set(edges), reverse=True):
        yield "等级分数线应从高到低，不能重复"


def score(card: Card, facts: Facts) -> Score:
    """One subject's points, line by line.

    What is missing counts nothing, or where the card says so its marks are shared among the other
    lines that are not bonuses, in proportion to theirs.
    """
    stretch = _stretch(card, facts)
    lines = [_line(one, facts.values.get(one.code), stretch) for one in card.indicators]
    bonus = min(_sum(line for line in lines if line.indicator.is_bonus), card.bonus_most)
    total = _sum(line for line in lines if not line.indicator.is_bonus) + bonus
    vetoes = [veto for veto in card.vetoes if veto.code in facts.vetoes]
    total = min([total, *(veto.most for veto in vetoes)])
    band = next((band.title for band in card.bands if total >= band.at), "")
    return Score(lines, bonus, total, vetoes, band)


def _stretch(card: Card, facts: Facts) -> Fraction:
    """By how much every line's marks grow when others' are shared out."""
    base = [one for one in card.indicators if not one.is_bonus]
    left_out = [one for one in base if _is_left_out(one, facts.values.get(one.code))]
    kept = sum((one.full for one in base), _NONE) - sum((one.full for one in left_out), _NONE)
    return Fraction(kept + sum((one.full for one in left_out), _NONE)) / Fraction(kept or 1)


def _is_left_out(indicator: Indicator, value: Decimal | None) -> bool:
    return value is None and indicator.missing == "spread" and not indicator.is_bonus


def _line(indicator: Indicator, value: Decimal | None, stretch: Fraction) -> Line:
    if _is_left_out(indicator, value):
        return Line(indicator, None, _NONE, _NONE)
    is_plain = indicator.is_bonus or stretch == 1
    out_of = _rounded(exact(indicator.full) if is_plain else exact(indicator.full) * stretch)
    if value is None:
        return Line(indicator, None, _NONE, out_of)
    points = indicator.scoring.points(value, indicator.full)
    return Line(indicator, value, _rounded(points if is_plain else points * stretch), out_of)


def _rounded(points: Fraction) -> Decimal:
    # Half up in whole numbers: no quotient is cut off before it is rounded.
    hundredths, rest = divmod(points.numerator * 100, points.denominator)
    return _HUNDREDTH * (hundredths + (2 * rest >= points.denominator))


def _sum(lines: Iterable[Line]) -> Decimal:
    return sum((line.points for line in lines), _NONE)


def rank(card: Card, scores: Mapping[str, Score]) -> list[Placed]:
    """Everybody in order of total, then of the tie-breaking lines; what is still equal is tied.

    The order in which equal subjects are listed is that of their names, so that two people who
    compute print the same list.
    """

    def strength(score: Score) -> tuple[Decimal, ...]:
        return (score.total, *(score.points_of(code) for code in card.tie_break))

    ordered = sorted(scores.items(), key=lambda one: (_falling(strength(one[1])), one[0]))
    placed: list[Placed] = []
    for _, equals in groupby(ordered, key=lambda one: strength(one[1])):
        group, place = list(equals), len(placed) + 1
        placed += [Placed(subject, found, place, len(group) > 1) for subject, found in group]
    return placed


def _falling(strength: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
    return tuple(-value for value in strength)
