"""A scorecard of 71 lines for 620 villages recomputed from metrics, against one village at a time.

Every line's value is drawn from stored figures: the example's lines that a person would type are
given a figure too. Both ways end in the same points; they are timed in the same run on the same
rows. The bare sums of the same figures, without a card, are shown beside them.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from .installation import installation

TIMES_MAX = 0.5
VILLAGES, TOWNS = 620, 31
CITY = "9999"
DAY = date(2026, 12, 31)


def main(arguments: list[str] | None = None) -> bool:
    """Print seconds and ratios; True when the batch takes at most half of one at a time."""
    parser = argparse.ArgumentParser(prog="bench scorecards", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="the best of so many is taken")
    options = parser.parse_args(arguments)
    with installation():
        return _measure(options.rounds)


def _measure(rounds: int) -> bool:
    from django.db import connection

    from sanzi.contests import queries
    from sanzi.contests.robustness import intervals
    from sanzi.contests.scorecard import rank

    held, entries = _fill()
    card = queries.card_of_round(held)

    def batch() -> dict[int, Any]:
        return queries.scores_of(held, card, entries)

    def one_by_one() -> dict[int, Any]:
        return {entry.pk: queries.scores_of(held, card, [entry])[entry.pk] for entry in entries}

    ours, scores = _best(batch, rounds)
    apart, others = _best(one_by_one, 1)
    assert scores == others, "both ways must say the same"
    bare, _ = _best(lambda: _sums(held, card, entries), rounds)
    named = {str(pk): one for pk, one in scores.items()}
    ranking, placed = _best(lambda: rank(card, named), rounds)
    bounding, _ = _best(lambda: intervals(named), 1)
    figures = f"{len(entries)} villages x {len(card.indicators)} lines"
    print(f"{connection.vendor}: {figures}, {len(entries) * len(card.indicators):,} points")
    _say("figures fetched and every line scored", ours)
    _say("the same, one village at a time", apart, ours / apart, f"at most {TIMES_MAX}")
    _say("bare sums of the same figures", bare, ours / bare)
    _say(f"ranked, first {placed[0].score.total} points", ranking)
    _say("interval of every rank, weights moved by a tenth", bounding)
    return ours / apart <= TIMES_MAX


def _best(work: Callable[[], Any], rounds: int) -> tuple[float, Any]:
    taken, answer = [], None
    for _ in range(rounds):
        began = time.perf_counter()
        answer = work()
        taken.append(time.perf_counter() - began)
    return min(taken), answer


def _say(what: str, seconds: float, times: float | None = None, promise: str = "") -> None:
    ratio = "" if times is None else f"{times:7.3f} x"
    print(f"  {what:50} {seconds:8.3f} s {ratio} {promise}".rstrip(), flush=True)


def _fill() -> tuple[Any, list[Any]]:
    """Villages with figures, and a round over them whose card is wholly drawn from figures."""
    from django.db import transaction
    from django.utils.timezone import now

    from sanzi.access.system import system_person
    from sanzi.contests.cards import to_json
    from sanzi.contests.models import Contest, Entry, Round
    from sanzi.metrics.catalogue import METRICS
    from sanzi.metrics.shares import RowShares
    from sanzi.metrics.shares import replace as keep

    codes = [f"{CITY}01{town + 1:03}{village + 201}"
             for town in range(TOWNS) for village in range(VILLAGES // TOWNS)]  # fmt: skip
    stored = [one.id for one in METRICS if not one.is_rate]
    with transaction.atomic():
        rows = {at: RowShares(code, _shares(code, stored)) for at, code in enumerate(codes, 1)}
        keep("contracts", rows)
        contest = Contest.objects.create(
            region=CITY, kind="assessment", level="village", title="年度考核", year=DAY.year,
            made_by=system_person("system_import"), made_at=now(),
        )  # fmt: skip
        held = Round.objects.create(
            contest=contest, ordinal=1, title="年度考核", form="数据考核", weight=100,
            card=to_json(_card([one.id for one in METRICS])), cut_off_on=DAY,
        )  # fmt: skip
        entries = [Entry(round=held, village=code, name=code) for code in codes]
        for entry in entries:
            entry.place()
        Entry.objects.bulk_create(entries, batch_size=500)
    return held, list(Entry.objects.within(CITY).order_by("village"))


def _shares(code: str, stored: list[str]) -> list[Any]:
    """What a village's rows add to every figure, on a few days of the year."""
    from sanzi.metrics.share import Contribution

    chance = random.Random(code)
    days = [date(DAY.year, month, 15) for month in (2, 6, 11)]
    return [Contribution(id, on, chance.randrange(1, 5_000_000)) for id in stored for on in days]


def _card(metrics: list[str]) -> Any:
    """The example of 71 lines; what a person types there is given one figure after another."""
    from sanzi.contests.cards import METRIC, TYPED
    from sanzi.contests.yearly import YEARLY

    rows, at = [], 0
    for row in YEARLY.rows:
        if row.source == TYPED:
            row, at = replace(row, source=METRIC + metrics[at % len(metrics)]), at + 1
        rows.append(row)
    return replace(YEARLY, rows=tuple(rows))


def _sums(held: Any, card: Any, entries: list[Any]) -> dict[str, dict[str, int]]:
    """The sums of the card's figures and no more."""
    from sanzi.contests.cards import METRIC
    from sanzi.metrics.catalogue import metric
    from sanzi.metrics.rows import parts_of
    from sanzi.metrics.shares import totals_by_region

    wanted = {metric(one.source.removeprefix(METRIC)) for one in card.indicators}
    parts = sorted({part for one in wanted for part in parts_of(one)})
    return totals_by_region([entry.region for entry in entries], held.cut_off_on, parts)


if __name__ == "__main__":
    sys.exit(not main())
