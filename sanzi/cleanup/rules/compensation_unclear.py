"""P25: land taken for public works, and the contract does not say whose the compensation is.

Since 2019-01-01 a transfer contract is to say so (承包法§40 (7)); before, and for land let in other
ways, the Court's reading decides (承包纠纷解释§20).
"""

from sanzi.contracts.terms import Terms

from .rule import Evidence, Rule
from .scope import is_no_transfer, is_transfer, let_farmland
from .statutes import land_contract_law, land_disputes, land_disputes_2005

TAKEN = "征收征占"


def check(terms: Terms) -> Evidence | None:
    if terms.site.use_status != TAKEN or _says(terms):
        return None
    return Evidence(f"标的{terms.object_number}已被征收征占，合同没有约定补偿费的归属")


def _says(terms: Terms) -> bool:
    if (told := terms.answers.names_compensation) is not None:
        return told
    return "补偿" in (terms.special_clauses or "")


RULE = Rule(
    code="P25",
    title="征占补偿归属不清",
    severity="较重",
    basis=(
        land_contract_law("第四十条第七项", is_transfer),
        land_disputes_2005("第二十二条", is_no_transfer),
        land_disputes("第二十条", is_no_transfer),
    ),
    remedy="补充约定补偿费归属：地上附着物和青苗补偿归投入人，土地补偿费归集体依法分配",
    applies=let_farmland,
    check=check,
    needs=("site",),
)
