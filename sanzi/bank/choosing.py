"""What one flow might be, for a person to choose from; and what it was declared to be."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from .flows import Piece, piece_of_item, piece_of_line, pieces_of_lines, unmatched
from .models import BankLine, Match, MatchedRow

DAYS = 62
SHOWN = 40


@dataclass(frozen=True, slots=True)
class Candidates:
    """Lines of the journal first by amount, then by day; other flows of the same days."""

    books: list[Piece]
    banks: list[Piece]


def candidates_of(line: BankLine, words: str) -> Candidates:
    """What is unmatched within two months of a flow and holds these words; 5 queries."""
    banks, books = unmatched(line.bank_account, line.dated + timedelta(days=DAYS))
    mine = f"b{line.pk}"
    return Candidates(
        _nearest([p for p in books if _holds(p, words)], line.dated, line.amount),
        _nearest([p for p in banks if p.key != mine and _holds(p, words)], line.dated, None)[:20],
    )


def _holds(piece: Piece, words: str) -> bool:
    return not words or words in f"{piece.memo} {piece.title} {piece.amount} {piece.dated}"


def _nearest(pieces: list[Piece], day: date, amount: Decimal | None) -> list[Piece]:
    near = [p for p in pieces if abs((p.dated - day).days) <= DAYS]

    def rank(piece: Piece) -> tuple[bool, bool, int]:
        is_other_way = amount is not None and (piece.amount > 0) != (amount > 0)
        return piece.amount != amount, is_other_way, abs((piece.dated - day).days)

    return sorted(near, key=rank)[:SHOWN]


@dataclass(frozen=True, slots=True)
class Matched:
    """A match as its page tells it."""

    match: Match
    pieces: list[Piece]


def matched_with(line: BankLine) -> Matched | None:
    """The match a flow is in, with every row of it; 3 queries."""
    row = (
        MatchedRow.objects.filter(bank_line=line, is_current=True)
        .select_related("match__matched_by")
        .first()
    )
    if row is None:
        return None
    rows = list(row.match.rows.select_related("bank_line", "opening_item", "line__counterparty"))
    pieces = [piece_of_line(r.bank_line) for r in rows if r.bank_line]
    pieces += [piece_of_item(r.opening_item) for r in rows if r.opening_item]
    pieces += pieces_of_lines([r.line for r in rows if r.line])
    return Matched(row.match, pieces)
