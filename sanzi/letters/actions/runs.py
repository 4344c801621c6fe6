"""Print runs: begun by a person, ended by the child that works, or given up."""

from collections.abc import Sequence
from datetime import datetime
from os.path import commonprefix

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Blocked, Invalid, Missing
from sanzi.letters.models import Letter, Run, RunLetter

LETTERS_MAX = 5_000
_WIDTHS = (12, 9, 6, 4, 2)


@action("letters.issue")
def begin_run(*, letter_ids: Sequence[int], kind: str, base: str, by: Person, now: datetime) -> Run:
    """Choose letters for one file; those void or superseded are left out.

    Raises Blocked when none is left, Invalid when there are more than LETTERS_MAX.
    """
    mine = Letter.objects.visible_to(by).holding().filter(pk__in=letter_ids)
    chosen = list(mine.order_by("village", "series", "year", "number").values("pk", "village"))
    if not chosen:
        raise Blocked("run.empty", "所选文书都已作废或不在您的辖区内，没有可以打印的")
    if len(chosen) > LETTERS_MAX:
        raise Invalid("run.many", f"一次最多打印 {LETTERS_MAX:,} 份，请缩小范围分几次打印")
    run = Run.objects.create(
        region=_region_of([row["village"] for row in chosen]),
        kind=kind,
        count=len(chosen),
        base=base,
        asked_by=by,
        asked_at=now,
        started_at=now,
    )
    RunLetter.objects.bulk_create(
        [RunLetter(run=run, letter_id=row["pk"], place=i) for i, row in enumerate(chosen)],
        batch_size=1000,
    )
    _note(run, "begin", f"批量打印 {run.count} 份文书（含个人信息原文）", by, now)
    return run


@action("letters.issue")
def restart_run(*, run_id: int, by: Person, now: datetime) -> Run:
    """Begin again what failed, was cancelled or was cut short."""
    run = Run.objects.claim(run_id, by)
    if run.state == Run.State.DONE:
        raise Blocked("run.done", "这次打印已经完成，直接下载即可")
    run.state, run.message, run.started_at = Run.State.RUNNING, "", now
    run.save(update_fields=["state", "message", "started_at"])
    _note(run, "restart", "重新打印", by, now)
    return run


@action("letters.issue")
def take_file(*, run_id: int, by: Person, now: datetime) -> Run:
    """Take a run's file, personal values in clear: each time stands in the history.

    Raises Missing where there is none.
    """
    run = Run.objects.claim(run_id, by)
    if run.state != Run.State.DONE or not run.file.exists():
        raise Missing("run.file", "文件还没有生成或已经清理，请重新打印")
    _note(run, "take", f"下载 {run.count} 份文书（含个人信息原文）", by, now)
    return run


@action("letters.issue")
def cancel_run(*, run_id: int, by: Person, now: datetime) -> Run:
    """Give a run up. Raises Blocked when it has ended."""
    run = Run.objects.claim(run_id, by)
    if run.state != Run.State.RUNNING:
        raise Blocked("run.ended", f"这次打印{run.get_state_display()}，不用取消")
    _end(run, Run.State.CANCELLED, "", now)
    _note(run, "cancel", "取消打印", by, now)
    return run


@action("letters.issue")
def finish_run(*, run_id: int, message: str, by: Person, now: datetime) -> Run:
    """What the child says at its end: done, or failed with a message. A cancelled run stays so."""
    run = Run.objects.claim(run_id, by)
    if run.state == Run.State.RUNNING:
        _end(run, Run.State.FAILED if message else Run.State.DONE, message, now)
        _note(run, "finish", "打印没有完成" if message else "打印完成", by, now)
    return run


def _end(run: Run, state: Run.State, message: str, now: datetime) -> None:
    run.state, run.message, run.finished_at = state, message, now
    run.save(update_fields=["state", "message", "finished_at"])


def _note(run: Run, verb: str, label: str, by: Person, now: datetime) -> None:
    record(run, f"letters.{verb}_run", by=by, at=now, village=run.region, label=label)


def _region_of(villages: Sequence[str]) -> str:
    """The smallest region all these villages lie in."""
    shared = commonprefix(list(villages))
    width = next((w for w in _WIDTHS if w <= len(shared)), 0)
    return shared[:width]
