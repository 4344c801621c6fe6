"""P24: somebody uses what the collective owns, and no contract says so.

Asking for the return of land knows no limitation (民法典§196). Land a household holds under its own
contract is not occupied without one.
"""

from sanzi.contracts.terms import HOUSEHOLD, Terms
from sanzi.kernel.protections import DISPUTED, NO_FEE_IN_DISPUTE

from .rule import UNREAD, Evidence, Rule
from .scope import without_contract
from .statutes import civil_code, property_law


def check(terms: Terms) -> Evidence | None:
    if terms.site.use_status == HOUSEHOLD:
        return None
    who = terms.contractor or "使用人不明"
    where = terms.location or terms.object_number or "集体资产资源"
    area = f"{terms.contract_area_mu}亩" if terms.contract_area_mu else ""
    begun = f"，自{terms.runs_from}起" if terms.runs_from else ""
    is_disputed = terms.site.use_status == DISPUTED
    return Evidence(
        f"{who}占用{where}{area}{begun}，没有合同",
        remedy=f"先确权。{NO_FEE_IN_DISPUTE.sentence}" if is_disputed else None,
    )


RULE = Rule(
    code="P24",
    title="无合同占用",
    severity="严重",
    basis=(
        property_law("第三十四条"),
        civil_code("第一百九十六条"),
        civil_code("第二百三十五条", caveat=UNREAD),
    ),
    remedy="核实占用起止和面积：愿意承租的按程序补签合同并缴清使用费，不愿意的限期返还",
    applies=without_contract,
    check=check,
)
