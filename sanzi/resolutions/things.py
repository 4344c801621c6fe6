"""What a resolution is about, found by its journal key: `cleanup.case:12`.

Resolutions stand below the features that ask for them, so the thing is looked up by its key, and
its page by the name of its address.
"""

import re
from typing import Any

from django.apps import apps
from django.urls import NoReverseMatch, reverse

from sanzi.access.models import Person
from sanzi.access.scope import Record
from sanzi.kernel.refusals import Missing

_KEY = re.compile(r"([a-z]+)\.([a-z]+):([0-9]{1,18})")
# The page of a thing of each kind; a kind without one is named only.
ADDRESSES: dict[str, str] = {
    "cleanup.case": "cleanup:case",
    "contracts.contract": "cleanup:contract",
    "receivables.claim": "receivables:claim",
    "receivables.package": "receivables:package",
    "debts.debt": "debts:debt",
    "policies.reliefpolicy": "policies:policy",
    "netting.consent": "netting:part",
    "borrowing.loan": "borrowing:loan",
}


def claim_thing(key: str, by: Person) -> Any:
    """Lock the thing of this key for the length of an action. Raises Missing."""
    model, pk = _parts(key)
    return model.objects.claim(pk, by)


def thing_of(key: str, person: Person) -> Any:
    """The thing of this key, if this person may know of it. Raises Missing."""
    model, pk = _parts(key)
    found = model.objects.visible_to(person).filter(pk=pk).first()
    if found is None:
        raise Missing("scope.missing", "没有找到该记录")
    return found


def address_of(key: str) -> str:
    """Where the thing is looked at; empty when it has no page of its own."""
    label, _, pk = key.partition(":")
    try:
        return reverse(ADDRESSES[label], args=(int(pk),)) if label in ADDRESSES else ""
    except NoReverseMatch:
        return ""


def _parts(key: str) -> tuple[Any, int]:
    found = _KEY.fullmatch(key)
    if found is None:
        raise Missing("scope.missing", "没有找到该记录")
    try:
        model: Any = apps.get_model(found[1], found[2])
    except LookupError:
        raise Missing("scope.missing", "没有找到该记录") from None
    if not issubclass(model, Record):
        raise Missing("scope.missing", "没有找到该记录")
    return model, int(found[3])
