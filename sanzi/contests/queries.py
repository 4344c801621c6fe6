"""A round as it stands, its values, its scores: what pages and actions ask."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from sanzi.metrics.catalogue import METRICS, figure, metric
from sanzi.metrics.rows import parts_of
from sanzi.metrics.shares import totals_by_region

from . import panel
from .cards import METRIC, PANEL, TYPED, Sheet, card_of, from_json
from .models import Award, Contest, Entry, Judge, Mark, Result, Round
from .scorecard import Card, Facts, Indicator, Score, score
from .stages import EntryStage

_PLACES = Decimal("0.0001")
LABELS = {one.id: one.label for one in METRICS}


def sheet_of(round_: Round) -> Sheet:
    return from_json(round_.card)


def card_of_round(round_: Round) -> Card:
    """The card of a round; what was stored was checked when it was."""
    return card_of(sheet_of(round_), LABELS)


def judged(card: Card) -> list[Indicator]:
    """The lines judges mark."""
    return [one for one in card.indicators if one.source == PANEL]


def typed(card: Card) -> list[Indicator]:
    """The lines the organiser fills in, because no figure says them."""
    return [one for one in card.indicators if one.source == TYPED]


@dataclass(frozen=True)
class Standing:
    """What the steps of a round ask about; three queries."""

    round: Round
    stage: str
    needs_judges: bool
    entries_count: int
    entries_in: int
    judges_count: int
    marks_wanted: int
    marks_given: int


@dataclass(frozen=True)
class HandingIn:
    """What the steps of an entry ask about."""

    entry: Entry
    round: Round
    stage: str


def handing_in(entry: Entry) -> HandingIn:
    return HandingIn(entry, entry.round, entry.stage)


def standing(round_: Round) -> Standing:
    """How far a round is. Marks are counted, never looked at."""
    lines = len(judged(card_of_round(round_)))
    here = Entry.objects.of(round_)
    judges = list(judges_of(round_))
    wanted = sum(_shares(judges)) * lines
    given = Mark.objects.filter(judge__in=[judge.pk for judge in judges]).count() if lines else 0
    in_time = Count("pk", filter=Q(stage=EntryStage.SUBMITTED))
    come = here.aggregate(all=Count("pk"), handed_in=in_time)
    return Standing(
        round=round_,
        stage=round_.stage,
        needs_judges=bool(lines),
        entries_count=come["all"],
        entries_in=come["handed_in"],
        judges_count=len(judges),
        marks_wanted=wanted,
        marks_given=given,
    )


def judges_of(round_: Round) -> QuerySet[Judge]:
    """The judges of a round who were not excused."""
    found = Judge.objects.of(round_).filter(excused_at=None)
    return found.select_related("person", "round__contest").order_by("group", "pk")


def _shares(judges: Sequence[Judge]) -> list[int]:
    """How many participants each judge is to mark; one query."""
    if not judges:
        return []
    there = list(Entry.objects.of(judges[0].round).judgeable())
    return [sum(_is_for(judge, entry) for entry in there) for judge in judges]


def _is_for(judge: Judge, entry: Entry) -> bool:
    return judge.group in ("", entry.group) and not is_partial(judge, entry)


def is_partial(judge: Judge, entry: Entry) -> bool:
    """Whether a judge holds a post at the participant, or between it and the organiser (回避)."""
    own = judge.person.region_code or ""
    is_below = len(own) > len(judge.round.contest.region)
    return is_below and (entry.region.startswith(own) or own.startswith(entry.region))


def progress_of_judges(round_: Round) -> list[tuple[Judge, int, int]]:
    """Each judge with how many marks were given and are wanted; never which. Three queries."""
    lines, judges = len(judged(card_of_round(round_))), list(judges_of(round_))
    given = dict(
        Mark.objects.filter(judge__round=round_)
        .values_list("judge")
        .annotate(n=Count("pk"))
        .order_by()
    )
    shares = _shares(judges)
    return [
        (judge, given.get(judge.pk, 0), share * lines)
        for judge, share in zip(judges, shares, strict=True)
    ]


def entries_of(judge: Judge) -> list[Entry]:
    """Whom a judge marks, in the order of their codes; whom they are partial to left out."""
    there = Entry.objects.of(judge.round).judgeable().order_by("group", "village")
    return [entry for entry in there if _is_for(judge, entry)]


def facts_of(round_: Round, card: Card, entries: Sequence[Entry]) -> dict[int, Facts]:
    """What is known of each participant: figures of the day, marks, what was typed.

    Two queries whatever their number, and one more for every 500.
    """
    figures = _figures(round_, card, entries)
    marks = _averages(round_, card)
    return {
        entry.pk: Facts(
            {
                one.code: _value(one, entry, figures.get(entry.region, {}), marks.get(entry.pk, {}))
                for one in card.indicators
            },
            frozenset(entry.vetoes),
        )
        for entry in entries
    }


def scores_of(round_: Round, card: Card, entries: Sequence[Entry]) -> dict[int, Score]:
    """Each participant's points as they would be if the round closed now."""
    known = facts_of(round_, card, entries)
    return {entry.pk: score(card, known[entry.pk]) for entry in entries}


def _value(
    one: Indicator,
    entry: Entry,
    figures: Mapping[str, Decimal | None],
    marks: Mapping[str, Decimal],
) -> Decimal | None:
    if one.source == PANEL:
        return marks.get(one.code)
    if one.source == TYPED:
        text = entry.typed.get(one.code, "")
        return Decimal(text) if text else None
    return figures.get(one.source.removeprefix(METRIC))


def _figures(
    round_: Round, card: Card, entries: Sequence[Entry]
) -> dict[str, dict[str, Decimal | None]]:
    """Each region's figures as of the round's day: yuan, counts, fractions of one."""
    wanted = [
        metric(one.source.removeprefix(METRIC))
        for one in card.indicators
        if one.source.startswith(METRIC)
    ]
    if not wanted:
        return {}
    parts = sorted({part for one in wanted for part in parts_of(one)})
    regions = [entry.region for entry in entries]
    sums = totals_by_region(regions, round_.cut_off_on, parts)
    found: dict[str, dict[str, Decimal | None]] = {}
    for region in regions:
        values = {one.id: figure(one, sums.get(region, {})).value for one in wanted}
        found[region] = {id: None if v is None else Decimal(v) for id, v in values.items()}
    return found


def rule_of(round_: Round) -> panel.PanelRule:
    return panel.PanelRule(round_.dropped, round_.judges_min)


def marks_of(round_: Round) -> dict[int, list[panel.Mark]]:
    """Each participant's marks as sums over the judged lines, by entry; one query."""
    sums: dict[int, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for entry, judge, points in _marks(round_).values_list("entry", "judge__person", "points"):
        sums[entry][str(judge)] += points
    return {
        entry: [panel.Mark(judge, str(entry), points) for judge, points in by_judge.items()]
        for entry, by_judge in sums.items()
    }


def _marks(round_: Round) -> QuerySet[Mark]:
    return Mark.objects.filter(judge__round=round_, judge__excused_at=None)


def _averages(round_: Round, card: Card) -> dict[int, dict[str, Decimal]]:
    """The average of each judged line over the judges that count, out of a hundred.

    Highest and lowest are dropped by a judge's whole mark, as a referee reads them out, so that the
    lines' averages add up to the participant's. Rounded to four places, as they are kept.
    """
    if not judged(card):
        return {}
    given: dict[int, dict[str, dict[str, Decimal]]] = defaultdict(lambda: defaultdict(dict))
    for entry, judge, code, points in _marks(round_).values_list(
        "entry", "judge__person", "code", "points"
    ):
        given[entry][str(judge)][code] = points
    full = {one.code: one.full for one in judged(card)}
    return {entry: _average(by_judge, full, rule_of(round_)) for entry, by_judge in given.items()}


def _average(
    by_judge: Mapping[str, Mapping[str, Decimal]],
    full: Mapping[str, Decimal],
    rule: panel.PanelRule,
) -> dict[str, Decimal]:
    whole = [
        panel.Mark(judge, "", sum(points.values(), Decimal(0)))
        for judge, points in by_judge.items()
    ]
    kept = {mark.judge for mark in panel.tally(whole, rule).kept}
    found = {}
    for code, most in full.items():
        points = [by_judge[judge][code] for judge in sorted(kept) if code in by_judge[judge]]
        if points:
            share = sum(points, Decimal(0)) / len(points) / most * 100
            found[code] = share.quantize(_PLACES, ROUND_HALF_UP)
    return found


def granted_in(contest: Contest) -> Decimal:
    """What was granted of a review's purse, in yuan."""
    found = Award.objects.filter(entry__round__contest=contest)
    return sum(found.values_list("amount", flat=True), Decimal("0.00"))


def latest(results: QuerySet[Result]) -> QuerySet[Result]:
    """Of the results of every closing, those of each participant's last."""
    later = Result.objects.filter(entry=OuterRef("entry"), closing__gt=OuterRef("closing"))
    return results.filter(~Exists(later))


def own_marks(judge: Judge) -> dict[int, dict[str, Decimal]]:
    """A judge's own marks by participant and line; one query."""
    found: dict[int, dict[str, Decimal]] = defaultdict(dict)
    for entry, code, points in Mark.objects.filter(judge=judge).values_list(
        "entry", "code", "points"
    ):
        found[entry][code] = points
    return dict(found)
