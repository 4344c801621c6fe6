"""What a participant hands in, and its being sent back."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.contests.models import Entry, Round
from sanzi.contests.organising import organised, reason_of
from sanzi.contests.queries import handing_in
from sanzi.contests.stages import EntryStage, Stage
from sanzi.contests.workflow import HANDING_IN
from sanzi.journal.recorder import Trace, key, record, record_many
from sanzi.kernel.refusals import Blocked, Invalid, Missing

STATEMENT_MAX = 5_000


@action("contests.enter")
def write(
    *, entry_id: int, statement: str, pledge: Decimal | None, by: Person, now: datetime
) -> Entry:
    """Write the text and the amount promised (or asked for); still a draft, seen by its own alone.

    Raises Blocked once handed in, or when the round is over.
    """
    entry = _own(entry_id, by)
    if entry.stage == EntryStage.SUBMITTED or entry.round.stage not in (
        Stage.PREPARING,
        Stage.OPEN,
    ):
        raise Blocked(
            "entry.moved", "材料已经提交或本轮已经封分，不能再改；如需修改，请联系举办单位退回"
        )
    if len(statement) > STATEMENT_MAX:
        raise Invalid(
            "entry.statement", f"申报材料最多 {STATEMENT_MAX:,} 个字，现有 {len(statement):,} 个"
        )
    entry.statement, entry.pledge = statement.strip(), pledge
    entry.save(update_fields=["statement", "pledge"])
    record(entry, "contests.write", by=by, at=now, label=f"填写 {entry.round}申报材料",
           public={"characters": len(entry.statement)})  # fmt: skip
    return entry


@action("contests.enter")
def hand_in(*, entry_id: int, by: Person, now: datetime) -> Entry:
    """Hand the entry in: from here on the organiser and the judges see it."""
    entry = _own(entry_id, by)
    taken = HANDING_IN.admit("submit", handing_in(entry), by)
    entry.stage, entry.returned_for = taken.target, ""
    entry.submitted_by, entry.submitted_at = by, now
    entry.save(update_fields=["stage", "returned_for", "submitted_by", "submitted_at"])
    record(entry, "contests.submit", by=by, at=now, label=f"提交 {entry.round}申报材料")
    return entry


@action("contests.run")
def take_down(
    *,
    round_id: int,
    papers: Mapping[int, tuple[str, Decimal | None]],
    by: Person,
    now: datetime,
) -> int:
    """Take down what participants handed in on paper (代录): handed in at once, by the organiser.

    `papers`: text and amount by entry. Raises Blocked for one who has handed in, Invalid for one
    without text.
    """
    round_ = organised(round_id, by)
    if round_.stage != Stage.OPEN:
        raise Blocked("round.not_open", f"本轮{round_.get_stage_display()}，不能代录")
    there = Entry.objects.of(round_).in_bulk(list(papers))
    traces = []
    for pk, (statement, pledge) in papers.items():
        entry = there.get(pk)
        if entry is None or entry.is_in:
            raise Blocked("entry.moved", "这一家已经提交或不在名单里，请刷新查看")
        if not 0 < len(statement.strip()) <= STATEMENT_MAX:
            raise Invalid("entry.statement", f"{entry} 的材料应有 1 到 {STATEMENT_MAX:,} 个字")
        entry.statement, entry.pledge = statement.strip(), pledge
        entry.stage, entry.submitted_by, entry.submitted_at = EntryStage.SUBMITTED, by, now
        traces.append(
            Trace(key(entry), "contests.take_down", entry.village, f"代录 {entry} 的材料")
        )
    columns = ["statement", "pledge", "stage", "submitted_by", "submitted_at"]
    Entry.objects.of(round_).bulk_update(there.values(), columns, batch_size=200)
    record_many(traces, by=by, at=now)
    return len(traces)


@action("contests.run")
def send_back(*, round_id: int, entry_id: int, reason: str, by: Person, now: datetime) -> Entry:
    """Send an entry back to be changed; marks given for it stay until the judge changes them."""
    round_ = organised(round_id, by)
    entry: Entry = Entry.objects.claim(entry_id, by)
    if entry.round_id != round_.pk:
        raise Missing("scope.missing", "没有找到该记录")
    taken = HANDING_IN.admit("return", handing_in(entry), by)
    entry.stage, entry.returned_for = taken.target, reason_of(reason)
    entry.save(update_fields=["stage", "returned_for"])
    record(entry, "contests.return", by=by, at=now, label=f"退回 {entry} 的申报材料",
           public={"reason": entry.returned_for})  # fmt: skip
    return entry


def _own(entry_id: int, by: Person) -> Entry:
    """The entry of `by`'s own region, and of no other, its round locked first."""
    seen = Entry.objects.visible_to(by).filter(pk=entry_id).first()
    if seen is None or seen.region != by.region_code:
        raise Missing("scope.missing", "没有找到该记录")
    Round.objects.claim(seen.round_id, by)
    entry: Entry = Entry.objects.claim(entry_id, by)
    return entry
