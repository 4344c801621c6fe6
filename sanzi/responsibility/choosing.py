"""The people a form offers: whoever holds a post today in the region, with the post in words."""

from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate

from sanzi.access.models import Person, Post

from .queries import held_on

SHOWN = 2_000


def choices_of(person: Person, *, former: bool = False) -> list[tuple[int, str]]:
    """People in sight by key, each with a post; with `former` also those who left theirs."""
    posts: QuerySet[Any] = Post.objects.visible_to(person).filter(person__is_system=False)
    if not former:
        posts = held_on(posts, localdate())
    found: dict[int, str] = {}
    ordered = posts.select_related("person", "region").order_by("region__code", "-from_on", "pk")
    for post in ordered[:SHOWN]:
        left = "，已离任" if post.to_on and post.to_on < localdate() else ""
        found.setdefault(post.person_id, f"{post.person.name}（{post}{left}）")
    return list(found.items())
