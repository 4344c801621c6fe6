"""Which reading feeds which rules. A reading asks a fixed number of questions for a whole region,
however many rows it has, and answers with plain values."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator

from sanzi.warnings.rules import RULES
from sanzi.warnings.rules.rule import Subject

from . import books, claims, contracts, funds, lights, openness
from .reach import Fed, Reach

Feed = Callable[[Reach], Iterator[Fed]]

FEEDS: tuple[tuple[Feed, tuple[str, ...]], ...] = (
    (funds.accounts, ("W-01", "W-02", "W-09", "W-12")),
    (funds.payments, ("W-04", "W-10")),
    (funds.bank_lines, ("W-09-2",)),
    (funds.lent, ("W-13",)),
    (funds.budgets, ("W-08",)),
    (funds.treats, ("W-14",)),
    (funds.negatives, ("W-19",)),
    (books.unclosed, ("W-15",)),
    (books.without_books, ("W-16",)),
    (books.reopened, ("W-17",)),
    (books.bare_vouchers, ("W-18",)),
    (books.cards, ("W-20",)),
    (books.liabilities, ("W-45",)),
    (books.undistributed, ("W-52",)),
    (contracts.terms, ("W-21", "W-23", "W-28", "W-29")),
    (contracts.areas, ("W-24",)),
    (contracts.findings, ("W-25", "W-30", "W-31", "W-32", "W-33", "W-38", "W-39")),
    (contracts.dues, ("W-35",)),
    (contracts.registered, ("W-36", "W-37", "W-40", "W-41")),
    (claims.claims, ("W-42", "W-43")),
    (claims.unbooked, ("W-44",)),
    (claims.new_debts, ("W-46",)),
    (claims.plans, ("W-47",)),
    (claims.interest, ("W-48",)),
    (openness.unpublished, ("W-53",)),
    (openness.unanswered, ("W-54",)),
    (openness.incomes, ("W-58", "W-59")),
    (openness.jumps, ("W-60",)),
    (openness.overdue, ("T-01",)),
    (lights.repeated, ("W-62",)),
)


def subjects(reach: Reach, wanted: Collection[str] | None = None) -> dict[str, list[Subject]]:
    """By rule, everything in a region it may be about; only the wanted rules are read for."""
    codes = {rule.code for rule in RULES} if wanted is None else set(wanted)
    found: dict[str, list[Subject]] = defaultdict(list)
    for feed, fed in FEEDS:
        if codes.isdisjoint(fed):
            continue
        for code, subject in feed(reach):
            if code in codes:
                found[code].append(subject)
    return found
