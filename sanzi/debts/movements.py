"""The one way a debt changes: its movements, by the mover shared with claims."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sanzi.dispositions.moving import Mover

from .keeping import keep
from .models import Debt

KIND = "债务"


def _keep(debts: Sequence[Any], today: date) -> None:
    # A debt's figures know no today.
    keep(debts)


DEBTS = Mover(KIND, Debt, "repaid_amount", _keep)

move = DEBTS.move
move_all = DEBTS.move_all
reverse = DEBTS.reverse
balance_of = DEBTS.balance_of
open_items = DEBTS.open_items
