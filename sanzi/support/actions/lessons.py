"""Lessons, who came, homework, and the circular that tells everybody how the goals go."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.journal.recorder import key, record, record_many
from sanzi.kernel.refusals import Blocked, Invalid, Missing
from sanzi.kernel.regions import full
from sanzi.letters.writing import traces, write
from sanzi.orgs.tree import names_of
from sanzi.support.models import Circular, Cohort, Lesson, Presence, Seat
from sanzi.support.papers import CIRCULAR
from sanzi.support.schooling import circular_rows, pupils_of, summary_of
from sanzi.support.stages import CohortStage, SeatStage
from sanzi.support.wording import past, refuse_known, said


@action("support.run")
def arrange_lesson(
    *,
    cohort_id: int,
    kind: str,
    title: str,
    held_on: date,
    place: str,
    teacher: str,
    group: str,
    homework: str,
    homework_due_on: date | None,
    by: Person,
    now: datetime,
) -> Lesson:
    """Arrange a lesson of one of the six kinds, for one class or both."""
    cohort: Cohort = Cohort.objects.claim(cohort_id, by)
    if cohort.stage == CohortStage.ENDED:
        raise Blocked("cohort.moved", "研修班已结业，不能再排课")
    if homework.strip() and (homework_due_on is None or homework_due_on < held_on):
        raise Invalid("lesson.homework", "布置作业的，请填作业期限，且不早于上课日期")
    twins = Lesson.objects.visible_to(by).of(cohort).filter(held_on=held_on, group=group)
    refuse_known(twins.filter(title=title), "这一课已经排过")
    lesson = Lesson.objects.create(
        cohort=cohort, kind=kind, title=said(title, "主题", most=100), held_on=held_on,
        place=place, teacher=teacher, group=group, homework=homework.strip(),
        homework_due_on=homework_due_on if homework.strip() else None, made_by=by, made_at=now,
    )  # fmt: skip
    record(lesson, "support.arrange-lesson", by=by, at=now, village=cohort.region,
           label=f"排课：{lesson.get_kind_display()}“{lesson}”")  # fmt: skip
    return lesson


@action("support.run")
def mark_presence(*, lesson_id: int, marks: Mapping[int, str], by: Person, now: datetime) -> int:
    """Keep who was at a lesson; marks made before are replaced. Raises Blocked before its day."""
    lesson: Lesson = Lesson.objects.claim(lesson_id, by)
    if lesson.held_on > localdate(now):
        raise Blocked("lesson.early", f"{lesson.held_on} 上课后才能点名")
    seats = Seat.objects.visible_to(by).filter(cohort=lesson.cohort_id, stage=SeatStage.CHOSEN)
    mine = {seat.pk: seat for seat in seats if lesson.group in ("", seat.group)}
    if marks.keys() - mine.keys() or set(marks.values()) - set(Presence.Mark.values):
        raise Missing("scope.missing", "名单里有人不在这个班次，请刷新后再点")
    if not marks:
        raise Invalid("lesson.marks", "名单是空的，没有可以点名的人")
    known = {
        one.seat_id: one
        for one in Presence.objects.visible_to(by).filter(lesson=lesson, seat__in=marks)
    }
    changed = 0
    for pk, mark in marks.items():
        one = known.get(pk) or Presence(lesson=lesson, seat=mine[pk], village=mine[pk].village)
        if one.mark != mark:
            one.mark, one.marked_by, one.marked_at = mark, by, now
            one.save()
            changed += 1
    absent = sum(mark == Presence.Mark.ABSENT for mark in marks.values())
    record(lesson, "support.mark-presence", by=by, at=now, village=lesson.cohort.region,
           label=f"点名 {len(marks)} 人，缺勤 {absent} 人",
           public={"changed": changed})  # fmt: skip
    return changed


@action("support.tell")
def hand_in(*, lesson_id: int, seat_id: int, text: str, by: Person, now: datetime) -> Presence:
    """Hand in a lesson's homework, once. Late work is taken too; the day says so."""
    seat: Seat = Seat.objects.claim(seat_id, by)
    lesson = Lesson.objects.visible_to(by).filter(pk=lesson_id, cohort=seat.cohort_id).first()
    if lesson is None or seat.stage != SeatStage.CHOSEN or lesson.group not in ("", seat.group):
        raise Missing("scope.missing", "没有找到这一课")
    if not lesson.homework:
        raise Blocked("lesson.homework", "这一课没有布置作业")
    one = Presence.objects.visible_to(by).filter(lesson=lesson, seat=seat).first()
    if one is not None and one.handed_in_on is not None:
        raise Blocked("homework.in", f"{one.handed_in_on} 已经交过，不能再改")
    one = one or Presence(lesson=lesson, seat=seat, village=seat.village)
    one.homework, one.handed_in_on = said(text, "作业内容", most=5_000), localdate(now)
    one.marked_by, one.marked_at = by, now
    one.save()
    record(seat, "support.hand-in", by=by, at=now, label=f"交作业：{lesson}")
    return one


@action("support.run")
def issue_circular(*, cohort_id: int, as_of: date, by: Person, now: datetime) -> Circular:
    """Tell everybody how the year's goals go: every value drawn as of a day and frozen.

    Raises Invalid without goals or for a day told before.
    """
    cohort: Cohort = Cohort.objects.claim(cohort_id, by)
    kept = Circular.objects.visible_to(by).of(cohort).filter(as_of=past(as_of, now, "截至日"))
    refuse_known(kept, f"截至 {as_of} 的通报已经发过")
    pupils = pupils_of(cohort, by, as_of)
    rows = circular_rows(pupils)
    if not rows:
        raise Invalid("circular.goals", "还没有给学员定年度目标，没有进度可以通报")
    letter = write(
        CIRCULAR,
        {"cohort": str(cohort), "as_of": as_of, "summary": summary_of(pupils), "rows": rows},
        on=cohort, village=full(cohort.region), addressee="各学员村",
        issuer=names_of([cohort.region]).get(cohort.region, cohort.region), by=by, now=now,
    )  # fmt: skip
    circular = Circular.objects.create(
        cohort=cohort, as_of=as_of, rows=rows, letter=letter.pk, issued_by=by, issued_at=now
    )
    record_many(traces([letter]), by=by, at=now)
    record(cohort, "support.issue-circular", by=by, at=now, village=cohort.region,
           label=f"通报年度目标进度（截至 {as_of}）",
           public={"subject": summary_of(pupils), "letter": key(letter)})  # fmt: skip
    return circular
