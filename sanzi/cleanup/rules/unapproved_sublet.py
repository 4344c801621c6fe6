"""P14: let on without consent. Since the Civil Code six months of silence after knowing is consent
(民法典§718), so the evidence names the day by which the village must object."""

from datetime import date

from sanzi.contracts.terms import Terms
from sanzi.kernel.calendar import months_after

from .rule import Evidence, Rule
from .scope import is_lease, is_transfer, let_property
from .statutes import CIVIL_CODE, civil_code, contract_law, land_contract_law

MONTHS_TO_OBJECT = 6


def check(terms: Terms) -> Evidence | None:
    if terms.sublet != "未经同意":
        return None
    known_on = terms.sublet_known_on
    if known_on is None:
        return Evidence("未经书面同意转包转租，知悉日期未登记")
    known = f"未经书面同意转包转租，{known_on}知悉"
    if known_on < CIVIL_CODE:
        return Evidence(known)
    last_day = months_after(known_on, MONTHS_TO_OBJECT)
    return Evidence(f"{known}，至{last_day}未提出异议的视为同意")


def _known_on(terms: Terms) -> date | None:
    return terms.sublet_known_on or terms.made_on


RULE = Rule(
    code="P14",
    title="擅自转包转租",
    severity="严重",
    basis=(
        contract_law("第二百二十四条", is_lease),
        civil_code("第七百一十六条、第七百一十八条"),
        land_contract_law("第四十六条", is_transfer),
    ),
    remedy="六个月内书面提出异议；同意的补办书面同意并登记，不同意的解除合同",
    applies=let_property,
    check=check,
    needs=("sublet",),
    judged_on=_known_on,
)
