"""A judge's marks: sealed, changeable until the round closes, never seen by another."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.contests.models import Entry, Judge, Mark, Round
from sanzi.contests.queries import card_of_round, is_partial, judged
from sanzi.contests.scoring import plain
from sanzi.contests.stages import Stage
from sanzi.journal.recorder import Trace, key, record_many
from sanzi.kernel.refusals import Blocked, Invalid, Missing

_PLACES = Decimal("0.01")


@action("contests.judge")
def mark(
    *,
    round_id: int,
    given: Mapping[int, Mapping[str, Decimal]],
    by: Person,
    now: datetime,
) -> int:
    """Give participants their marks, every line of the panel at once; the journal keeps no points.

    `given`: points by line, by entry. All or none. Raises Missing for whom this judge does not
    mark, Blocked once the round is closed or where the judge holds a post (回避), Invalid for a
    line left out or beyond its full marks.
    """
    round_ = Round.objects.claim(round_id, by)
    judge = Judge.objects.of(round_).filter(person=by, excused_at=None).first()
    if judge is None:
        raise Missing("judge.none", "您不是本轮的评委")
    if round_.stage != Stage.OPEN:
        raise Blocked("round.not_open", f"本轮{round_.get_stage_display()}，不能打分")
    there = Entry.objects.of(round_).judgeable().in_bulk(list(given))
    lines, marks, traces = judged(card_of_round(round_)), [], []
    for pk, points in given.items():
        entry = _marked_by(judge, there.get(pk))
        for line in lines:
            value = _checked(line.title, points.get(line.code), line.full)
            marks.append(Mark(entry=entry, judge=judge, code=line.code, points=value, given_at=now))
        traces.append(Trace(key(entry), "contests.mark", entry.village, f"为 {entry} 打分"))
    Mark.objects.bulk_create(
        marks, batch_size=500, update_conflicts=True, update_fields=["points", "given_at"],
        unique_fields=["entry", "judge", "code"],
    )  # fmt: skip
    record_many(traces, by=by, at=now)
    return len(marks)


def _marked_by(judge: Judge, entry: Entry | None) -> Entry:
    if entry is not None and is_partial(judge, entry):
        raise Blocked("judge.own", f"您在{entry}所在地任职，应当回避，不能为它打分")
    if entry is None or judge.group not in ("", entry.group):
        raise Missing("scope.missing", "没有找到该记录")
    return entry


def _checked(title: str, value: Decimal | None, full: Decimal) -> Decimal:
    if value is None:
        raise Invalid("mark.missing", f"“{title}”还没有打分，请打完每一项再提交")
    if not 0 <= value <= full or value != value.quantize(_PLACES):
        raise Invalid("mark.range", f"“{title}”应在 0 到 {plain(full)} 分之间，最多两位小数")
    return value
