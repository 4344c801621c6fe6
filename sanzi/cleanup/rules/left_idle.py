"""P16: farmland left idle for two years on end.

The two years include their last day (民法典§1259: 以上 counts the number itself). For land that a
household has passed on the law lets the village act only when the household does not within a
reasonable time (承包法§42, §64); household land itself is never taken back for it.
"""

from datetime import date

from sanzi.contracts.terms import Terms
from sanzi.kernel.calendar import years_after

from .rule import Evidence, Rule
from .scope import is_no_transfer, is_transfer, let_farmland
from .statutes import LAND_CONTRACT_LAW_AMENDED, civil_code, contract_law, land_contract_law

YEARS = 2
_BY_HOUSEHOLD = "由承包农户在合理期限内解除流转合同；农户不解除的，村集体要求终止流转合同"


def check(terms: Terms) -> Evidence | None:
    if not (since := _two_years_on(terms)):
        return None
    return Evidence(
        f"自{terms.idle_since_on}起弃耕，至{since}连续满两年",
        since=since,
        remedy=_BY_HOUSEHOLD if is_transfer(terms) else None,
    )


def _two_years_on(terms: Terms) -> date | None:
    if terms.idle_since_on is None or terms.idle_since_on.year > date.max.year - YEARS:
        return None
    since = years_after(terms.idle_since_on, YEARS)
    # The right over land passed on came with the amended law.
    return max(since, LAND_CONTRACT_LAW_AMENDED) if is_transfer(terms) else since


RULE = Rule(
    code="P16",
    title="弃耕撂荒两年以上",
    severity="较重",
    basis=(
        land_contract_law("第四十二条第二项、第六十四条", is_transfer),
        contract_law("第九十四条", is_no_transfer),
        civil_code("第五百六十三条", is_no_transfer),
    ),
    remedy="书面催告恢复耕种；合理期限内不恢复的，按约定或依法解除，重新发包",
    applies=let_farmland,
    check=check,
    needs=("idle_since_on",),
    judged_on=_two_years_on,
)
