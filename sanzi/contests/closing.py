"""Closing a round: everybody's points and places, frozen."""

from collections.abc import Sequence
from decimal import Decimal

from sanzi.kernel.refusals import Invalid

from .models import Entry, Result, Round
from .queries import card_of_round, scores_of
from .robustness import intervals
from .scorecard import Line, Placed, rank


def write_results(round_: Round, entries: Sequence[Entry]) -> list[Result]:
    """Freeze everybody's points and places as they are now; runs inside the closing action.

    Who gave up has none. Raises Invalid when every participant did.
    """
    card, closing = card_of_round(round_), _closings(entries) + 1
    taking_part = [entry for entry in entries if not entry.gave_up]
    if not taking_part:
        raise Invalid("round.empty", "没有一家提交了材料，不能计算结果")
    scores = {str(pk): one for pk, one in scores_of(round_, card, taking_part).items()}
    bounds = intervals(scores)
    by_pk = {str(entry.pk): entry for entry in taking_part}
    made = []
    for placed in rank(card, scores):
        result = _result(by_pk[placed.subject], placed, closing)
        result.best, result.worst = bounds[placed.subject].best, bounds[placed.subject].worst
        result.place()
        made.append(result)
    return Result.objects.bulk_create(made, batch_size=500)


def _closings(entries: Sequence[Entry]) -> int:
    found = Result.objects.filter(entry__in=[entry.pk for entry in entries])
    return max(found.values_list("closing", flat=True), default=0)


def _result(entry: Entry, placed: Placed, closing: int) -> Result:
    score = placed.score
    return Result(
        entry=entry,
        village=entry.village,
        closing=closing,
        lines=[_stored(line) for line in score.lines],
        bonus=score.bonus,
        total=score.total,
        vetoes=[veto.title for veto in score.vetoed_by],
        band=score.band,
        rank=placed.place,
        is_tied=placed.is_tied,
    )


def _stored(line: Line) -> dict[str, str]:
    def text(value: Decimal | None) -> str:
        return "" if value is None else f"{value:f}"

    return {
        "code": line.indicator.code,
        "value": text(line.value),
        "points": text(line.points),
        "out_of": text(line.out_of),
    }
