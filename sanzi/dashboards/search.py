"""Words looked for across everything in a person's part of the tree: as the registers look."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse

from sanzi.access.models import Person
from sanzi.orgs.models import Region
from sanzi.orgs.tree import names_of
from sanzi.parties.models import Party
from sanzi.parties.queries import Called, called, named_like
from sanzi.store.sealed import keyed_hash
from sanzi.web.register_query import narrow, read, sealed_number
from sanzi.workbooks.registers import REGISTERS, row_url

from . import links
from .queries import CALLED

LIMIT = 20
SEARCHED = ("contracts", "receivables", "debts")


class Hit(NamedTuple):
    number: str
    label: str
    where: str
    url: str


@dataclass(frozen=True)
class Hits:
    """What one register has; `more_url` leads to all of it, where the register can show it."""

    title: str
    found: list[Hit]
    is_cut: bool
    more_url: str | None


def search(person: Person, words: str) -> list[Hits]:
    """Everything found, by register, at most LIMIT of each; nine queries."""
    found = {slug: _rows(person, slug, words) for slug in SEARCHED}
    names = names_of({row["village"] for rows in found.values() for row in rows})
    return [
        *(_in_register(slug, rows, names, words) for slug, rows in found.items()),
        _parties(person, words),
        _places(person, words),
    ]


def _rows(person: Person, slug: str, words: str) -> list[dict[str, Any]]:
    """The rows the register itself would show for these words."""
    register, asked_for = REGISTERS[slug], QueryDict(mutable=True)
    asked_for["q"] = words
    rows = narrow(read(register, asked_for), register.rows(person), person.region_code or "")
    return list(rows.order_by(*register.sort).values("pk", "village", *CALLED[slug])[: LIMIT + 1])


def _in_register(slug: str, rows: list[dict[str, Any]], names: dict[str, str], words: str) -> Hits:
    number, name = CALLED[slug]
    hits = [
        Hit(row[number], row[name], names.get(row["village"], ""), row_url(slug, row["pk"]))
        for row in rows
    ]
    return _cut(REGISTERS[slug].title, hits, links.register(slug, q=words))


def _parties(person: Person, words: str) -> Hits:
    matches = named_like(words, person)
    if number := sealed_number(words):
        matches |= Q(identity_hash=keyed_hash(number))
    found = list(Party.objects.visible_to(person).filter(matches).order_by("pk")[: LIMIT + 1])
    names = called(found, person)
    hits = [
        Hit(party.identity_mask, one.name, one.kind, reverse("parties:party", args=[party.pk]))
        for party in found
        for one in [names.get(party.pk, Called("", ""))]
    ]
    return _cut("往来对象", hits, None)


def _places(person: Person, words: str) -> Hits:
    spelt = Q(name__icontains=words) | Q(former_names__name__icontains=words)
    if words.isascii() and words.isdigit():
        spelt |= Q(code__startswith=words)
    mine = Region.objects.filter(code__startswith=person.region_code or "", level="village")
    found = mine.filter(spelt).select_related("parent").distinct().order_by("code")
    figures = reverse("dashboards:figures")
    hits = [
        Hit(
            one.full_code,
            one.name,
            one.parent.name if one.parent else "",
            f"{figures}?region={one.code}",
        )
        for one in found[: LIMIT + 1]
    ]
    return _cut("村", hits, None)


def _cut(title: str, hits: list[Hit], more_url: str | None) -> Hits:
    return Hits(title, hits[:LIMIT], len(hits) > LIMIT, more_url)
