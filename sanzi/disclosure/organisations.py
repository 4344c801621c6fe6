"""Whose sheet it is: an organisation of a village, within the reader's part of the tree."""

from sanzi.access.models import Person
from sanzi.access.scope import covers
from sanzi.kernel.refusals import Missing
from sanzi.orgs.models import Collective


def organisation_of(pk: int, person: Person, *, lock: bool = False) -> Collective:
    """The organisation with its region; `lock` for an action that writes its next version."""
    found = Collective.objects.select_related("region").filter(pk=pk)
    if lock:
        found = found.select_for_update(of=("self",))
    organisation = found.first()
    if organisation is None or not covers(person, organisation.region.code):
        raise Missing("scope.missing", "没有找到该组织，或它不在您的辖区内")
    if len(organisation.region.code) < 12:
        raise Missing("disclosure.level", "财务公开按村办理，请选择村级组织")
    return organisation


def village_of(organisation: Collective) -> str:
    """The 12-digit code of the village it belongs to."""
    return organisation.region.code[:12]
