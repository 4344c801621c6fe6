"""Which contracts a rule, or a provision it cites, is a question for.

`inspect` has already left household contracts out. Category, legal nature and form are all that
these may ask, so that the answer is worked out once for each kind of contract.
"""

from sanzi.contracts.terms import (
    LEASE,
    OTHER_CONTRACTING,
    RESERVE,
    TRANSFER,
    UNCONTRACTED,
    UNSIGNED,
    WRITTEN,
    Terms,
)

_ON_PAPER = frozenset({WRITTEN, "", None})


def written_contracts(terms: Terms) -> bool:
    """A spoken contract has no text to complete and no paper to file: that is P01's finding."""
    return terms.written in _ON_PAPER


def agreements(terms: Terms) -> bool:
    """Whatever two sides agreed to; who uses land without asking has agreed to nothing."""
    return terms.written != UNCONTRACTED


def without_contract(terms: Terms) -> bool:
    return terms.written == UNCONTRACTED


def let_property(terms: Terms) -> bool:
    """Collective property handed out for use; never works, purchases, loans or investments."""
    return terms.is_let and terms.written != UNCONTRACTED


def let_by_the_collective(terms: Terms) -> bool:
    """As `let_property`, without transfers of 土地经营权: households decide those (承包法§36)."""
    return let_property(terms) and terms.legal_nature != TRANSFER


def is_lease(terms: Terms) -> bool:
    return terms.legal_nature == LEASE


def is_no_lease(terms: Terms) -> bool:
    return terms.legal_nature != LEASE


def is_contracting(terms: Terms) -> bool:
    return terms.legal_nature in {OTHER_CONTRACTING, RESERVE}


def is_transfer(terms: Terms) -> bool:
    return terms.legal_nature == TRANSFER


def is_no_transfer(terms: Terms) -> bool:
    return terms.legal_nature != TRANSFER


def is_farmland(terms: Terms) -> bool:
    return terms.is_farmland


def let_farmland(terms: Terms) -> bool:
    return terms.is_farmland and let_property(terms)


def is_no_farmland(terms: Terms) -> bool:
    return not terms.is_farmland


def decided_and_made(terms: Terms) -> bool:
    """Whether there is a contract the village decided on and could have tendered."""
    return terms.written not in (UNSIGNED, UNCONTRACTED)


def works(terms: Terms) -> bool:
    return terms.category == "工程类" and terms.written != UNCONTRACTED
