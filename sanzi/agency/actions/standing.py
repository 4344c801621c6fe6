"""代办: who takes whose duty, from day to day, arranged by the chief accountant."""

from datetime import date, datetime

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.access.scope import covers
from sanzi.agency.duties import STOOD_IN, TITLES, Reach, apart_from, between
from sanzi.agency.hands import home_of
from sanzi.agency.matter import duties_held
from sanzi.agency.models import StandIn
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Blocked, Invalid, Missing

DAYS_MAX = 92
REASON_MAX = 200


@action("books.close")
def stand_in(
    *,
    duty: str,
    absent_id: int,
    person_id: int,
    from_on: date,
    to_on: date,
    reason: str,
    by: Person,
    now: datetime,
) -> StandIn:
    """Have `person` take one duty of `absent` from a day to a day, both included.

    Raises Invalid, Missing, and Blocked where the two duties may not meet in one person.
    """
    _check(duty, from_on, to_on, reason, localdate(now))
    people = {p.pk: p for p in Person.objects.visible_to(by).filter(is_active=True)}
    absent, person = people.get(absent_id), people.get(person_id)
    if absent is None or person is None:
        raise Missing("people.missing", "没有找到这个人，或不在您的辖区内")
    home = home_of(absent, duty)
    if home is None or not covers(by, home):
        raise Invalid("standing.absent", f"{absent.name}不承担{TITLES[duty]}，不需要安排代办")
    if absent == person:
        raise Invalid("standing.oneself", "代办人和被代办人不能是同一人")
    if not any(post.region.code == home for post in person.posts):
        raise Invalid("standing.elsewhere", f"{person.name}不在同一单位任职，请安排本单位的人代办")
    _refuse_incompatible(person, duty, home)
    same = StandIn.objects.visible_to(by).filter(
        duty=duty, absent=absent, from_on__lte=to_on, to_on__gte=from_on, ended_at=None
    )
    if other := same.select_related("person").first():
        raise Blocked("standing.twice", f"这几天已安排{other.person.name}代办，请先结束那项安排")
    made = StandIn.objects.create(
        village=home,
        duty=duty,
        absent=absent,
        person=person,
        from_on=from_on,
        to_on=to_on,
        reason=reason.strip(),
        arranged_by=by,
        arranged_at=now,
    )
    label = f"安排{person.name}代{absent.name}办理{TITLES[duty]}，{from_on} 至 {to_on}"
    record(made, "agency.stand_in", by=by, at=now, label=label, public={"reason": made.reason})
    return made


@action("books.close")
def end_stand_in(*, stand_in_id: int, by: Person, now: datetime) -> StandIn:
    """End a stand-in before its time; what was done under it stays done."""
    one: StandIn = StandIn.objects.claim(stand_in_id, by)
    if one.ended_at is not None:
        raise Blocked("standing.ended", "这项代办已经结束，请刷新查看")
    one.ended_at = now
    one.save(update_fields=["ended_at"])
    record(one, "agency.end_stand_in", by=by, at=now, label="结束代办")
    return one


def _check(duty: str, from_on: date, to_on: date, reason: str, today: date) -> None:
    if duty not in STOOD_IN:
        raise Invalid("standing.duty", "只有代理中心的职责可以代办；报账、民主理财换人的请调整岗位")
    if to_on < from_on:
        raise Invalid("standing.days", "结束日期不能早于开始日期")
    if from_on < today:
        raise Invalid("standing.past", "代办从今天或以后开始，不能补办以前的日期")
    if (to_on - from_on).days >= DAYS_MAX:
        raise Invalid("standing.long", f"一次代办最多 {DAYS_MAX} 天；时间更长的请调整岗位")
    if not reason.strip() or len(reason) > REASON_MAX:
        raise Invalid("standing.reason", f"请写明事由，最多 {REASON_MAX} 个字")


def _refuse_incompatible(person: Person, duty: str, home: str) -> None:
    """A stand-in never brings together what the law keeps apart (duties.py)."""
    for other in sorted(duties_held(person, home) & apart_from(duty, Reach.POSTS)):
        rule = between(duty, other)
        assert rule is not None, "apart_from names only pairs of the table"
        raise Blocked(
            "standing.incompatible",
            f"{person.name}承担{TITLES[other]}，不得代办{TITLES[duty]}（{rule.basis}）",
        )
