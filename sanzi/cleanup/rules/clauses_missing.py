"""P11: clauses a contract cannot do without and this one leaves blank.

The term's end is left to P03, and what the statutes only say a contract "generally" holds
(四至, 质量, 付款方式, 违约责任) is not asked for.
"""

from collections.abc import Callable
from functools import lru_cache
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
    """One clause: of whom it is asked, and the values any of which is it."""

    name: str
    asked_of: Callable[[Terms], bool]
    any_of: tuple[str, ...]


def _always(terms: Terms) -> bool:
    return True


def _is_resource(terms: Terms) -> bool:
    return terms.category == "资源类"


PRICE = "价款"
CLAUSES = (
    Clause("发包方", _always, ("issuer",)),
    Clause("承包方", _always, ("contractor",)),
    Clause("坐落或标的编号", let_property, ("location", "object_number")),
    Clause("面积", _is_resource, ("contract_area_mu",)),
    Clause(PRICE, _always, ("unit_price", "yearly_amount", "total_amount")),
    Clause("起始日期", _always, ("starts_on", "signed_on")),
    Clause("约定用途", is_farmland, ("agreed_use",)),
)


@lru_cache(maxsize=1000)
def _asked(category: str, legal_nature: str, written: str | None) -> tuple[Clause, ...]:
    """What is asked of this kind of contract: the same for a million of them."""
    kind = Terms(category=category, legal_nature=legal_nature, written=written)
    return tuple(clause for clause in CLAUSES if clause.asked_of(kind))


def check(terms: Terms) -> Evidence | None:
    asked = _asked(terms.category, terms.legal_nature, terms.written)
    known = terms.__dict__.get
    missing = []
    for name, _, fields in asked:
        for field in fields:
            if known(field) is not None:
                break
        else:
            if name != PRICE or terms.pricing not in _PRICED_WITHOUT_SUM:
                missing.append(name)
    if not missing:
        return None
    return Evidence(f"必备条款{len(asked)}项，缺{len(missing)}项：{'、'.join(missing)}")


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
