"""P22: on no file. Only both blanks together are a finding: a town whose workbook lacks one of the
two columns has said nothing wrong. Whether money received was booked cannot be told from here."""

from datetime import date

from sanzi.contracts.terms import Terms

from .rule import UNREAD, Evidence, Law, Rule
from .scope import written_contracts
from .statutes import VILLAGE_LAW_REVISED, VILLAGE_LAW_UNREAD, local_rule, village_law


def check(terms: Terms) -> Evidence | None:
    if terms.filed_on is not None or terms.archive_number:
        return None
    return Evidence("没有备案日期，也没有档案号")


def _duty_on(terms: Terms) -> date:
    # The archive must hold the contracts made before the duty too.
    return max(terms.made_on or VILLAGE_LAW_REVISED, VILLAGE_LAW_REVISED)


RULE = Rule(
    code="P22",
    title="未备案、未归档",
    severity="一般",
    basis=(
        village_law("第三十四条"),
        Law("村民委员会组织法关于村务档案的规定", VILLAGE_LAW_UNREAD, caveat=UNREAD),
        local_rule("农村集体经济合同乡镇备案制度"),
    ),
    remedy="补办乡镇备案，收入村务档案并登记档案号",
    applies=written_contracts,
    check=check,
    judged_on=_duty_on,
)
