"""A year's books as plain rows: what the tables of 财务公开 are drawn from. No framework."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from .catalogue import Item, Take, items
from .span import Span

ZERO = Decimal("0.00")
MONEY = ("101", "102")
# A page of the ledger: the leaf account and a dimension of it, 0 for none.
Page = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Fact:
    """A posted line with what its voucher says; dimensions by key."""

    key: int
    period: int
    dated: date
    voucher: str
    kind: str
    memo: str
    account: str
    debit: Decimal
    credit: Decimal
    debited: frozenset[str]
    credited: frozenset[str]
    counterparty: int | None = None
    project: int | None = None
    object: int | None = None
    handler: str = ""
    approver: str = ""

    @property
    def net(self) -> Decimal:
        """Debit positive."""
        return self.debit - self.credit

    @property
    def moves_money(self) -> bool:
        """Whether its voucher moves cash or bank."""
        return not {*MONEY}.isdisjoint(self.debited | self.credited)


@dataclass(frozen=True, slots=True)
class Movement:
    """A ledger page over the span, net, a debit balance being positive."""

    opening: Decimal
    debit: Decimal
    credit: Decimal

    @property
    def closing(self) -> Decimal:
        return self.opening + self.debit - self.credit

    @property
    def is_empty(self) -> bool:
        return not (self.opening or self.debit or self.credit)


@dataclass
class Ledger:
    """One book from the year's beginning to the end of a span."""

    scheme: str
    span: Span
    # Every line of the year so far in journal order, without the opening balances.
    facts: list[Fact]
    # What the year brought forward, by account and by (account, dimension).
    brought: Mapping[str, Decimal] = field(default_factory=dict)
    brought_by: Mapping[Page, Decimal] = field(default_factory=dict)
    accounts: Mapping[str, str] = field(default_factory=dict)
    dimensions: Mapping[int, str] = field(default_factory=dict)
    kinds: Mapping[int, str] = field(default_factory=dict)
    begun: Mapping[int, date] = field(default_factory=dict)

    def within(self) -> Iterator[Fact]:
        """The lines of the span itself."""
        return (fact for fact in self.facts if fact.period >= self.span.first)

    def by_account(self, tops: tuple[str, ...]) -> dict[str, Movement]:
        """The leaf accounts under these national ones."""
        brought = {code: amount for code, amount in self.brought.items() if code[:3] in tops}
        moved = self._moved(brought, tops, lambda fact: 0)
        return {code: movement for (code, _), movement in moved.items()}

    def by_dimension(self, tops: tuple[str, ...], kind: str) -> dict[Page, Movement]:
        """By (leaf account, dimension of this kind); dimension 0 is what names none."""
        brought = {code: amount for code, amount in self.brought.items() if code[:3] in tops}
        named = {
            (code, dimension): amount
            for (code, dimension), amount in self.brought_by.items()
            if code[:3] in tops and self.kinds.get(dimension) == kind
        }
        return self._moved(brought, tops, lambda fact: getattr(fact, kind) or 0, named)

    def _moved(
        self,
        brought: Mapping[str, Decimal],
        tops: tuple[str, ...],
        dimension: Callable[[Fact], int],
        named: Mapping[Page, Decimal] | None = None,
    ) -> dict[Page, Movement]:
        sides: dict[Page, list[Decimal]] = defaultdict(lambda: [ZERO, ZERO, ZERO])
        for code, amount in brought.items():
            sides[code, 0][0] += amount
        for (code, number), amount in (named or {}).items():
            sides[code, number][0] += amount
            sides[code, 0][0] -= amount
        for fact in self.facts:
            if fact.account[:3] in tops:
                page = sides[fact.account, dimension(fact)]
                if fact.period < self.span.first:
                    page[0] += fact.net
                else:
                    page[1] += fact.debit
                    page[2] += fact.credit
        found = {page: Movement(*sides[page]) for page in sorted(sides)}
        return {page: moved for page, moved in found.items() if not moved.is_empty}


def sorted_out(ledger: Ledger, direction: str) -> dict[str, list[tuple[Fact, Decimal]]]:
    """The lines of the span by the item they are published under, each under one at most.

    `direction` is "in", "out" or "shared". What is taken by words goes before the rest of an
    account. Closing entries of the year are no income and no expense.
    """
    wanted = [item for item in items() if item.drawn == direction]
    takes = [(item, take) for item in wanted for take in item.takes[ledger.scheme]]
    ranked: dict[str, list[tuple[Item, Take]]] = defaultdict(list)
    for item, take in sorted(takes, key=lambda pair: not pair[1].by_words):
        ranked[take.account[:3]].append((item, take))
    found: dict[str, list[tuple[Fact, Decimal]]] = {item.code: [] for item in wanted}
    for fact in ledger.within():
        if fact.kind == "closing" and direction != "shared":
            continue
        for item, take in ranked.get(fact.account[:3], ()):
            if _is_taken(ledger, item, take, fact):
                found[item.code].append((fact, _amount(direction, take, fact)))
                break
    return found


def _is_taken(ledger: Ledger, item: Item, take: Take, fact: Fact) -> bool:
    if not fact.account.startswith(take.account) or not _holds(take, fact):
        return False
    if not take.by_words:
        return True
    said = _words_of(ledger, fact)
    return any(word in said for word in item.words)


def _amount(direction: str, take: Take, fact: Fact) -> Decimal:
    """What of a line an item shows, in its own direction."""
    if take.side == "net":
        return -fact.net if direction == "in" else fact.net
    return fact.credit if take.side == "credit" else fact.debit


def _holds(take: Take, fact: Fact) -> bool:
    if take.side != "net" and not getattr(fact, take.side):
        return False
    if take.unless_credited and take.unless_credited in fact.credited:
        return False
    return fact.moves_money or not take.money_only


def _words_of(ledger: Ledger, fact: Fact) -> str:
    """What a line says of itself: its account, its summary, its project.

    A distribution with one credited account also says what it was credited to.
    """
    said = [ledger.accounts.get(fact.account, ""), fact.memo]
    said.append(ledger.dimensions.get(fact.project or 0, ""))
    if fact.account.startswith("322") and len(fact.credited) == 1:
        said.append(ledger.accounts.get(next(iter(fact.credited)), ""))
    return " ".join(said)
