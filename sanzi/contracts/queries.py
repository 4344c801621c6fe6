"""What other features may ask of a contract's life: its terms of a day, its end, its filings."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from .models import Amendment, Contract, Ending, Filing
from .wording import AMENDABLE, fold


def signed_terms(contract: Contract) -> dict[str, Any]:
    """The terms as first signed."""
    return {
        **{field: getattr(contract, field) for field in AMENDABLE},
        "signed_on": contract.signed_on,  # type: ignore[attr-defined]
    }


def terms_on(contract: Contract, on: date) -> dict[str, Any]:
    """The terms in force on a day: as signed, then every amendment effective by then.

    `date.max` asks for everything agreed, what begins later included.
    """
    mine = Amendment.objects.filter(contract=contract, effective_on__lte=on)
    # The order agreed in, not that of the days: the later word on a term stands.
    changes = mine.order_by("ordinal").values_list("changes", flat=True)
    return fold(signed_terms(contract), list(changes))


def ending_of(contract: Contract) -> Ending | None:
    """How and when the contract ended; None while it has not."""
    return Ending.objects.filter(contract=contract).first()


def filing_of(contract: Contract) -> Filing | None:
    """The town's filing of the contract itself."""
    return Filing.objects.filter(contract=contract, amendment=None).first()


def amendments_of(contract: Contract) -> list[Amendment]:
    """Every amendment in order, with who wrote it down and its filing."""
    mine = Amendment.objects.filter(contract=contract).select_related("recorded_by", "filing")
    return list(mine.order_by("ordinal"))


def is_live(terms: Mapping[str, Any], ending: Ending | None, on: date) -> bool:
    """Whether a contract of these terms runs on a day."""
    if ending is not None and ending.ended_on < on:
        return False
    return not terms.get("ends_on") or terms["ends_on"] >= on
