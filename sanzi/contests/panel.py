"""A panel of judges: which marks count, what they come to, and how each judge leans.

去掉一个最高分、一个最低分 (domain/clean-up.md 4.4: 打分规则); everything dropped is shown, so that
anyone recomputes the average. No framework.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class PanelRule:
    """How many marks are dropped at each end, and from how many judges on that is done."""

    dropped: int = 1
    judges_min: int = 5

    def drops(self, count: int) -> int:
        """How many go at each end; none where too few judged, for one must be left."""
        return self.dropped if count >= max(self.judges_min, 2 * self.dropped + 1) else 0


@dataclass(frozen=True)
class Mark:
    """One judge's mark for one subject, out of a hundred with two places at most."""

    judge: str
    subject: str
    points: Decimal


@dataclass(frozen=True)
class Tally:
    """One subject's marks, low to high: what counts, what was dropped, the average."""

    kept: Sequence[Mark]
    dropped: Sequence[Mark]
    average: Decimal


@dataclass(frozen=True)
class Lean:
    """How a judge's marks stand to the others' for the same subjects, in points."""

    judge: str
    subjects: int
    average: Decimal


def tally(marks: Sequence[Mark], rule: PanelRule) -> Tally:
    """The average of one subject's marks without the highest and the lowest.

    Of equal marks the judge whose key comes first goes at the low end, last at the high end; the
    average is the same whichever.
    """
    assert marks, "a subject nobody judged has no average"
    ordered = sorted(marks, key=lambda mark: (mark.points, mark.judge))
    cut = rule.drops(len(ordered))
    kept = ordered[cut : len(ordered) - cut]
    dropped = [*ordered[:cut], *ordered[len(ordered) - cut :]]
    return Tally(kept, dropped, _average([mark.points for mark in kept]))


def leans(marks: Iterable[Mark]) -> list[Lean]:
    """Each judge's average distance to the average of the others, generous ones first.

    Only subjects that others judged as well are counted, so a judge of harder subjects does not
    look strict.
    """
    by_subject = _by_subject(marks)
    gaps: dict[str, list[Fraction]] = defaultdict(list)
    for given in by_subject.values():
        for judge, points in given.items():
            others = [other for name, other in given.items() if name != judge]
            if others:
                gaps[judge].append(Fraction(points) - _mean(others))
    found = [Lean(judge, len(own), _rounded(_mean(own))) for judge, own in gaps.items()]
    return sorted(found, key=lambda lean: (-lean.average, lean.judge))


def group_averages(
    marks: Iterable[Mark], group_of: Mapping[str, str]
) -> dict[str, tuple[int, Decimal]]:
    """By group of subjects (judged by panels of their own): how many, and their average mark.

    Shown beside the ranking: a gap between groups says that panels measure differently.
    """
    by_group: dict[str, list[Decimal]] = defaultdict(list)
    subjects: dict[str, set[str]] = defaultdict(set)
    for mark in marks:
        group = group_of.get(mark.subject, "")
        by_group[group].append(mark.points)
        subjects[group].add(mark.subject)
    return {
        group: (len(subjects[group]), _average(points))
        for group, points in sorted(by_group.items())
    }


def _by_subject(marks: Iterable[Mark]) -> dict[str, dict[str, Decimal]]:
    found: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for mark in marks:
        found[mark.subject][mark.judge] = mark.points
    return found


def _mean(values: Sequence[Decimal] | Sequence[Fraction]) -> Fraction:
    return sum(map(Fraction, values), Fraction(0)) / len(values)


def _average(points: Sequence[Decimal]) -> Decimal:
    return _rounded(_mean(points))


def _rounded(value: Fraction) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(_HUNDREDTH, ROUND_HALF_UP)
