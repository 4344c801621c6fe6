"""Which bank flow is which line of the journal: proposals for a person to confirm. No framework.

Amounts are fen, signed from our side: a receipt is a debit of 银行存款. A pair must agree to the
fen and lie within WINDOW days; who and what for decide between several. The work grows with the
number of flows, not with its square: flows meet only in the bucket of their amount.
"""

from collections.abc import Sequence

from .flow import Flow, Proposals
from .groups import cancelled, one_to_many, red_letters
from .pairs import pairs


def propose(bank: Sequence[Flow], book: Sequence[Flow]) -> Proposals:
    """Pair what is there; every flow comes in at most one proposal."""
    proposals = Proposals()
    free_bank = {flow.key: flow for flow in bank if flow.amount}
    free_book = {flow.key: flow for flow in book if flow.amount}
    red_letters(free_book, proposals)
    pairs(free_bank, free_book, proposals)
    one_to_many(free_bank, free_book, proposals)
    cancelled(free_book, proposals, is_bank=False)
    cancelled(free_bank, proposals, is_bank=True)
    for key in [key for key in proposals.choices if key not in free_bank]:
        del proposals.choices[key]
    return proposals
