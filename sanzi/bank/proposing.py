"""The engine's proposals for one account, as a page shows them and a person confirms them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from sanzi.kernel.refusals import Invalid
from sanzi.web.frame import url_of

from .flows import Piece, key_of, unmatched
from .matching.engine import propose
from .models import BankAccount
from .pairing import Group

_END = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Offer:
    """A group to confirm."""

    banks: list[Piece]
    books: list[Piece]
    is_certain: bool
    why: str

    @property
    def value(self) -> str:
        """Its flows as a form carries them: b12,j34."""
        return ",".join(piece.key for piece in (*self.banks, *self.books))


@dataclass(slots=True)
class Offers:
    """What may be matched in an account, and what is left."""

    offers: list[Offer] = field(default_factory=list)
    # Flows that might be one of several lines.
    unclear: list[tuple[Piece, int]] = field(default_factory=list)
    banks_left: list[Piece] = field(default_factory=list)
    books_left: list[Piece] = field(default_factory=list)

    @property
    def certain(self) -> list[Offer]:
        """The offers nothing else competes with."""
        return [offer for offer in self.offers if offer.is_certain]


def offers_of(account: BankAccount) -> Offers:
    """Everything the engine proposes for what is unmatched now; 5 queries."""
    banks, books = unmatched(account, _END)
    by_key = {piece.key: piece for piece in (*banks, *books)}
    found = propose([piece.flow for piece in banks], [piece.flow for piece in books])
    offers, used = Offers(), set()
    for proposal in found.found:
        mine = [by_key[key_of(n, is_bank=True)] for n in proposal.bank]
        ours = [by_key[key_of(n, is_bank=False)] for n in proposal.book]
        offers.offers.append(Offer(mine, ours, proposal.is_certain, proposal.why))
        used |= {piece.key for piece in (*mine, *ours)}
    offers.offers.sort(key=lambda offer: (not offer.is_certain, _day(offer)))
    offers.unclear = [
        (by_key[key_of(n, is_bank=True)], len(lines)) for n, lines in found.choices.items()
    ]
    offers.unclear.sort(key=lambda pair: pair[0].dated)
    offers.banks_left = [piece for piece in banks if piece.key not in used]
    offers.books_left = [piece for piece in books if piece.key not in used]
    return offers


def _day(offer: Offer) -> date:
    return min(piece.dated for piece in (*offer.banks, *offer.books))


def groups_from(values: Iterable[str]) -> list[Group]:
    """The groups a form names. Raises Invalid for what no page of ours sends."""
    groups = []
    for value in values:
        keys = tuple(value.split(","))
        if not all(_is_key(key) for key in keys):
            raise Invalid("match.keys", "勾选的内容无法识别，请刷新页面后重选")
        groups.append(Group(keys))
    return groups


def _is_key(key: str) -> bool:
    number = key[1:]
    return key[:1] in ("b", "j", "o") and number.isascii() and number.isdigit() and len(number) < 19


def voucher_wish(account: BankAccount, piece: Piece) -> str:
    """Where a flow that is in no book can be written up, its money side filled in.

    Empty without that page: vouchers are written on a floor above this one.
    """
    address = url_of("agency:enter", pk=str(account.book_id))
    if not address:
        return ""
    wish = {
        "money": account.account.code,
        "amount": piece.amount,
        "memo": " ".join(filter(None, (piece.memo, piece.title))),
        "dated": piece.dated.isoformat(),
    }
    return f"{address}?{urlencode(wish)}"
