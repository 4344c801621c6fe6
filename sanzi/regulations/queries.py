"""Which version is in force, and what a screen follows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, Subquery
from django.utils.timezone import localdate

from sanzi.access.models import Person
from sanzi.kernel.regions import ancestors

from .models import Application, RegulationVersion


def in_force(versions: Iterable[RegulationVersion], day: date) -> RegulationVersion | None:
    """Of one regulation's versions the one in force on a day: the latest that had begun.

    If that one's own term has run out, none is: an earlier text does not come back to life.
    """
    begun = [one for one in versions if one.released_at and one.from_on <= day]
    latest = max(begun, key=lambda one: one.from_on, default=None)
    return latest if latest and latest.holds_on(day) else None


@dataclass(frozen=True)
class Basis:
    """What a screen follows: an article of a regulation in force."""

    version: RegulationVersion
    article: str


def bases_of(screen: str, person: Person, on: date | None = None) -> list[Basis]:
    """The articles a screen follows for this person's region and those above; one query."""
    code, day = person.region_code, on or localdate()
    if code is None:
        return []
    latest = RegulationVersion.objects.filter(
        regulation=OuterRef("regulation"), released_at__isnull=False, from_on__lte=day
    ).order_by("-from_on")
    rows = (
        Application.objects.filter(screen=screen, from_on__lte=day)
        .filter(Q(to_on=None) | Q(to_on__gte=day))
        .filter(regulation__region__in=[*ancestors(code), code])
        .annotate(version=Subquery(latest.values("pk")[:1]))
        .values_list("article", "version")
    )
    articles = [(article, pk) for article, pk in rows if pk]
    if not articles:
        return []
    found = RegulationVersion.objects.select_related("regulation").in_bulk(
        {pk for _, pk in articles}
    )
    bases = [Basis(found[pk], article) for article, pk in articles if found[pk].holds_on(day)]
    return sorted(bases, key=lambda one: (one.version.regulation.ordinal, one.article))
