"""P11: clauses a contract cannot do without and this one leaves blank.

The term's end is left to P03, and what the statutes only say a contract "generally" holds
(四至, 质量, 付款方式, 违约责任) is not asked for.
"""

from collections.abc import Callable
from typing import NamedTuple

from sanzi.contracts.terms import Terms

from .rule import Evidence, Rule
from .scope import (
    is_contracting,
    is_farmland,
    is_lease,
    is_transfer,
    let_property,
    written_contracts,
)
from .statutes import civil_code, contract_law, land_contract_law, land_contract_law_2002

# The price is agreed even where it is no sum of money.
_PRICED_WITHOUT_SUM = frozenset({"无偿", "分成", "实物"})


class Clause(NamedTuple):
    name: str
    asked_of: Callable[[Terms], bool]
    is_present: Callable[[Terms], bool]


def _always(terms: Terms) -> bool:
    return True


def _is_resource(terms: Terms) -> bool:
    return terms.category == "资源类"


def _names_price(terms: Terms) -> bool:
    sums = (terms.unit_price, terms.yearly_amount, terms.total_amount)
    return terms.pricing in _PRICED_WITHOUT_SUM or any(amount is not None for amount in sums)


CLAUSES = (
    Clause("发包方", _always, lambda terms: bool(terms.issuer)),
    Clause("承包方", _always, lambda terms: bool(terms.contractor)),
    Clause(
        "坐落或标的编号", let_property, lambda terms: bool(terms.location or terms.object_number)
    ),
    Clause("面积", _is_resource, lambda terms: terms.contract_area_mu is not None),
    Clause("价款", _always, _names_price),
    Clause("起始日期", _always, lambda terms: terms.runs_from is not None),
    Clause("约定用途", is_farmland, lambda terms: bool(terms.agreed_use)),
)


def check(terms: Terms) -> Evidence | None:
    missing = [
        clause.name for clause in CLAUSES if not clause.is_present(terms) and clause.asked_of(terms)
    ]
    if not missing:
        return None
    asked = sum(clause.asked_of(terms) for clause in CLAUSES)
    return Evidence(f"必备条款{asked}项，缺{len(missing)}项：{'、'.join(missing)}")


RULE = Rule(
    code="P11",
    title="必备条款不全",
    severity="一般",
    basis=(
        contract_law("第十二条"),
        contract_law("第二百一十三条", is_lease),
        civil_code("第四百七十条"),
        civil_code("第七百零四条", is_lease),
        land_contract_law_2002("第二十一条", is_contracting),
        land_contract_law("第二十二条", is_contracting),
        land_contract_law_2002("第三十七条", is_transfer),
        land_contract_law("第四十条", is_transfer),
    ),
    remedy="不影响合同效力：签订补充协议补齐条款",
    applies=written_contracts,
    check=check,
)
