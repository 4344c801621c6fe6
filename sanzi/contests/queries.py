"""A round as it stands, its values, its scores: what pages and actions ask."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from sanzi.access.models import Post
from sanzi.metrics.catalogue import METRICS, figure, metric
from sanzi.metrics.rows import parts_of
from sanzi.metrics.shares import totals_by_region

from . import panel
from .cards import METRIC, PANEL, TYPED, Sheet, card_of, from_json
from .models import Award, Contest, Entry, Judge, Mark, Result, Round
from .scorecard import Card, Facts, Indicator, Score, score
from .scoring import Judged
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
    """What the steps of a round ask about; five queries."""

    round: Round
    stage: str
    today: date
    needs_judges: bool
    entries_count: int
    entries_in: int
    judges_count: int
    marks_wanted: int
    # Of those wanted: marks for who gave up since, or of a judge moved to another group, are none.
    marks_given: int
    # Who handed in and has no judge.
    unjudged: int


@dataclass(frozen=True)
class HandingIn:
    """What the steps of an entry ask about."""

    entry: Entry
    round: Round
    stage: str


def handing_in(entry: Entry) -> HandingIn:
    return HandingIn(entry, entry.round, entry.stage)


def standing(round_: Round, today: date | None = None) -> Standing:
    """How far a round is. Marks are counted, never looked at."""
    lines = len(judged(card_of_round(round_)))
    here = Entry.objects.of(round_)
    judges = judges_of(round_)
    there = list(here.judgeable()) if lines else []
    wanted = _wanted(judges, there)
    given = _given(round_) if lines else {}
    served = {entry for pairs in wanted.values() for entry in pairs}
    in_time = Count("pk", filter=Q(stage=EntryStage.SUBMITTED))
    come = here.aggregate(all=Count("pk"), handed_in=in_time)
    return Standing(
        round=round_,
        stage=round_.stage,
        today=today or localdate(),
        needs_judges=bool(lines),
        entries_count=come["all"],
        entries_in=come["handed_in"],
        judges_count=len(judges),
        marks_wanted=sum(map(len, wanted.values())) * lines,
        marks_given=_counted(wanted, given),
        unjudged=len(there) - len(served),
    )


def judges_of(round_: Round) -> list[Judge]:
    """The judges of a round who were not excused, each with the posts held today; two queries."""
    found = Judge.objects.of(round_).filter(excused_at=None)
    judges = list(found.select_related("person", "round__contest").order_by("group", "pk"))
    posts: dict[int, list[Post]] = defaultdict(list)
    people = [judge.person_id for judge in judges]
    held = Post.objects.filter(person__in=people).held_on(localdate()).select_related("region")
    for post in held.order_by("pk"):
        posts[post.person_id].append(post)
    for judge in judges:
        judge.person.posts = posts[judge.person_id]
    return judges


def _wanted(judges: Sequence[Judge], there: Sequence[Entry]) -> dict[int, set[int]]:
    """Whom each judge is to mark: keys of participants, by judge."""
    return {judge.pk: {entry.pk for entry in there if _is_for(judge, entry)} for judge in judges}


def _given(round_: Round) -> dict[tuple[int, int], int]:
    """How many marks there are by (judge, participant), never which; one query."""
    counted = Mark.objects.filter(judge__round=round_).values_list("judge", "entry")
    found = counted.annotate(n=Count("pk")).order_by()
    return {(judge, entry): n for judge, entry, n in found}


def _counted(wanted: Mapping[int, set[int]], given: Mapping[tuple[int, int], int]) -> int:
    return sum(n for (judge, entry), n in given.items() if entry in wanted.get(judge, ()))


def _is_for(judge: Judge, entry: Entry) -> bool:
    return judge.group in ("", entry.group) and not is_partial(judge, entry)


def is_partial(judge: Judge, entry: Entry) -> bool:
    """Whether a judge holds a post at the participant, or between it and the organiser (回避).

    Any post counts, not only the one acted from.
    """
    return any(_is_near(post.region.code, judge, entry) for post in judge.person.posts)


def _is_near(own: str, judge: Judge, entry: Entry) -> bool:
    is_below = len(own) > len(judge.round.contest.region)
    return is_below and (entry.region.startswith(own) or own.startswith(entry.region))


def progress_of_judges(round_: Round) -> list[tuple[Judge, int, int]]:
    """Each judge with how many marks were given and are wanted; never which. Four queries."""
    lines, judges = len(judged(card_of_round(round_))), judges_of(round_)
    wanted = _wanted(judges, list(Entry.objects.of(round_).judgeable()))
    given = _given(round_)
    return [
        (judge, _counted({judge.pk: wanted[judge.pk]}, given), len(wanted[judge.pk]) * lines)
        for judge in judges
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


def corrected(result: Result, round_: Round, card: Card) -> dict[str, Decimal | None]:
    """The figures of a result that rows corrected since would make another: what they are now."""
    now = _figures(round_, card, [result.entry]).get(result.entry.region, {})
    frozen = {line["code"]: line["value"] for line in result.lines}
    found = {}
    for one in card.indicators:
        if one.source.startswith(METRIC) and one.code in frozen:
            value = now.get(one.source.removeprefix(METRIC))
            if value != (Decimal(frozen[one.code]) if frozen[one.code] else None):
                found[one.code] = value
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
    """The marks that count: of who is still a judge, and still of that participant's group."""
    of_group = Q(judge__group="") | Q(judge__group=F("entry__group"))
    return Mark.objects.filter(of_group, judge__round=round_, judge__excused_at=None)


def _averages(round_: Round, card: Card) -> dict[int, dict[str, Decimal]]:
    """The average of each judged line over the judges that count, out of what its rule says.

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
    lines = judged(card)
    return {entry: _average(by_judge, lines, rule_of(round_)) for entry, by_judge in given.items()}


def _average(
    by_judge: Mapping[str, Mapping[str, Decimal]],
    lines: Sequence[Indicator],
    rule: panel.PanelRule,
) -> dict[str, Decimal]:
    whole = [
        panel.Mark(judge, "", sum(points.values(), Decimal(0)))
        for judge, points in by_judge.items()
    ]
    kept = {mark.judge for mark in panel.tally(whole, rule).kept}
    found = {}
    for line in lines:
        code = line.code
        points = [by_judge[judge][code] for judge in sorted(kept) if code in by_judge[judge]]
        if points:
            # Judges mark out of the line's own points; the value is what its rule asks for.
            assert isinstance(line.scoring, Judged), "a panel's line is judged"
            share = sum(points, Decimal(0)) / len(points) / line.full * line.scoring.out_of
            found[code] = share.quantize(_PLACES, ROUND_HALF_UP)
    return found


def granted_in(contest: Contest) -> Decimal:
    """What was granted of a review's purse, in yuan."""
    found = Award.objects.filter(entry__round__contest=contest)
    return sum(found.values_list("amount", flat=True), Decimal("0.00"))


def latest(results: QuerySet[Result]) -> QuerySet[Result]:
    """Of the results of every closing, those of each participant's last.

    Who gave up after an earlier closing has no place in the later one, and so none any more.
    """
    later = Result.objects.filter(entry=OuterRef("entry"), closing__gt=OuterRef("closing"))
    gave_up = Q(entry__stage=EntryStage.SUBMITTED, entry__statement="")
    return results.filter(~Exists(later)).exclude(gave_up)


def own_marks(judge: Judge) -> dict[int, dict[str, Decimal]]:
    """A judge's own marks by participant and line; one query."""
    found: dict[int, dict[str, Decimal]] = defaultdict(dict)
    for entry, code, points in Mark.objects.filter(judge=judge).values_list(
        "entry", "code", "points"
    ):
        found[entry][code] = points
    return dict(found)
