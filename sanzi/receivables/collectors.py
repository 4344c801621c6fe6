"""Collectors (专人清收): who may collect where, what each has in hand, and what came of it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from sanzi.access.models import Person, Post
from sanzi.access.roles import ROLES
from sanzi.access.scope import reaching
from sanzi.dispositions.models import Disposition
from sanzi.kernel.money import ZERO
from sanzi.store.fields import MoneyField

from .entrusting import Entrustment
from .figures import KINDS
from .seven import WORK

# The kinds of post whose holders collect.
COLLECTING = frozenset(code for code, role in ROLES.items() if WORK in role.may)
CASH = tuple(method for method, id in KINDS.items() if id == "receivables.cash")
SHOWN = 1_000
_FAR = date(9999, 12, 31)
# What is open: still theirs, and something left of it.
IN_HAND = Q(until=None, claim__left__gt=0)


def posts_that_collect(code: str, day: date) -> Any:
    """The posts whose holders may collect in a region, or in one that lies over it."""
    held = Post.objects.held_on(day).filter(
        reaching("region__code", code),
        role__in=COLLECTING,
        person__is_system=False,
        person__is_active=True,
    )
    return held.select_related("person", "region").order_by("-region__code", "pk")


def choices_of(code: str, day: date) -> list[tuple[int, str]]:
    """Who can be given claims of a region, each with the post."""
    found: dict[int, str] = {}
    for post in posts_that_collect(code, day)[:SHOWN]:
        found.setdefault(post.person_id, f"{post.person.name}（{post}）")
    return list(found.items())


def out_of_reach(person: Person, villages: Sequence[str], day: date) -> list[str]:
    """Of these villages, those in which the person holds no post that collects."""
    posts = Post.objects.held_on(day).filter(person=person, role__in=COLLECTING)
    codes = list(posts.values_list("region__code", flat=True))
    return [v for v in sorted(set(villages)) if not any(v.startswith(code) for code in codes)]


def who_collects(pk: int, villages: Sequence[str], day: date) -> Person | None:
    """The person, if active and holding posts that collect in all these villages."""
    found = Person.objects.filter(pk=pk, is_system=False, is_active=True).first()
    return None if found is None or out_of_reach(found, villages, day) else found


def in_hands_of(claims: Any, person: Person) -> Any:
    """Of these claims, those this person has in hand."""
    mine = Entrustment.objects.visible_to(person).filter(collector=person, until=None)
    return claims.filter(pk__in=mine.values("claim"))


def in_nobodys_hands(claims: Any) -> Any:
    """Of these claims, those nobody has been given."""
    given = Entrustment.objects.filter(claim=OuterRef("pk"), until=None)
    return claims.filter(~Exists(given))


def with_effect(rows: Any, first: date, last: date) -> Any:
    """These entrustments with `collected`, the cash that came in the period (both days included)
    while the claim was in these hands, and `outstanding`, what is still in hand; both in yuan."""
    money = MoneyField()
    acts = Disposition.objects.filter(
        kind="债权",
        village=OuterRef("village"),
        target_number=OuterRef("claim__number"),
        method__in=CASH,
        dated__range=(first, last),
    ).filter(
        dated__gte=OuterRef("from_on"),
        dated__lt=Coalesce(OuterRef("until"), Value(_FAR), output_field=DateField()),
    )
    sums = acts.order_by().values("target_number").annotate(came=Sum("amount")).values("came")
    nothing = Value(ZERO, money)
    return rows.annotate(
        collected=Coalesce(Subquery(sums), nothing, output_field=money),
        outstanding=Case(When(IN_HAND, then=F("claim__left")), default=nothing, output_field=money),
    )


@dataclass(frozen=True)
class Effect:
    """What one collector has in hand now, and what came in the period; yuan and days."""

    collector: int
    name: str
    many: int
    outstanding: Decimal
    collected: Decimal
    days: int | None

    @property
    def rate(self) -> Decimal | None:
        """Collected as a part of it and what is still in hand; None when there is neither."""
        whole = self.collected + self.outstanding
        return self.collected / whole if whole > 0 else None


def effects(rows: QuerySet[Any], first: date, last: date, today: date) -> list[Effect]:
    """One line for each collector of these entrustments, most collected first; two queries."""
    money = MoneyField()
    found = with_effect(rows, first, last).order_by().values("collector", "collector__name")
    told = found.annotate(
        many=Count("pk", filter=IN_HAND),
        left=Sum("outstanding", output_field=money),
        came=Sum("collected", output_field=money),
    )
    days = _days(rows, today)
    lines = [
        Effect(one["collector"], one["collector__name"], one["many"], one["left"] or ZERO,
               one["came"] or ZERO, days.get(one["collector"]))
        for one in told
        if one["many"] or one["came"]
    ]  # fmt: skip
    return sorted(lines, key=lambda line: (-line.collected, -line.outstanding, line.name))


def _days(rows: QuerySet[Any], today: date) -> dict[int, int]:
    """For each collector how long, on average, what is in hand has been there."""
    held: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    open_ones = rows.filter(IN_HAND).order_by().values("collector", "from_on")
    for one in open_ones.annotate(many=Count("pk")):
        sums = held[one["collector"]]
        sums[0] += (today - one["from_on"]).days * one["many"]
        sums[1] += one["many"]
    return {pk: total // many for pk, (total, many) in held.items()}


def total_of(lines: Sequence[Effect]) -> Effect:
    """The line below: sums, and the days weighted by what each has in hand."""
    many = sum(line.many for line in lines)
    days = sum((line.days or 0) * line.many for line in lines)
    return Effect(
        0, "合计", many, sum((x.outstanding for x in lines), ZERO),
        sum((x.collected for x in lines), ZERO), days // many if many else None,
    )  # fmt: skip
