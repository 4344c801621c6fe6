"""In what ways a claim was lowered, as people call them: repaid, written off, set off."""

from decimal import Decimal
from typing import Any

from sanzi.dispositions.models import NOTICE, Disposition

from .figures import KINDS, SEALED, UNCLASSIFIED
from .plans import CLEARED, REPAID

WRITTEN_OFF, WAIVED, SET_OFF, ADJUSTED = "已核销", "已减免", "已抵顶", "已调账"
_WORDS: dict[str, str] = {
    "receivables.cash": REPAID,
    "receivables.mediated": REPAID,
    "receivables.litigated": REPAID,
    UNCLASSIFIED: REPAID,
    "receivables.written_off": WRITTEN_OFF,
    "receivables.set_off": SET_OFF,
    "receivables.adjusted": ADJUSTED,
}


def word_of(method: str) -> str:
    """How a movement by this method is called once it has cleared something."""
    if method in ("减免", "减息"):
        return WAIVED
    return _WORDS.get(KINDS.get(method, UNCLASSIFIED), CLEARED)


def cleared_on(claim: Any) -> list[tuple[str, Decimal]]:
    """The movements that lowered a claim, in order; one query. What was taken back is left out."""
    acts = Disposition.objects.on("债权", claim.village, claim.number)
    standing = acts.filter(reverses=None, reversed_by=None, amount__gt=0)
    told = standing.exclude(method=NOTICE).values_list("method", "amount")
    return [(word_of(m), amount) for m, amount in told if KINDS.get(m) != SEALED]
