"""P10: rent owed. A blank 累计已交 is unknown, not nothing paid: no arrears are claimed from it."""

from sanzi.contracts.terms import Terms
from sanzi.kernel.money import grouped

from .rule import Evidence, Rule
from .scope import is_lease, let_property
from .statutes import civil_code, contract_law


def check(terms: Terms) -> Evidence | None:
    due, paid = terms.due_amount, terms.paid_amount
    if due is None or paid is None or due <= paid:
        return None
    return Evidence(f"累计应交{grouped(due)}元，已交{grouped(paid)}元，尚欠{grouped(due - paid)}元")


RULE = Rule(
    code="P10",
    title="拖欠承包费、租金",
    severity="较重",
    basis=(
        contract_law("第一百零七条"),
        contract_law("第二百二十六条、第二百二十七条", is_lease),
        civil_code("第五百七十七条"),
        civil_code("第七百二十一条、第七百二十二条", is_lease),
    ),
    remedy="下达催缴通知，登记债权并逐笔清收；合理期限内仍不支付的，可以解除合同或起诉",
    applies=let_property,
    check=check,
    needs=("due_amount",),
)
