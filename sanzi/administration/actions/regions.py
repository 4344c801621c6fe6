"""The tree of regions as it changes: new ones, new names, mergers. Nothing is ever removed."""

from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.access.passwords import spelt
from sanzi.access.scope import covers
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from sanzi.kernel.regions import level, parent, trim
from sanzi.orgs.models import Region, RegionName

_DAY = timedelta(days=1)


@action("regions.manage")
def add_region(
    *, code: str, name: str, valid_from: date | None, by: Person, now: datetime
) -> Region:
    """A region under one that exists."""
    trimmed, name = trim(code.strip()), _named(name)
    if not covers(by, trimmed) or trimmed == by.region_code:
        raise Forbidden("regions.elsewhere", "只能在自己的辖区内添加下级地区")
    above = Region.objects.filter(code=parent(trimmed), valid_to=None).first()
    if above is None:
        raise Missing("regions.parent", f"上级地区 {parent(trimmed)} 不存在或已撤并，请先添加上级")
    region, made = Region.objects.get_or_create(
        code=trimmed,
        defaults={
            "name": name,
            "level": level(trimmed),
            "parent": above,
            "valid_from": valid_from,
        },
    )
    if not made:
        raise Blocked("regions.taken", f"代码 {trimmed} 已用于{region.name}")
    _record(region, "regions.add", "添加地区", {"name": name}, by, now)
    return region


@action("regions.manage")
def rename_region(*, region_id: int, name: str, on: date, by: Person, now: datetime) -> Region:
    """A new name from a day on; the old one is kept, so old papers still find the place."""
    region, new = Region.objects.claim(region_id, by), _named(name)
    _below(region, by)
    _not_ahead(on, now)
    if new == region.name:
        raise Invalid("regions.same_name", "新名称与现名称相同")
    last = region.former_names.order_by("-until_on").first()
    if last is not None and last.until_on >= on:
        raise Invalid("regions.date", f"上一次更名在 {last.until_on} 之后，新名称的日期须更晚")
    RegionName.objects.create(region=region, name=region.name, until_on=on - _DAY)
    old, region.name = region.name, new
    region.save(update_fields=["name"])
    facts = {"from": old, "to": new, "on": on}
    _record(region, "regions.rename", "更名", facts, by, now)
    return region


@action("regions.manage")
def merge_region(*, region_id: int, into: str, on: date, by: Person, now: datetime) -> Region:
    """From a day on the region is part of another; its past rows and figures stay its own."""
    region = Region.objects.claim(region_id, by)
    _below(region, by)
    _not_ahead(on, now)
    successor = Region.objects.visible_to(by).filter(code=trim(into.strip()), valid_to=None).first()
    if successor is None:
        raise Missing("regions.successor", f"没有代码为“{into}”的现存地区，或不在您的辖区内")
    if reason := _reason_against(region, successor, on):
        raise Blocked("regions.merge", reason)
    region.valid_to, region.succeeded_by = on - _DAY, successor
    region.save(update_fields=["valid_to", "succeeded_by"])
    facts = {"into": successor.name, "into_code": successor.code, "on": on}
    _record(region, "regions.merge", "撤并", facts, by, now)
    return region


def _reason_against(region: Region, successor: Region, on: date) -> str | None:
    if region.valid_to is not None:
        return f"{region.name}已于 {region.valid_to} 撤并"
    if region.pk == successor.pk or region.level != successor.level:
        return "只能并入同一级的另一个地区"
    if region.valid_from is not None and on <= region.valid_from:
        return f"撤并日期须晚于{region.name}的启用日期 {region.valid_from}"
    if below := region.children.filter(valid_to=None).count():
        return f"{region.name}还有 {below} 个下级地区，请先逐个撤并"
    return None


def _named(name: str) -> str:
    name = spelt(name.strip())
    if not 1 <= len(name) <= 60:
        raise Invalid("regions.name", "名称应为 1 至 60 个字")
    return name


def _below(region: Region, by: Person) -> None:
    """One's own region is kept by whoever stands above, as its page says by offering no form."""
    if region.code == by.region_code:
        raise Forbidden("regions.own", "本级地区的更名和撤并由上级办理")


def _not_ahead(on: date, now: datetime) -> None:
    if on > localdate(now):
        raise Invalid("regions.date", "日期不能晚于今天，请在生效当日办理")


def _record(
    region: Region, name: str, label: str, facts: dict[str, object], by: Person, now: datetime
) -> None:
    public = {"code": region.code, **facts}
    record(region, name, by=by, at=now, village=region.code, label=label, public=public)
