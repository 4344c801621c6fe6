"""P07: let without being offered in public, above the size a county sets.

No national statute names the size, so day, amount and area are the county's (a default is only an
example). A contract unfiled or unregistered is not void for that (民法典§706). Blank columns are
read as the domain asks: neither bid nor deal number on record.
"""

from decimal import Decimal

from sanzi.contracts.terms import Terms
from sanzi.kernel.money import grouped

from .rule import Evidence, Rule
from .scope import decided_and_made, let_by_the_collective
from .statutes import civil_code, local_rule


def check(terms: Terms) -> Evidence | None:
    if terms.is_open_bid or terms.deal_number:
        return None
    policy, made_on = terms.policy, terms.made_on
    if made_on is None or made_on < policy.bidding_from:
        return None
    amount, area = terms.total_amount or terms.yearly_amount or Decimal(0), terms.contract_area_mu
    if amount >= policy.bidding_amount:
        size = f"金额{grouped(amount)}元，达到{grouped(policy.bidding_amount)}元"
    elif area and area >= policy.bidding_area_mu and terms.is_farmland:
        size = f"面积{area}亩，达到{policy.bidding_area_mu}亩"
    else:
        return None
    return Evidence(f"{size}的公开交易标准，没有公开竞价，也没有交易编号")


def _applies(terms: Terms) -> bool:
    return decided_and_made(terms) and let_by_the_collective(terms)


RULE = Rule(
    code="P07",
    title="未公开竞价",
    severity="较重",
    basis=(
        local_rule("农村集体资产资源公开交易的金额、面积标准"),
        civil_code("第七百零六条"),
    ),
    remedy="不因未进场而无效：补办登记备案，到期后通过交易平台公开发包；价格偏低的重新议价",
    applies=_applies,
    check=check,
)
