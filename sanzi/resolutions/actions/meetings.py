"""Meetings as their minutes tell them: held to the law of their day, recorded once."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.documents.papers import attach
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Blocked, Invalid, Missing
from sanzi.resolutions.course import PAPER_KINDS, Course, course_of, paper_key
from sanzi.resolutions.models import Meeting, Resolution
from sanzi.resolutions.queries import norms_for
from sanzi.resolutions.stages import ENDED, Sitting, Stage
from sanzi.resolutions.verdicts import Minutes, Outcome, outcome_of
from sanzi.resolutions.workflow import SITTINGS, WAYS


@action("resolutions.record")
def hold(
    *,
    resolution_id: int,
    step: str,
    minutes: Minutes,
    as_failed: bool = False,
    files: Mapping[str, Sequence[Any]] | None = None,
    by: Person,
    now: datetime,
) -> Meeting:
    """Record a meeting. One that lacks its quorum or votes is refused with the article, unless it
    is recorded as what it was: a meeting that passed nothing, after which the step is still open.

    Raises Blocked, Invalid, Missing.
    """
    assert step in SITTINGS, step
    resolution: Resolution = Resolution.objects.claim(resolution_id, by)
    today = localdate(now)
    course = course_of(resolution, by, today)
    taken = WAYS[resolution.way].admit(step, course, by)
    minutes.refuse_nonsense(today)
    _refuse_backwards(course, minutes.met_on)
    norms = norms_for(resolution.village, minutes.met_on)
    outcome = outcome_of(resolution, Sitting(step), minutes, norms)
    if outcome.reasons and not as_failed:
        raise Blocked("resolution.vote", f"{outcome.told}；会议无效，不能进入下一步")
    if as_failed and not outcome.reasons:
        raise Invalid("resolution.passed", "按所填人数这次会议已经通过，不能登记为未通过")
    meeting = _keep(resolution, step, minutes, outcome, by=by, now=now)
    for kind, uploads in (files or {}).items():
        attach(paper_key(meeting, _known(kind)), uploads, village=meeting.village, by=by, now=now)
    if outcome.reasons:
        label = f"{taken.label}未通过"
    else:
        label = taken.label
        _go_on(resolution, taken.target, meeting)
    record(
        resolution, f"resolutions.{step}", by=by, at=now, label=label,
        public={"subject": minutes.told, "reason": outcome.told, "law": outcome.law},
    )  # fmt: skip
    return meeting


def _go_on(resolution: Resolution, target: str, meeting: Meeting) -> None:
    resolution.stage = target
    if target == Stage.DECIDED:
        resolution.decided_on, resolution.law = meeting.met_on, meeting.law
    resolution.save(update_fields=["stage", "decided_on", "law"])


def _keep(
    resolution: Resolution,
    step: str,
    minutes: Minutes,
    outcome: Outcome,
    *,
    by: Person,
    now: datetime,
) -> Meeting:
    return Meeting.objects.create(
        village=resolution.village,
        resolution=resolution,
        step=step,
        body=outcome.body,
        has_passed=not outcome.reasons,
        reasons=outcome.told,
        law=outcome.law,
        recorded_by=by,
        recorded_at=now,
        **minutes.fields,
    )


@action("resolutions.record")
def add_papers(
    *, meeting_id: int, kind: str, files: Sequence[Any], by: Person, now: datetime
) -> int:
    """Hang minutes, sign-in sheets or photos on a meeting, until all is done; returns how many."""
    meeting: Meeting = Meeting.objects.claim(meeting_id, by)
    if meeting.resolution.stage in ENDED:
        raise Blocked("resolution.ended", "这项决议已经办结，不能再补材料")
    if not files:
        raise Invalid("paper.none", "请选择要上传的文件")
    hung = attach(paper_key(meeting, _known(kind)), files, village=meeting.village, by=by, now=now)
    record(
        meeting.resolution, "resolutions.papers", by=by, at=now,
        label=f"补传{PAPER_KINDS[kind]}", public={"subject": str(meeting), "papers": len(hung)},
    )  # fmt: skip
    return len(hung)


def _known(kind: str) -> str:
    if kind not in PAPER_KINDS:
        raise Missing("paper.kind", "请选择材料的种类")
    return kind


def _refuse_backwards(course: Course, met_on: date) -> None:
    last = course.last_day
    if last is not None and met_on < last:
        raise Invalid(
            "resolution.backwards", f"会议日期 {met_on} 早于上一步的 {last}，程序的先后不能颠倒"
        )
