"""What a party has to do with the villages of one person's region."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet, Sum

from sanzi.access.models import Person
from sanzi.kernel.money import ZERO, from_fen
from sanzi.metrics.rows import sums_of
from sanzi.orgs.tree import names_of

from .models import Party

# The page lists this many rows of each register; its sums are of all.
LISTED_MAX = 100
# The rows that name a party, reached as what points at it, and the field of the name.
_NAMING = (("contracts", "contractor"), ("claims", "debtor"), ("debts", "creditor"))


class Called(NamedTuple):
    """How a party is named and what kind it is."""

    name: str
    kind: str


def called(parties: Iterable[Party], person: Person) -> dict[int, Called]:
    """How the rows this person may see name each party; three queries.

    The party itself carries the name of whichever village came first, perhaps one this person has
    no business with. A party without a number is known in one village only, by that name.
    """
    known = list(parties)
    found = {party.pk: Called(party.name, party.kind) for party in known if party.home}
    ids = [party.pk for party in known if not party.home]
    for points, name in _NAMING:
        rows = _naming(points, person).filter(party__in=ids)
        words = rows.order_by(f"-{name}_kind", name).distinct()
        for pk, *one in words.values_list("party", name, f"{name}_kind") if ids else ():
            found.setdefault(pk, Called(*one))
    return found


def named_like(words: str, person: Person) -> Q:
    """Parties whose name holds these words in a row this person may see."""
    found = Q(name__icontains=words) & ~Q(home="")
    for points, name in _NAMING:
        rows = _naming(points, person).filter(**{f"{name}__icontains": words})
        found |= Q(pk__in=rows.order_by().values("party"))
    return found


def _naming(points: str, person: Person) -> QuerySet[Any]:
    rows: Any = Party._meta.get_field(points).related_model
    found: QuerySet[Any] = rows.objects.visible_to(person)
    return found


@dataclass(frozen=True)
class Dealing:
    """One row a party takes part in: its village's name, what came off its locked base (yuan)."""

    row: Any
    village: str
    moved: Decimal


@dataclass(frozen=True)
class Dealings:
    """A party's rows in one register: the first of them, how many there are, what they come to."""

    listed: Sequence[Dealing]
    count: int
    total: Decimal

    @property
    def hidden(self) -> int:
        return self.count - len(self.listed)


@dataclass(frozen=True)
class _Part:
    """What a party takes part in: a register's rows, their amount, the figure that moves them."""

    register: str
    rows: QuerySet[Any]
    amount: str
    metric: str = ""


def dealings(party: Any, person: Person, today: date) -> dict[str, Dealings]:
    """By register: contracts, claims on the party, debts to it, as this person may see them.

    The registers stand on floors above; they are reached as what points at the party.
    """
    parts = (
        _Part("contracts", party.contracts.visible_to(person), "total_amount"),
        _Part("receivables", party.claims.visible_to(person), "balance", "receivables.recovered"),
        _Part("debts", party.debts.visible_to(person), "balance", "debts.resolved"),
    )
    listed = {p.register: list(p.rows.order_by("village", "number")[:LISTED_MAX]) for p in parts}
    names = names_of({row.village for rows in listed.values() for row in rows})
    return {part.register: _dealings(part, listed[part.register], names, today) for part in parts}


def _dealings(part: _Part, rows: Sequence[Any], names: Mapping[str, str], today: date) -> Dealings:
    ids = [row.pk for row in rows]
    moved = sums_of(part.register, ids, today, [part.metric]) if part.metric and ids else {}
    found = [
        Dealing(
            row,
            names.get(row.village, row.village),
            from_fen(moved.get(row.pk, {}).get(part.metric, 0)),
        )
        for row in rows
    ]
    if len(rows) < LISTED_MAX:
        amounts = (getattr(row, part.amount) for row in rows)
        return Dealings(found, len(rows), sum((a for a in amounts if a is not None), ZERO))
    whole = part.rows.order_by().aggregate(count=Count("pk"), total=Sum(part.amount))
    return Dealings(found, whole["count"], whole["total"] or ZERO)


def answer(party: Party, found: Mapping[str, Dealings]) -> str:
    """What the party and the villages have to do with each other, in one sentence."""
    contracts, claims, debts = found["contracts"], found["receivables"], found["debts"]
    said = []
    if contracts.count:
        said.append(f"签有合同 {contracts.count} 份")
    if claims.count:
        said.append(f"欠村集体 {claims.count} 笔，账面 {claims.total:,.2f} 元")
    if debts.count:
        said.append(f"村集体欠其 {debts.count} 笔，账面 {debts.total:,.2f} 元")
    return f"在您的辖区内：{'；'.join(said) or '没有往来'}"
