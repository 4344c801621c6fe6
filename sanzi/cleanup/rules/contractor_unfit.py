"""P13: the other side is gone, was never looked into, or sits on the village's own side.

Nothing forbids letting to a cadre or their kin; without a public bid or a decision of the members
nobody can tell that it was fair. Heirs may go on with land let by tender, auction or talks
(承包法§54).
"""

from datetime import date

from sanzi.contracts.terms import OTHER_CONTRACTING, Terms

from .rule import Evidence, Rule
from .scope import agreements
from .statutes import (
    LAND_CONTRACT_LAW,
    civil_code,
    contract_law,
    land_contract_law,
    land_contract_law_2002,
    local_rule,
)

_GONE = {"死亡": "承包方已死亡", "注销": "承包方已注销", "失联": "承包方失去联系"}
_DECIDED = frozenset({"成员大会", "成员代表大会", "村民会议", "村民代表会议"})
_HEIRS = "继承人愿意的，核实继承后变更承包方、继续承包；无继承人或放弃的，收回重新发包"


def check(terms: Terms) -> Evidence | None:
    if gone := _GONE.get(terms.contractor_status or ""):
        may_inherit = terms.contractor_status == "死亡" and terms.legal_nature == OTHER_CONTRACTING
        return Evidence(gone, remedy=_HEIRS if may_inherit else None)
    if _unreviewed(terms):
        return Evidence("发包给本集体以外的单位或个人，签订前没有审查资信情况和经营能力")
    if terms.is_cadre_kin and not terms.is_open_bid and terms.procedure not in _DECIDED:
        return Evidence(
            "承包方为村干部或近亲属，既未公开竞价，也没有成员会议或代表会议决议", severity="一般"
        )
    return None


def _unreviewed(terms: Terms) -> bool:
    """Known only where somebody asked for the review; a register has no column for it."""
    is_asked = terms.answers.is_reviewed is False and terms.is_member is False
    return is_asked and terms.is_farmland and _since_the_law(terms.made_on)


def _since_the_law(made_on: date | None) -> bool:
    return made_on is None or made_on >= LAND_CONTRACT_LAW


def _is_outsider(terms: Terms) -> bool:
    return terms.is_member is False and terms.is_farmland


def _is_gone(terms: Terms) -> bool:
    return terms.contractor_status in _GONE


def _may_inherit(terms: Terms) -> bool:
    return terms.contractor_status == "死亡" and terms.legal_nature == OTHER_CONTRACTING


RULE = Rule(
    code="P13",
    title="承包主体问题",
    severity="较重",
    basis=(
        land_contract_law_2002("第五十条", _may_inherit),
        land_contract_law("第五十四条", _may_inherit),
        land_contract_law_2002("第四十八条", _is_outsider),
        land_contract_law("第五十二条第二款", _is_outsider),
        contract_law("第九十四条", _is_gone),
        civil_code("第五百六十三条", _is_gone),
        local_rule("村干部及近亲属承包集体资产资源的回避与公示要求"),
    ),
    remedy="变更承包方、补办审查或公示；不能继续履行的，协商或依法解除后重新发包",
    applies=agreements,
    check=check,
    needs=("contractor_status", "is_cadre_kin", "answers"),
)
