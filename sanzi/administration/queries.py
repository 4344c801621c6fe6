"""What the administration pages read."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.timezone import get_current_timezone, localdate

from sanzi.access.models import Person, Post
from sanzi.journal.models import Entry
from sanzi.journal.recorder import key

# Enough to choose from; the demonstration city alone has hundreds of posts.
_OFFERED_MAX = 30


def with_posts(people: QuerySet[Person]) -> QuerySet[Person]:
    """People with all their posts and regions; two further queries for any number of people."""
    posts = Post.objects.select_related("region").order_by("-from_on", "pk")
    return people.prefetch_related(Prefetch("all_posts", posts))


def found_people(people: QuerySet[Person], code: str, asked: Mapping[str, Any]) -> QuerySet[Person]:
    """The people of a region by words, role and state."""
    posts = Post.objects.filter(region__code__startswith=code)
    if asked.get("role"):
        posts = posts.filter(role=asked["role"]).held_on(localdate())
    if code or asked.get("role"):
        people = people.filter(pk__in=posts.values("person"))
    if words := asked.get("q"):
        people = people.filter(Q(name__icontains=words) | Q(username__icontains=words))
    if state := asked.get("state"):
        people = people.filter(is_active=state == "active")
    return people.order_by("name", "pk")


def history_of(person: Person) -> list[Entry]:
    """What was done with a person's posts and account, newest first; not what the person did."""
    entries = Entry.objects.filter(object=key(person))
    done = Q(action__startswith="people.") | Q(action__startswith="accounts.")
    own = ("accounts.sign_in", "accounts.sign_out", "accounts.wrong_password")
    return list(entries.filter(done).exclude(action__in=own).order_by("-seq")[:100])


def found_entries(entries: QuerySet[Entry], asked: Mapping[str, Any]) -> QuerySet[Entry]:
    """Entries by words, actor and days, newest first."""
    if words := asked.get("q"):
        mentioned = Q(public__icontains=words) | Q(action__icontains=words)
        entries = entries.filter(mentioned | Q(object__icontains=words))
    if who := asked.get("actor"):
        entries = entries.filter(Q(actor=who) | Q(actor_name__icontains=who))
    if since := asked.get("since"):
        entries = entries.filter(at__gte=_midnight(since))
    if until := asked.get("until"):
        entries = entries.filter(at__lt=_midnight(until + timedelta(days=1)))
    if before := asked.get("before"):
        entries = entries.filter(seq__lt=before)
    return entries.order_by("-seq")


def _midnight(day: Any) -> datetime:
    return datetime.combine(day, time.min, tzinfo=get_current_timezone())


def demo_posts() -> list[Post]:
    """One post of each kind in each city, for the demonstration's sign-in page.

    Of the agency's chiefs two: who reviewed a voucher had better not post it.
    """
    held = Post.objects.held_on(localdate()).filter(person__is_active=True, person__is_system=False)
    found: list[Post] = []
    offered: Counter[tuple[str, str]] = Counter()
    for post in held.select_related("person", "region").order_by("region__code", "pk"):
        kind = (post.region.code[:4], post.role)
        offered[kind] += 1
        if offered[kind] <= (2 if post.role == "agency_chief" else 1):
            found.append(post)
    return found[:_OFFERED_MAX]
