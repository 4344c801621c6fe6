"""Every paper of clearing claims (clean-up.md 2.8), as settings.LETTER_FORMS finds them.

The wording is this project's own; an office puts its own template in its place (文书模板).
"""

from .letters import DEMANDS, RECONCILIATION
from .mediation import CONFIRMATION, MEDIATION
from .plan import INSTALMENTS
from .receipt import RECEIPT
from .set_off import SET_OFF

FORMS = (
    RECONCILIATION, *DEMANDS.values(), RECEIPT, INSTALMENTS, SET_OFF, MEDIATION, CONFIRMATION,
)  # fmt: skip
