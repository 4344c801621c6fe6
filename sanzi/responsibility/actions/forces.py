"""专班: founded, joined, left."""

from datetime import date, datetime

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.access.scope import covers
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from sanzi.kernel.regions import full
from sanzi.orgs.models import Region
from sanzi.responsibility.models import ForceMember, TaskForce
from sanzi.responsibility.settling import sealed_phone

Role = ForceMember.Role


@action("responsibility.assign")
def found(*, kind: str, region: str, from_on: date, by: Person, now: datetime) -> TaskForce:
    """Found a town's task force of a kind, or a village's own; one of each at a time."""
    if len(by.region_code or "") > 9:
        raise Forbidden("force.town", "专班由乡镇成立")
    wanted = 12 if kind == TaskForce.Kind.VILLAGE else 9
    if not covers(by, region) or len(region) != wanted:
        raise Missing("scope.missing", "没有找到这个地方：三个专项专班设在乡镇，村工作专班设在村")
    list(Region.objects.select_for_update(no_key=True).filter(code=region))
    code = full(region)
    mine = TaskForce.objects.visible_to(by).filter(village=code, kind=kind, to_on=None)
    if mine.exists():
        raise Blocked("force.twice", "已经有这个专班，请直接增减成员")
    force = TaskForce.objects.create(
        village=code, kind=kind, from_on=from_on, made_by=by, made_at=now
    )
    record(force, "responsibility.force", by=by, at=now, label=f"成立{force}")
    return force


@action("responsibility.assign")
def join(
    *,
    force_id: int,
    role: str,
    from_on: date,
    key: str,
    name: str = "",
    person_id: int | None = None,
    title: str = "",
    station: str = "",
    duty: str = "",
    phone: str = "",
    by: Person,
    now: datetime,
) -> ForceMember:
    """Give somebody a seat. Who leads a village's is told by 包联, so nobody is named for that."""
    force: TaskForce = TaskForce.objects.claim(force_id, by)
    if force.to_on is not None:
        raise Blocked("force.ended", "这个专班已经撤销")
    if force.kind == TaskForce.Kind.VILLAGE and role in (Role.LEADER, Role.DEPUTY):
        raise Invalid("force.derived", "村专班的组长是包片领导、副组长是包村干部，随包联变动")
    if role == Role.STATION and not station.strip():
        raise Invalid("force.station", "配合单位要填写单位名称，如 法庭、派出所、自然资源所")
    person = Person.objects.visible_to(by).filter(pk=person_id).first() if person_id else None
    if person_id and person is None:
        raise Missing("people.missing", "没有找到这个人，或不在您的辖区内")
    called = person.name if person else name.strip()
    if not called:
        raise Invalid("force.name", "请从名册里选人，或填写姓名")
    if ForceMember.objects.visible_to(by).filter(key=key).exists():
        raise Blocked("force.seat", "这张表已经提交过，没有重复登记")
    seated = ForceMember.objects.visible_to(by).filter(force=force, to_on=None)
    if role == Role.LEADER and seated.filter(role=Role.LEADER).exists():
        raise Blocked("force.leader", "已有组长；请先登记原组长退出，再登记新组长")
    if seated.filter(role=role, station=station.strip(), name=called).exists():
        raise Blocked("force.seat", f"{called}已在这个专班里担任同一分工")
    member = ForceMember.objects.create(
        force=force, village=force.village, role=role, person=person, name=called,
        title=title.strip(), station=station.strip(), duty=duty.strip(),
        phone=sealed_phone(phone), from_on=from_on, key=key, made_by=by, made_at=now,
    )  # fmt: skip
    record(force, "responsibility.join", by=by, at=now,
           label=f"{member.get_role_display()} {member.station}{member.who}",
           public={"from": from_on})  # fmt: skip
    return member


@action("responsibility.assign")
def leave(*, member_id: int, on: date, reason: str, by: Person, now: datetime) -> ForceMember:
    """End a seat; the row stays with its days and its reason."""
    member: ForceMember = ForceMember.objects.claim(member_id, by)
    if member.to_on is not None:
        raise Blocked("force.left", f"{member.name}已于 {member.to_on} 退出，请刷新查看")
    if on < member.from_on:
        raise Invalid("force.day", f"退出日期不能早于 {member.from_on}")
    if not 2 <= len(reason.strip()) <= 100:
        raise Invalid("force.reason", "请写明原因，2 到 100 个字")
    member.to_on, member.ended_for = on, reason.strip()
    member.save(update_fields=["to_on", "ended_for"])
    record(member.force, "responsibility.leave", by=by, at=now, label=f"{member.name}退出",
           public={"reason": member.ended_for}, village=member.village)  # fmt: skip
    return member
