"""P12: who signed for the collective.

A party branch or a township government never may. A village committee might, by law, until the
农村集体经济组织法: 民法典§262 and 承包法§13 name it beside the collective organisation. From
2025-05-01 it acts only where no organisation is registered (§64), so only contracts made since
then are findings. Local papers that forbid it earlier (吉林, 2024) are not law elsewhere.
"""

from datetime import date

from sanzi.contracts.terms import Terms

from .rule import Evidence, Law, Rule
from .scope import is_farmland, let_by_the_collective
from .statutes import (
    COLLECTIVE_LAW,
    civil_code,
    collective_law,
    land_contract_law,
    land_contract_law_2002,
    property_law,
)

_NEVER = frozenset({"村党组织", "乡镇政府"})


def check(terms: Terms) -> Evidence | None:
    if terms.issuer_kind in _NEVER:
        return Evidence(
            f"以“{terms.issuer_kind}”身份发包，该财产应由村集体经济组织（未设立的由村民委员会）发包"
        )
    if terms.issuer_kind != "村民委员会" or not terms.has_collective:
        return None
    if terms.made_on is None or terms.made_on < COLLECTIVE_LAW:
        return None
    return Evidence(
        f"签订于{terms.made_on}，本村已登记集体经济组织，仍由村民委员会发包", severity="一般"
    )


RULE = Rule(
    code="P12",
    title="发包主体不适格",
    severity="较重",
    basis=(
        Law("土地管理法（1998年）第十条", date(1999, 1, 1), date(2019, 12, 31)),
        property_law("第六十条"),
        civil_code("第二百六十二条"),
        land_contract_law_2002("第十二条", is_farmland),
        land_contract_law("第十三条", is_farmland),
        collective_law("第三十条、第六十四条"),
    ),
    remedy="由村集体经济组织追认或重新签订；不予追认的依法处理",
    applies=let_by_the_collective,
    check=check,
    needs=("issuer_kind",),
)
