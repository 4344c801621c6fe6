"""P22: on no file. Only both blanks together are a finding: a town whose workbook lacks one of the
two columns has said nothing wrong. That money received was not booked is known from the check of
the account books alone, and is a clue for discipline, not a matter of filing."""

from datetime import date

from sanzi.contracts.terms import Terms

from .rule import UNREAD, Evidence, Law, Rule
from .scope import written_contracts
from .statutes import VILLAGE_LAW_REVISED, VILLAGE_LAW_UNREAD, local_rule, village_law

_UNBOOKED = "查清款项去向后补记入账；涉嫌侵占挪用的，作为线索移交纪检监察机关"


def check(terms: Terms) -> Evidence | None:
    if terms.answers.is_booked is False:
        return Evidence("查会计账簿：收取的款项没有入账", severity="严重", remedy=_UNBOOKED)
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
