"""Villages and places to choose from, and keys of things in an address."""

from sanzi.access.models import Person
from sanzi.access.scope import under
from sanzi.orgs.models import Region

VILLAGES_MAX = 2_000


def villages_of(code: str) -> list[tuple[str, str]]:
    """The living villages of a region to choose from, with their towns; one query."""
    found = Region.objects.filter(under("code", code), level=Region.Level.VILLAGE, valid_to=None)
    return [
        (one.code, f"{one.parent.name if one.parent else ''}{one.name}")
        for one in found.select_related("parent").order_by("code")[:VILLAGES_MAX]
    ]


def places_of(code: str) -> list[tuple[str, str]]:
    """A region and the living counties and towns below it."""
    levels = (Region.Level.CITY, Region.Level.COUNTY, Region.Level.TOWN)
    found = Region.objects.filter(under("code", code), level__in=levels, valid_to=None)
    named = {one.code: one.name for one in found.order_by("code")}
    return [
        (one, f"{named.get(one[:6], '')}{name}" if len(one) == 9 else name)
        for one, name in named.items()
    ]


def own_region(person: Person) -> str:
    return person.region_code or ""
