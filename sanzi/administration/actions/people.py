"""People and the posts they hold: what the system administrator does."""

import re
from datetime import date, datetime

from django.contrib.auth.hashers import make_password
from django.db.models import Q
from django.utils.timezone import localdate

from sanzi.access.first_run import ensure_administrators
from sanzi.access.guard import action
from sanzi.access.models import Person, Post
from sanzi.access.passwords import random_password, spelt
from sanzi.access.roles import ADMINISTRATORS, ROLES
from sanzi.access.scope import covers
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from sanzi.kernel.regions import trim
from sanzi.orgs.models import Region

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")


@action("people.manage")
def appoint_first_administrators(*, by: Person, now: datetime) -> list[tuple[Person, str]]:
    """The three administrators of a new installation, with passwords to be shown once."""
    made = ensure_administrators(localdate(now))
    for person, _ in made:
        record(person, "people.appoint_first", by=by, at=now, label="首次运行：设立管理员")
    return made


@action("people.manage")
def add_person(
    *,
    username: str,
    name: str,
    role: str,
    region: str,
    from_on: date,
    by: Person,
    now: datetime,
) -> tuple[Person, str]:
    """Someone new, with a first post and a random password to be shown once and changed."""
    username, name = username.strip().lower(), spelt(name.strip())
    if not _USERNAME.fullmatch(username):
        raise Invalid("people.username", "账号用 2 至 40 位小写字母、数字、点、横线，不以符号开头")
    if not name:
        raise Invalid("people.name", "请填写姓名")
    password = random_password()
    person, made = Person.objects.get_or_create(
        username=username,
        defaults={
            "name": name,
            "password": make_password(password),
            "must_change_password": True,
        },
    )
    if not made:
        raise Blocked("people.taken", f"账号“{username}”已有人使用，请换一个")
    post = _appoint(person, role, region, from_on, None, by)
    facts = {"account": username, "name": name, **_facts(post)}
    record(
        person,
        "people.add",
        by=by,
        at=now,
        village=post.region.code,
        label="新增人员",
        public=facts,
    )
    return person, password


@action("people.manage")
def give_post(
    *,
    person_id: int,
    role: str,
    region: str,
    from_on: date,
    to_on: date | None,
    by: Person,
    now: datetime,
) -> Post:
    """Appoint a person to a post in a region, from a day, possibly to a day."""
    person = Person.objects.claim(person_id, by)
    post = _appoint(person, role, region, from_on, to_on, by)
    record(
        person,
        "people.give_post",
        by=by,
        at=now,
        village=post.region.code,
        label="任职",
        public=_facts(post),
    )
    return post


@action("people.manage")
def end_post(*, post_id: int, to_on: date, by: Person, now: datetime) -> Post:
    """Set the last day of a post; whoever acts from it is out of it the day after."""
    post = Post.objects.claim(post_id, by)
    person = Person.objects.claim(post.person_id, by)
    if to_on < post.from_on:
        raise Invalid("posts.dates", f"离任日期不能早于任职日期 {post.from_on}")
    if post.to_on is not None and post.to_on < localdate(now):
        raise Blocked(
            "posts.ended", f"{person.name}的这个岗位已于 {post.to_on} 离任，过去的任期不能改"
        )
    post.to_on = to_on
    post.save(update_fields=["to_on"])
    record(
        person,
        "people.end_post",
        by=by,
        at=now,
        village=post.region.code,
        label="离任",
        public=_facts(post),
    )
    return post


def _appoint(
    person: Person, role: str, code: str, from_on: date, to_on: date | None, by: Person
) -> Post:
    if role not in ROLES or role.startswith("system_") and role not in ADMINISTRATORS:
        raise Invalid("posts.role", "没有这种岗位")
    region = _region(code, by)
    if region.level not in ROLES[role].levels:
        raise Invalid("posts.level", f"{ROLES[role].title}不设在{region.get_level_display()}一级")
    if to_on is not None and to_on < from_on:
        raise Invalid("posts.dates", "离任日期不能早于任职日期")
    if reason := _reason_against(person, role, region, from_on, to_on):
        raise Blocked("posts.conflict", reason)
    return Post.objects.create(
        person=person, role=role, region=region, from_on=from_on, to_on=to_on
    )


def _region(code: str, by: Person) -> Region:
    trimmed = trim(code.strip())
    if not covers(by, trimmed):
        raise Forbidden("posts.region", "只能在自己的辖区内任免岗位")
    region = Region.objects.filter(code=trimmed, valid_to=None).first()
    if region is None:
        raise Missing("posts.region", f"没有区划代码为“{code}”的现存地区，请先在“区划”中添加")
    return region


def _reason_against(
    person: Person, role: str, region: Region, from_on: date, to_on: date | None
) -> str | None:
    """Why this post cannot stand beside the person's others in the same days; None if it can.

    Administrators are kept apart: from each other, and from all business.
    """
    others = person.all_posts.filter(Q(to_on=None) | Q(to_on__gte=from_on)).select_related("region")
    if to_on is not None:
        others = others.filter(from_on__lte=to_on)
    for other in others:
        if other.role == role and other.region_id == region.pk:
            return f"{person.name}在这段时间已任{other}"
        if other.role != role and {other.role, role} & set(ADMINISTRATORS):
            return f"{person.name}在这段时间任{other}；三种管理员和业务岗位不能由一人兼任"
    return None


def _facts(post: Post) -> dict[str, object]:
    until = {"to_on": post.to_on} if post.to_on else {}
    return {"post": str(post), "role": post.role, "from_on": post.from_on, **until}
