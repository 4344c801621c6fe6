"""The demonstration's places and people. Only `sanzi demo` has them; none has a password."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.hashers import make_password

from sanzi.access.guard import action
from sanzi.access.models import Person, Post
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Forbidden
from sanzi.orgs.models import Region
from sanzi.orgs.tree import ensure


class DemoPost(NamedTuple):
    """Someone of the demonstration: their account, name, post and region (trimmed code)."""

    username: str
    name: str
    role: str
    region: str


@action("regions.manage")
def name_places(*, names: Mapping[str, str], by: Person, now: datetime) -> list[str]:
    """Make the regions of the demonstration with their names; those already there stay."""
    made = ensure(names)
    if made:
        record("orgs.region", "demo.places", by=by, at=now, public={"n": len(made)})
    return sorted(made)


@action("people.manage")
def welcome(*, posts: Sequence[DemoPost], from_on: date, by: Person, now: datetime) -> int:
    """Make the demonstration's people, each with one post; how many were new."""
    if not settings.DEMO:
        raise Forbidden("demo.only", "演示人员只在演示站点里有")
    regions = Region.objects.in_bulk([post.region for post in posts], field_name="code")
    fresh = 0
    for post in posts:
        person, made = Person.objects.get_or_create(
            username=post.username,
            defaults={"name": post.name, "password": make_password(None)},
        )
        if not made:
            continue
        fresh += 1
        Post.objects.create(
            person=person, role=post.role, region=regions[post.region], from_on=from_on
        )
        record(person, "demo.welcome", by=by, at=now, label="演示人员")
    return fresh
