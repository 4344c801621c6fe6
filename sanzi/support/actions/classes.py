"""A cohort's year: founded, filled by recommendation and decision, begun, ended."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.access.scope import covers
from sanzi.journal.recorder import Trace, key, record, record_many
from sanzi.kernel.refusals import Blocked, Invalid, Missing
from sanzi.support.held import check_holder, stamp
from sanzi.support.measures import MEASURES, values_of
from sanzi.support.models import GROUPS, Cohort, Seat
from sanzi.support.schooling import cohort_stands, facts_of
from sanzi.support.stages import CohortStage, SeatStage
from sanzi.support.wording import refuse_known, said
from sanzi.support.workflow import COHORT


@action("support.run")
def found_cohort(
    *,
    region: str,
    title: str,
    year: int,
    seats_max: int,
    starts_on: date,
    ends_on: date,
    criteria: str,
    measures: Sequence[str],
    by: Person,
    now: datetime,
) -> Cohort:
    """Found a year's class over a region. Raises Missing outside one's region, Invalid."""
    check_holder(region, by)
    twins = Cohort.objects.visible_to(by).filter(region=region, year=year, title=title)
    refuse_known(twins, f"{year} 年已有“{title}”")
    if ends_on <= starts_on:
        raise Invalid("cohort.days", "结业日要晚于开班日")
    cohort = Cohort.objects.create(
        region=region, title=said(title, "名称", most=80), year=year, seats_max=seats_max,
        starts_on=starts_on, ends_on=ends_on, criteria=criteria.strip(),
        measures=[id for id in measures if id in MEASURES], **stamp(by, now),
    )  # fmt: skip
    record(cohort, "support.found-cohort", by=by, at=now, village=region,
           label=f"建立 {cohort}", public={"seats": seats_max})  # fmt: skip
    return cohort


@action("support.tell")
def recommend(
    *,
    cohort_id: int,
    village: str,
    name: str,
    duty: str,
    statement: str,
    by: Person,
    now: datetime,
) -> Seat:
    """Recommend a village's secretary, or apply for oneself. Raises Blocked once it has begun."""
    cohort = Cohort.objects.visible_to(by).filter(pk=cohort_id).first()
    if cohort is None or len(village) != 12 or not village.startswith(cohort.region):
        raise Missing("scope.missing", "没有找到该研修班，或这个村不在它的范围内")
    if not covers(by, village):
        raise Missing("place.missing", "没有找到这个村，或它不在您的辖区内")
    if cohort.stage != CohortStage.CHOOSING:
        raise Blocked("cohort.moved", f"研修班{cohort.get_stage_display()}，不再接受推荐")
    twins = Seat.objects.visible_to(by).of(cohort).filter(village=village)
    refuse_known(twins, "这个村已经推荐过人选")
    seat = Seat.objects.create(
        cohort=cohort, village=village, name=said(name, "姓名", most=40),
        duty=duty.strip() or "村党组织书记", statement=said(statement, "推荐理由", most=500),
        recommended_by=by, recommended_at=now,
    )  # fmt: skip
    record(seat, "support.recommend", by=by, at=now, label=f"推荐 {seat.name} 参加 {cohort}")
    return seat


@action("support.confirm")
def decide_seats(
    *,
    cohort_id: int,
    chosen: Mapping[int, str],
    passed_over: Sequence[int],
    reason: str,
    by: Person,
    now: datetime,
) -> int:
    """Choose recommended secretaries into class A or B, pass over others; all or none.

    The villages' figures of the day are kept with each decision. Raises Blocked for a
    recommendation of one's own or more than the seats there are.
    """
    cohort: Cohort = Cohort.objects.claim(cohort_id, by)
    if cohort.stage != CohortStage.CHOOSING:
        raise Blocked("cohort.moved", f"研修班{cohort.get_stage_display()}，选拔已经结束")
    wanted = [*chosen, *passed_over]
    waiting = Seat.objects.visible_to(by).of(cohort).filter(stage=SeatStage.RECOMMENDED)
    seats = {seat.pk: seat for seat in waiting.filter(pk__in=wanted)}
    _check(cohort, seats, wanted, chosen, by)
    words = said(reason, "选拔意见")
    values = values_of(cohort.measures, [seat.village for seat in seats.values()], localdate(now))
    for seat in seats.values():
        seat.group = chosen.get(seat.pk, "")
        seat.stage = SeatStage.CHOSEN if seat.group else SeatStage.PASSED_OVER
        seat.facts = dict(facts_of(cohort, seat.village, values))
        seat.decided_by, seat.decided_at, seat.decided_for = by, now, words
        seat.save()
    told = [
        Trace(key(seat), "support.decide-seat", seat.village,
              f"{seat.get_stage_display()}{f'，{seat.group} 班' if seat.group else ''}",
              {"reason": words, "facts": seat.facts})
        for seat in seats.values()
    ]  # fmt: skip
    summary = Trace(key(cohort), "support.decide-seats", cohort.region,
                    f"选定 {len(chosen)} 人，未入选 {len(passed_over)} 人",
                    {"reason": words})  # fmt: skip
    record_many([*told, summary], by=by, at=now)
    return len(seats)


def _check(
    cohort: Cohort,
    seats: Mapping[int, Seat],
    wanted: Sequence[int],
    chosen: Mapping[int, str],
    by: Person,
) -> None:
    if not wanted:
        raise Invalid("seats.none", "请至少选定一人，或注明一人不入选")
    if len(seats) != len(wanted) or set(chosen.values()) - set(GROUPS):
        raise Blocked("seats.moved", "名单已有变化，请刷新后再选")
    own = [seat.name for seat in seats.values() if seat.recommended_by_id == by.pk]
    if own:
        raise Blocked("seats.own", f"{'、'.join(own[:5])}是您自己推荐的，要由另一人选定")
    there = Seat.objects.visible_to(by).of(cohort).filter(stage=SeatStage.CHOSEN).count()
    if there + len(chosen) > cohort.seats_max:
        left = cohort.seats_max - there
        raise Blocked("seats.full", f"名额 {cohort.seats_max} 人，只余 {left} 个")


@action("support.run")
def leave(*, seat_id: int, reason: str, by: Person, now: datetime) -> Seat:
    """A participant leaves before the end; attendance so far stays. Only whose class it is says so.

    Raises Missing, Blocked.
    """
    seat: Seat = Seat.objects.claim(seat_id, by)
    check_holder(seat.cohort.region, by)
    if seat.stage != SeatStage.CHOSEN:
        raise Blocked("seat.moved", f"{seat.name}{seat.get_stage_display()}，不能再退出")
    seat.stage = SeatStage.LEFT
    seat.save(update_fields=["stage"])
    record(seat, "support.leave", by=by, at=now, label=f"{seat.name} 中途退出",
           public={"reason": said(reason, "退出理由")})  # fmt: skip
    return seat


@action("support.run")
def take_cohort_step(*, cohort_id: int, step: str, by: Person, now: datetime) -> Cohort:
    """Begin or end a cohort's year."""
    cohort: Cohort = Cohort.objects.claim(cohort_id, by)
    taken = COHORT.admit(step, cohort_stands(cohort, by), by)
    cohort.stage = taken.target
    cohort.save(update_fields=["stage"])
    record(cohort, f"support.{taken.name}-cohort", by=by, at=now, village=cohort.region,
           label=f"{taken.label}：{cohort}")  # fmt: skip
    return cohort
