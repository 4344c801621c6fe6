"""公开: a decision hung out, what is held against it, and the town's check at its end."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.documents.papers import attach
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Blocked, Invalid
from sanzi.resolutions.course import Course, course_of
from sanzi.resolutions.models import Objection, Posting, Resolution
from sanzi.resolutions.notice import end_of_publicity
from sanzi.resolutions.queries import norms_for
from sanzi.resolutions.stages import ENDED
from sanzi.resolutions.workflow import POSTINGS, WAYS

WORDS_MIN, WORDS_MAX = 2, 2000


@action("resolutions.record")
def publish(
    *,
    resolution_id: int,
    step: str,
    boards: str,
    words: str,
    from_on: date,
    to_on: date,
    files: Sequence[Any] = (),
    by: Person,
    now: datetime,
) -> Posting:
    """Record where and how long the decision (`publish`) or its result (`publish_result`) hangs.

    At least as many days as the region's rule asks, the first not counted. Raises Blocked, Invalid.
    """
    assert step in POSTINGS, step
    course = _claim(resolution_id, by, now)
    resolution = course.resolution
    taken = WAYS[resolution.way].admit(step, course, by)
    _refuse_days(course, from_on, to_on)
    boards, words = boards.strip(), words.strip()
    if not boards or not words:
        raise Invalid("posting.boards", "请填写公示地点和公示内容")
    posting = Posting.objects.create(
        village=resolution.village,
        resolution=resolution,
        round=Posting.Round.DECISION if step == "publish" else Posting.Round.RESULT,
        boards=boards,
        words=words,
        from_on=from_on,
        to_on=to_on,
        posted_by=by,
        posted_at=now,
    )
    attach(posting, files, by=by, now=now)
    resolution.stage = taken.target
    resolution.save(update_fields=["stage"])
    record(
        resolution, f"resolutions.{step}", by=by, at=now, label=taken.label,
        public={"subject": f"{boards}，{from_on} 至 {to_on}"},
    )  # fmt: skip
    return posting


@action("resolutions.record")
def add_photos(*, posting_id: int, files: Sequence[Any], by: Person, now: datetime) -> int:
    """Hang photos of the board on a posting until the resolution is done; how many."""
    posting: Posting = Posting.objects.claim(posting_id, by)
    if posting.resolution.stage in ENDED:
        raise Blocked("resolution.ended", "这项决议已经办结，不能再补材料")
    if not files:
        raise Invalid("paper.none", "请选择要上传的照片")
    hung = attach(posting, files, by=by, now=now)
    record(
        posting.resolution, "resolutions.photos", by=by, at=now, label="补传公示照片",
        public={"subject": str(posting), "papers": len(hung)},
    )  # fmt: skip
    return len(hung)


@action("resolutions.record")
def raise_objection(
    *, resolution_id: int, raised_on: date, who: str, words: str, by: Person, now: datetime
) -> Objection:
    """Record what somebody holds against what hangs; it stands in the way until answered."""
    course = _claim(resolution_id, by, now)
    posting = course.posting
    if posting is None:
        raise Blocked("objection.moved", "现在没有正在公示的内容，不能登记异议")
    if not posting.from_on <= raised_on <= course.today:
        raise Invalid("objection.raised_on", f"提出日期应在 {posting.from_on} 至今天之间")
    objection = Objection.objects.create(
        village=posting.village,
        posting=posting,
        raised_on=raised_on,
        who=_words(who, "提出人", most=40),
        words=_words(words, "异议内容"),
        recorded_by=by,
        recorded_at=now,
    )
    record(
        course.resolution, "resolutions.object", by=by, at=now, label="登记异议",
        public={"reason": objection.words[:200]},
    )  # fmt: skip
    return objection


@action("resolutions.record")
def answer_objection(
    *, objection_id: int, answer: str, answered_on: date, by: Person, now: datetime
) -> Objection:
    """Answer an objection, once."""
    objection: Objection = Objection.objects.claim(objection_id, by)
    if not objection.is_open:
        raise Blocked("objection.answered", "这条异议已经答复，请刷新查看")
    if not objection.raised_on <= answered_on <= localdate(now):
        raise Invalid("objection.answered_on", "答复日期应在提出之后、今天之前")
    objection.answer = _words(answer, "答复")
    objection.answered_on, objection.answered_by = answered_on, by
    objection.save(update_fields=["answer", "answered_on", "answered_by"])
    record(
        objection.posting.resolution, "resolutions.answer", by=by, at=now, label="答复异议",
        public={"reason": objection.answer[:200]},
    )  # fmt: skip
    return objection


@action("resolutions.verify")
def verify(*, resolution_id: int, step: str, by: Person, now: datetime) -> Resolution:
    """The town's check by another hand: the decision binds (`accept`), or all is done (`complete`).

    Raises Blocked with everything that is still missing.
    """
    assert step in ("accept", "complete"), step
    course = _claim(resolution_id, by, now)
    resolution = course.resolution
    taken = WAYS[resolution.way].admit(step, course, by)
    resolution.stage, resolution.returned_because = taken.target, ""
    resolution.save(update_fields=["stage", "returned_because"])
    record(resolution, f"resolutions.{step}", by=by, at=now, label=taken.label)
    return resolution


@action("resolutions.verify")
def send_back(*, resolution_id: int, reason: str, by: Person, now: datetime) -> Resolution:
    """Tell the village what is missing; the step stays where it is until it is checked again."""
    course = _claim(resolution_id, by, now)
    if course.posting is None:
        raise Blocked("resolution.moved", "这项决议现在不在核对环节，请刷新查看")
    resolution = course.resolution
    resolution.returned_because = _words(reason, "原因", most=200)
    resolution.save(update_fields=["returned_because"])
    record(
        resolution, "resolutions.send_back", by=by, at=now, label="退回补正",
        public={"reason": resolution.returned_because},
    )  # fmt: skip
    return resolution


def _claim(resolution_id: int, by: Person, now: datetime) -> Course:
    return course_of(Resolution.objects.claim(resolution_id, by), by, localdate(now))


def _refuse_days(course: Course, from_on: date, to_on: date) -> None:
    last = course.last_day
    if last is not None and from_on < last:
        raise Invalid("posting.from_on", f"公示开始 {from_on} 早于上一步的 {last}，先后不能颠倒")
    if from_on > course.today:
        raise Invalid("posting.from_on", f"公示开始 {from_on} 还没有到，请在张贴后登记")
    days = norms_for(course.resolution.village, from_on).publicity_days
    if to_on < (earliest := end_of_publicity(from_on, days)):
        raise Invalid(
            "posting.to_on", f"公示不少于 {days} 天（张贴当天不算），最早到 {earliest} 止"
        )


def _words(text: str, what: str, most: int = WORDS_MAX) -> str:
    text = text.strip()
    if not WORDS_MIN <= len(text) <= most:
        raise Invalid("resolution.words", f"请填写{what}，{WORDS_MIN} 到 {most} 个字")
    return text
