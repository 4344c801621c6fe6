"""Which contracts a rule, or a provision it cites, is a question for.

`inspect` has already left household contracts out.
"""

from sanzi.contracts.terms import LEASE, OTHER_CONTRACTING, RESERVE, TRANSFER, Terms


def every_contract(terms: Terms) -> bool:
    return True


def written_contracts(terms: Terms) -> bool:
    """A spoken contract has no text to complete and no paper to file: that is P01's finding."""
    return terms.written != "口头"


def let_property(terms: Terms) -> bool:
    """Collective property handed out for use; never works, purchases, loans or investments."""
    return terms.is_let


def let_by_the_collective(terms: Terms) -> bool:
    """As `let_property`, without transfers of 土地经营权: households decide those (承包法§36)."""
    return terms.is_let and terms.legal_nature != TRANSFER


def is_lease(terms: Terms) -> bool:
    return terms.legal_nature == LEASE


def is_no_lease(terms: Terms) -> bool:
    return terms.legal_nature != LEASE


def is_contracting(terms: Terms) -> bool:
    return terms.legal_nature in {OTHER_CONTRACTING, RESERVE}


def is_transfer(terms: Terms) -> bool:
    return terms.legal_nature == TRANSFER


def is_farmland(terms: Terms) -> bool:
    return terms.is_farmland
