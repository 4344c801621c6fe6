"""P19: land that households hold under their own contracts, let out by the village.

A protective rule: what is to be mended is the village's own act. Never is the household's land to
be taken back, whatever it owes (承包法§27, §57).
"""

from sanzi.contracts.terms import HOUSEHOLD, Terms
from sanzi.kernel.protections import NO_TAKING_BACK

from .rule import Evidence, Rule
from .scope import let_by_the_collective
from .statutes import land_contract_law, land_contract_law_2002


def check(terms: Terms) -> Evidence | None:
    # With the household's consent it is a transfer that the register calls by another name.
    if terms.answers.household_agreed:
        return None
    if terms.site.use_status == HOUSEHOLD:
        where = f"标的{terms.object_number}登记为农户家庭承包地"
    elif taken := [rival for rival in terms.rivals if rival.legal_nature == HOUSEHOLD]:
        numbers = "、".join(rival.number for rival in taken[:3])
        where = f"标的与农户家庭承包合同{numbers}为同一地块"
    else:
        return None
    return Evidence(f"{where}，村集体另行发包，没有农户书面同意流转的记录")


RULE = Rule(
    code="P19",
    title="违法收回或发包农户承包地",
    severity="严重",
    basis=(
        land_contract_law_2002("第二十六条、第五十四条"),
        land_contract_law("第二十七条、第五十七条"),
    ),
    remedy=f"停止侵害、返还土地；农户愿意流转的补签流转合同。{NO_TAKING_BACK.sentence}",
    applies=let_by_the_collective,
    check=check,
    needs=("site", "rivals"),
)
