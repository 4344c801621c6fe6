"""P18: the collective's property stands surety for others, or is lent out.

From 2025-05-01 officers may not do it and the guarantee is void (集体组织法§35, §58). Before that
day no statute on file forbids it as such: what is asked for is the members' decision.
"""

import re

from sanzi.contracts.terms import Terms

from .rule import Evidence, Rule
from .scope import agreements
from .statutes import COLLECTIVE_LAW, collective_law, village_law

_SURETY = re.compile(
    r"(村集体|集体|甲方|发包方|本村|合作社|村委会)[^，。；]{0,8}(担保|保证责任|抵押|质押)"
)
_DECIDED = frozenset({"成员大会", "成员代表大会", "村民会议", "村民代表会议"})
_VOID = "担保无效：书面通知相对人，停止履行，已付的追回，责任人依法处理"


def check(terms: Terms) -> Evidence | None:
    if not (said := _surety(terms) or _lent(terms)):
        return None
    made_on = terms.made_on
    if made_on is not None and made_on >= COLLECTIVE_LAW:
        return Evidence(f"{said}，签订于{made_on}", remedy=_VOID)
    # The committees alone never decide it, and no day at all proves nothing.
    if terms.procedure in _DECIDED:
        return None
    return Evidence(f"{said}，没有成员会议或代表会议决议", severity="较重")


def _surety(terms: Terms) -> str | None:
    if terms.answers.guarantees:
        return "核查发现以集体财产为他人债务提供担保"
    if found := _SURETY.search(terms.special_clauses or ""):
        return f"条款写有“{found.group()}”"
    return None


def _lent(terms: Terms) -> str | None:
    is_loan = terms.category == "借贷类" and terms.is_cadre_kin
    return "向村干部或近亲属出借集体资金" if is_loan else None


RULE = Rule(
    code="P18",
    title="违规担保、出借集体资金",
    severity="严重",
    basis=(
        village_law("第二十四条", until=COLLECTIVE_LAW),
        collective_law("第三十五条、第五十八条第二款"),
    ),
    remedy="协商解除担保、收回出借资金；涉嫌违纪违法的移交线索",
    applies=agreements,
    check=check,
    needs=("answers", "special_clauses", "is_cadre_kin"),
)
