"""Which places a term is to come to, and which it has."""

from django.db.models import QuerySet

from sanzi.access.models import Person
from sanzi.kernel.regions import trim
from sanzi.orgs.models import Region

from .coverage import Coverage, cover
from .models import Inspected, InspectionTerm


def places_of(term: InspectionTerm, person: Person) -> list[Region]:
    """The living towns and villages of a term's county within a person's sight, by code."""
    levels = (Region.Level.TOWN, Region.Level.VILLAGE)
    mine: QuerySet[Region] = Region.objects.visible_to(person)
    living = mine.filter(code__startswith=term.region, level__in=levels, valid_to=None)
    return list(living.order_by("code"))


def visited_in(term: InspectionTerm, person: Person) -> set[str]:
    """The trimmed codes of the places a term's rounds came to, within a person's sight."""
    rows = Inspected.objects.visible_to(person).filter(round__term=term)
    return {trim(code) for code in rows.values_list("village", flat=True)}


def coverage_of(term: InspectionTerm, person: Person) -> Coverage:
    """How far a term has come within a person's sight; two queries."""
    return cover([one.code for one in places_of(term, person)], visited_in(term, person))
