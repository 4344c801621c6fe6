"""P20: land kept back for later (机动地) is more than a twentieth of the village's cropland.

Only what had been kept back before 2003-03-01 may stay, up to five in a hundred; nothing may be
added (承包法§67). The share is of the village, so every 机动地 contract of it shows the finding.
"""

from decimal import Decimal

from sanzi.contracts.terms import RESERVE, Terms

from .rule import Evidence, Rule
from .statutes import land_contract_law, land_contract_law_2002

SHARE_MAX = Decimal("0.05")


def check(terms: Terms) -> Evidence | None:
    share = terms.reserve_share
    if share is None or share <= SHARE_MAX:
        return None
    return Evidence(f"本村机动地占耕地{share:.2%}，超过{SHARE_MAX:.0%}")


def _is_reserve(terms: Terms) -> bool:
    return terms.legal_nature == RESERVE and terms.is_let


RULE = Rule(
    code="P20",
    title="机动地超过百分之五",
    severity="较重",
    basis=(land_contract_law_2002("第六十三条"), land_contract_law("第六十七条")),
    remedy="不得再增加机动地；超出部分到期后按承包方案分包给本集体农户，不再续签",
    applies=_is_reserve,
    check=check,
    needs=("reserve_share",),
)
