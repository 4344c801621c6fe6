"""Who could help, and what villages say they lack."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.access.scope import covers
from sanzi.journal.recorder import Trace, key, record, record_many
from sanzi.kernel.refusals import Blocked, Invalid, Missing
from sanzi.support.held import check_holder, stamp
from sanzi.support.models import Expert, Need
from sanzi.support.roster import RosterRow
from sanzi.support.skills import SKILLS
from sanzi.support.wording import refuse_known, said, sealed


@action("support.run")
def list_expert(
    *,
    region: str,
    name: str,
    unit: str,
    title: str,
    field: str,
    base: str,
    phone: str,
    skills: Mapping[str, int],
    load_max: int,
    conflicts: Mapping[str, str],
    by: Person,
    now: datetime,
) -> Expert:
    """Put an expert on a region's list. Raises Missing outside one's region, Invalid for a twin."""
    check_holder(region, by)
    known = _skills(skills)
    twins = Expert.objects.visible_to(by).filter(region=region, unit=unit, name=name)
    refuse_known(twins, f"{unit}的{name}已在名册里")
    expert = Expert.objects.create(
        region=region, name=said(name, "姓名"), unit=said(unit, "单位", most=80), title=title,
        field=field, base=base or region, phone=sealed(phone),
        skills=known, load_max=load_max, conflicts=dict(conflicts), **stamp(by, now),
    )  # fmt: skip
    record(expert, "support.list-expert", by=by, at=now, village=region,
           label=f"列入专家 {expert.name}", public={"skills": known})  # fmt: skip
    return expert


@action("support.run")
def list_experts(*, region: str, rows: Sequence[RosterRow], by: Person, now: datetime) -> int:
    """Put a pasted list of experts on a region's list; whoever is there already stays as they are.

    Returns how many are new. Raises Missing for a base outside the region.
    """
    check_holder(region, by)
    for row in rows:
        if row.base and not row.base.startswith(region):
            raise Missing("place.missing", f"{row.name}的所在地 {row.base} 不在本辖区内")
    known = set(Expert.objects.visible_to(by).filter(region=region).values_list("unit", "name"))
    fresh = {(row.unit, row.name): row for row in rows if (row.unit, row.name) not in known}
    made = Expert.objects.bulk_create([_listed(region, row, by, now) for row in fresh.values()])
    told = [
        Trace(key(one), "support.list-expert", region, f"列入专家 {one.name}",
              {"skills": one.skills})
        for one in made
    ]  # fmt: skip
    summary = Trace(f"support.roster:{region}", "support.list-experts", region,
                    f"粘贴名单，列入专家 {len(made)} 人",
                    {"n": len(made), "there": len(rows) - len(made)})  # fmt: skip
    record_many([*told, summary], by=by, at=now)
    return len(made)


def _listed(region: str, row: RosterRow, by: Person, now: datetime) -> Expert:
    return Expert(
        region=region, name=row.name, unit=row.unit, title=row.title, field=row.field,
        base=row.base or region, phone=sealed(row.phone),
        skills=row.skills, load_max=row.load_max, **stamp(by, now),
    )  # fmt: skip


def _skills(skills: Mapping[str, int]) -> dict[str, int]:
    found = {code: level for code, level in skills.items() if level and code in SKILLS}
    if not found:
        raise Invalid("expert.skills", "请至少选一项专长")
    return dict(sorted(found.items()))


@action("support.run")
def change_expert(
    *,
    expert_id: int,
    skills: Mapping[str, int],
    load_max: int,
    conflicts: Mapping[str, str],
    by: Person,
    now: datetime,
) -> Expert:
    """Say anew what an expert can do, how many villages at most, and where to stay away."""
    expert: Expert = Expert.objects.claim(expert_id, by)
    expert.skills, expert.load_max = _skills(skills), load_max
    expert.conflicts = dict(conflicts)
    expert.save(update_fields=["skills", "load_max", "conflicts"])
    record(expert, "support.change-expert", by=by, at=now, village=expert.region,
           label=f"修改专家 {expert.name} 的专长和名额",
           public={"skills": expert.skills, "load_max": load_max})  # fmt: skip
    return expert


@action("support.run")
def retire_expert(*, expert_id: int, reason: str, by: Person, now: datetime) -> Expert:
    """Take an expert off the list; what they help with now goes on until it is ended."""
    expert: Expert = Expert.objects.claim(expert_id, by)
    if expert.retired_at is not None:
        raise Blocked("expert.retired", "该专家已经退出名册")
    expert.retired_at = now
    expert.save(update_fields=["retired_at"])
    record(expert, "support.retire-expert", by=by, at=now, village=expert.region,
           label=f"专家 {expert.name} 退出名册",
           public={"reason": said(reason, "退出理由")})  # fmt: skip
    return expert


@action("support.tell")
def tell_need(
    *, village: str, skill: str, weight: int, note: str, by: Person, now: datetime
) -> Need:
    """Say that a village lacks a skill. Raises Missing outside one's region, Invalid for a twin."""
    if len(village) != 12 or not covers(by, village):
        raise Missing("place.missing", "没有找到这个村，或它不在您的辖区内")
    if skill not in SKILLS or weight not in (1, 2, 3):
        raise Invalid("need.skill", "请选择需求和程度")
    open_ones = Need.objects.visible_to(by).filter(village=village, skill=skill, closed_at=None)
    refuse_known(open_ones, f"本村已填报过“{SKILLS[skill][0]}”，不必再填")
    need = Need.objects.create(
        village=village, skill=skill, weight=weight, note=note.strip()[:200], told_by=by,
        told_at=now,
    )  # fmt: skip
    record(need, "support.tell-need", by=by, at=now, label=f"填报需求：{need}",
           public={"weight": weight})  # fmt: skip
    return need


@action("support.tell")
def close_need(*, need_id: int, reason: str, by: Person, now: datetime) -> Need:
    """A need is met, or was none."""
    need: Need = Need.objects.claim(need_id, by)
    if need.closed_at is not None:
        raise Blocked("need.closed", "该需求已经办结")
    need.closed_at = now
    need.save(update_fields=["closed_at"])
    record(need, "support.close-need", by=by, at=now, label=f"需求办结：{need}",
           public={"reason": said(reason, "办结情况")})  # fmt: skip
    return need
