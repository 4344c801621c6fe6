"""P23: works let without tender, never settled, or never invoiced.

An uninvoiced advance to a builder stays on the books as a claim that is none (在建工程虚拟债权): it
is settled there, not collected. From which amount on works must be tendered is the county's rule.
"""

from collections.abc import Iterator
from decimal import Decimal

from sanzi.contracts.terms import Terms
from sanzi.kernel.money import grouped

from .rule import UNREAD, Evidence, Rule
from .scope import works
from .statutes import civil_code, contract_law, local_rule


def check(terms: Terms) -> Evidence | None:
    if reasons := list(_reasons(terms)):
        return Evidence("；".join(reasons))
    return None


def _reasons(terms: Terms) -> Iterator[str]:
    if _untendered(terms):
        yield f"工程价款{grouped(terms.total_amount or Decimal(0))}元，没有招标或公开交易记录"
    if terms.answers.has_final_account is False:
        yield "已完工，没有竣工结算"
    if terms.answers.is_invoiced is False:
        yield "已付款，没有取得发票，挂账形成虚拟债权"


def _untendered(terms: Terms) -> bool:
    answers, policy = terms.answers, terms.policy
    if terms.is_open_bid or terms.deal_number or answers.is_tendered:
        return False
    if answers.is_tendered is False:
        return (terms.total_amount or Decimal(0)) >= policy.tender_amount
    if terms.made_on is None or terms.made_on < policy.bidding_from:
        return False
    return (terms.total_amount or Decimal(0)) >= policy.tender_amount


RULE = Rule(
    code="P23",
    title="工程未招标、未结算、未开票",
    severity="较重",
    basis=(
        local_rule("农村集体工程招标限额"),
        contract_law("第二百七十九条", caveat=UNREAD),
        civil_code("第七百九十九条", caveat=UNREAD),
    ),
    remedy="补办竣工结算，取得发票后转入固定资产；历史无票的按会商意见处理，转账务调整",
    applies=works,
    check=check,
    needs=("total_amount", "answers"),
)
