"""What other features may read of dispatch."""

from datetime import date

from django.db.models import Q

from sanzi.access.models import Person
from sanzi.access.scope import under
from sanzi.orgs.models import Region

from .freezing import Order
from .levels import BELOW, MAKERS
from .studies import Citation, Opinion


def orders_of(region: str, kind: str, on: date, *, below: bool) -> list[Order]:
    """A region's sheet, and with `below` those of the counties and towns in it; higher first."""
    wanted = Q(code=region) | (under("code", region) if below else Q(code=region))
    found = Region.objects.filter(wanted, level__in=MAKERS, valid_to=None)
    # Codes grow longer downward.
    places = sorted(found.values_list("code", "level"), key=lambda one: (len(one[0]), one[0]))
    return [Order(code, kind, BELOW[level], on) for code, level in places]


def cited_by(key: str, person: Person) -> list[Opinion]:
    """The opinions a matter cites."""
    mine = Citation.objects.visible_to(person).filter(on=key)
    return [one.opinion for one in mine.select_related("opinion").order_by("pk")]
