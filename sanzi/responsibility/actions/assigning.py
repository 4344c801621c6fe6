"""Arranging who answers: areas, one assignment, a pasted table, an end, a look at a telephone."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.access.scope import covers
from sanzi.journal.recorder import record, record_many
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from sanzi.kernel.regions import full
from sanzi.orgs.models import Region
from sanzi.responsibility.models import Area, AreaVillage, Assignment, Level
from sanzi.responsibility.pasted import wanted_of
from sanzi.responsibility.pasting import Line
from sanzi.responsibility.settling import Wanted, sealed_phone, settle

REASON_MIN, REASON_MAX = 2, 100


def _reason(text: str) -> str:
    text = text.strip()
    if not REASON_MIN <= len(text) <= REASON_MAX:
        raise Invalid("assignment.reason", f"请写明理由，{REASON_MIN} 到 {REASON_MAX} 个字")
    return text


def _is_the_town_s(by: Person) -> None:
    if len(by.region_code or "") > 9:
        raise Forbidden("assignment.level", "划片、包片和包村由乡镇安排；村里安排包组和包户")


@action("responsibility.assign")
def draw_area(
    *, town: str, name: str, villages: Sequence[str], from_on: date, by: Person, now: datetime
) -> Area:
    """Draw an area of a town, or give it other villages from a day on; they leave their former one.

    Raises Missing for a town or village elsewhere, Invalid for a day before what is written.
    """
    _is_the_town_s(by)
    name = name.strip()
    if not covers(by, town) or len(town) != 9:
        raise Missing("scope.missing", "没有找到这个乡镇，或不在您的辖区内")
    if not name or any(len(code) != 12 or not code.startswith(town) for code in villages):
        raise Invalid("area.villages", "请填写片区名称，并从本乡镇的村里选")
    list(Region.objects.select_for_update().filter(code=town))
    known = Area.objects.visible_to(by).within(town).filter(name=name, to_on=None).first()
    area = known or Area.objects.create(
        village=full(town), name=name, from_on=from_on, made_by=by, made_at=now
    )
    lying = AreaVillage.objects.visible_to(by).within(town).filter(to_on=None)
    stay = set()
    for row in lying.select_related("area"):
        if row.area_id == area.pk and row.village in villages:
            stay.add(row.village)
        elif row.area_id == area.pk or row.village in villages:
            if row.from_on >= from_on:
                raise Invalid("area.day", f"起始日期要晚于上次划片的 {row.from_on}")
            row.to_on = from_on - timedelta(days=1)
            row.save(update_fields=["to_on"])
    for code in sorted(set(villages) - stay):
        AreaVillage.objects.create(area=area, village=code, from_on=from_on)
    record(area, "responsibility.area", by=by, at=now, label=f"划定{name}",
           public={"subject": f"{len(villages)} 个村", "villages": sorted(villages),
                   "from": from_on})  # fmt: skip
    return area


@action("responsibility.assign")
def assign(
    *,
    level: str,
    name: str,
    from_on: date,
    key: str,
    village: str = "",
    area_id: int | None = None,
    group: str = "",
    household: str = "",
    title: str = "",
    phone: str = "",
    person_id: int | None = None,
    by: Person,
    now: datetime,
) -> Assignment:
    """Name who answers for one scope from a day on; whoever did so until then is relieved."""
    if level in (Level.AREA, Level.VILLAGE):
        _is_the_town_s(by)
    area = None
    if level == Level.AREA:
        area = Area.objects.claim(area_id or 0, by)
        village = area.village
    elif not covers(by, village) or len(village) != 12:
        raise Missing("scope.missing", "没有找到该村，或不在您的辖区内")
    if level == Level.GROUP and not group.strip():
        raise Invalid("assignment.group", "包组的要填写哪个组")
    if level == Level.HOUSEHOLD and not household.strip():
        raise Invalid("assignment.household", "包户的要填写户主")
    person = Person.objects.visible_to(by).filter(pk=person_id).first() if person_id else None
    if person_id and person is None:
        raise Missing("people.missing", "没有找到这个人，或不在您的辖区内")
    called = person.name if person else name.strip()
    if not called:
        raise Invalid("assignment.name", "请从名册里选人，或填写姓名")
    below: dict[str, Any] = {
        "group": group.strip() if level in (Level.GROUP, Level.HOUSEHOLD) else "",
        "household": household.strip() if level == Level.HOUSEHOLD else "",
    }
    wanted = Wanted(
        level=level, village=village, area=area, name=called, from_on=from_on, key=key,
        title=title.strip(), phone=sealed_phone(phone), person=person, **below,
    )  # fmt: skip
    (made,), traces = settle([wanted], by, now)
    record_many(traces, by=by, at=now)
    return made


@action("responsibility.assign")
def assign_many(
    *, lines: Sequence[Line], from_on: date, key: str, by: Person, now: datetime
) -> list[Assignment]:
    """Make a pasted table's assignments, all or none. Raises Invalid naming every faulty cell."""
    if any(line.level in (Level.AREA, Level.VILLAGE) for line in lines):
        _is_the_town_s(by)
    if not lines:
        raise Invalid("assignment.empty", "没有可登记的行，请先从表格里复制、粘贴")
    made, traces = settle(wanted_of(lines, from_on, key, by), by, now)
    record_many(traces, by=by, at=now)
    return made


@action("responsibility.assign")
def end(*, assignment_id: int, on: date, reason: str, by: Person, now: datetime) -> Assignment:
    """End an assignment on a day without a successor; the gap is shown from then on."""
    row: Assignment = Assignment.objects.claim(assignment_id, by)
    if row.is_town_s:
        _is_the_town_s(by)
    if row.to_on is not None:
        raise Blocked("assignment.ended", f"这一条已于 {row.to_on} 终止，请刷新查看")
    if on < row.from_on:
        raise Invalid("assignment.day", f"终止日期不能早于起始日期 {row.from_on}")
    row.to_on, row.ended_for = on, _reason(reason)
    row.save(update_fields=["to_on", "ended_for"])
    record(row, "responsibility.end", by=by, at=now, label=f"至 {on} 止",
           public={"reason": row.ended_for})  # fmt: skip
    return row


@action("sealed.reveal")
def reveal_phone(*, assignment_id: int, reason: str, by: Person, now: datetime) -> str:
    """The clear telephone of one assignment; the look and its reason go on record."""
    row: Assignment = Assignment.objects.claim(assignment_id, by)
    if row.phone is None:
        raise Blocked("reveal.empty", "这一条没有登记电话")
    clear: str = row.phone.reveal()
    record(row, "sealed.reveal", by=by, at=now, label="查看原文",
           public={"subject": "电话", "reason": _reason(reason)})  # fmt: skip
    return clear
