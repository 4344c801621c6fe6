"""Things by their journal keys: what they are called and where their pages are."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.apps import apps
from django.urls import reverse

from sanzi.access.models import Person

# The registers' rows by the journal's name of their table.
REGISTERS = {
    "contracts.contract": "contracts",
    "receivables.claim": "receivables",
    "debts.debt": "debts",
    "holdings.resource": "resources",
    "holdings.asset": "assets",
    "campaigns.task": "tasks",
}
_PAGES = {
    "dispatch.blocker": "dispatch:blocker",
    "dispatch.study": "dispatch:study",
    "cleanup.case": "cleanup:case",
}
_KNOWN = (*REGISTERS, *_PAGES, "receivables.reply")


class Thing(NamedTuple):
    """What a key stands for, as far as a person may see it."""

    key: str
    name: str
    url: str
    village: str = ""


def things(keys: Iterable[str], person: Person) -> dict[str, Thing]:
    """These things by key, those this person may see; one query for each kind."""
    wanted: dict[str, list[int]] = defaultdict(list)
    for key in keys:
        label, _, pk = key.partition(":")
        if label in _KNOWN and pk.isascii() and pk.isdecimal():
            wanted[label].append(int(pk[:18]))
    found = {}
    for label, pks in wanted.items():
        model = apps.get_model(label)
        rows = model._default_manager.visible_to(person).filter(pk__in=pks)
        if label == "receivables.reply":
            rows = rows.select_related("claim")
        for row in rows:
            key = f"{label}:{row.pk}"
            found[key] = Thing(key, _name(label, row), _url(label, row), row.village)
    return found


def _name(label: str, row: object) -> str:
    if label == "receivables.reply":
        return f"{row.claim} 回函"  # type: ignore[attr-defined]
    return str(row)


def _url(label: str, row: object) -> str:
    pk = row.pk  # type: ignore[attr-defined]
    if label in REGISTERS:
        return reverse("registers:row", args=[REGISTERS[label], pk])
    if label == "receivables.reply":
        return reverse("receivables:claim", args=[row.claim_id])  # type: ignore[attr-defined]
    return reverse(_PAGES[label], args=[pk])
