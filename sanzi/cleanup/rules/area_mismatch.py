"""P05: the area measured against the area agreed, both ways.

No tolerance stands in the law of leases, and a measuring error is not encroachment: whether land
outside the agreed boundaries is used needs boundary evidence. A measuring gain is never charged.
"""

from decimal import Decimal

from sanzi.contracts.terms import Terms

from .rule import Evidence, Rule
from .scope import is_contracting, is_lease, is_transfer, let_property
from .statutes import (
    civil_code,
    contract_law,
    land_contract_law,
    land_contract_law_2002,
    local_rule,
)


def check(terms: Terms) -> Evidence | None:
    agreed, measured = terms.contract_area_mu, terms.measured_area_mu
    if not agreed or measured is None or agreed < 0:
        return None
    apart = abs(measured - agreed)
    if apart < terms.policy.area_floor_mu or apart <= agreed * terms.policy.area_tolerance:
        return None
    return Evidence(f"合同面积{agreed}亩、实测面积{measured}亩，{_direction(agreed, measured)}")


def _direction(agreed: Decimal, measured: Decimal) -> str:
    share = f"{abs(measured - agreed) / agreed:.1%}"
    if measured < agreed:
        return f"实测少{agreed - measured}亩（{share}），应按实核减，不得多收"
    return (
        f"实测多{measured - agreed}亩（{share}）；属测量误差的据实更正、不收费，"
        "超出四至占用的另行认定"
    )


RULE = Rule(
    code="P05",
    title="面积不实",
    severity="一般",
    basis=(
        contract_law("第二百一十三条", is_lease),
        civil_code("第七百零四条", is_lease),
        land_contract_law_2002("第二十一条", is_contracting),
        land_contract_law("第二十二条", is_contracting),
        land_contract_law_2002("第三十七条", is_transfer),
        land_contract_law("第四十条", is_transfer),
        local_rule("面积误差的认定比例"),
    ),
    remedy="核对四至后更正合同面积；确属多占的，收回或补签后按规定收费，测量差不收费",
    applies=let_property,
    check=check,
)
