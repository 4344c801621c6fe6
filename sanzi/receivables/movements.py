"""The one way a claim changes: its movements, by the mover shared with debts."""

from sanzi.dispositions.moving import Mover

from .keeping import keep
from .models import Claim

KIND = "债权"
CLAIMS = Mover(KIND, Claim, "received_amount", keep, can_be_sealed=True)

move = CLAIMS.move
move_all = CLAIMS.move_all
reverse = CLAIMS.reverse
balance_of = CLAIMS.balance_of
open_items = CLAIMS.open_items
check_day = CLAIMS.check_day
