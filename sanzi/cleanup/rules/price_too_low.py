"""P04: the price per mu and year against what others paid; a prompt to negotiate, not a verdict.

No statute sets a ratio for leases. 显失公平 also needs the other side to have exploited need or
lack of judgement when signing, and the right to rescind dies one year after knowledge and five
years after the act (民法典§151, §152).
"""

from sanzi.contracts.terms import Terms
from sanzi.kernel.money import grouped

from .rule import Evidence, Rule
from .scope import let_property
from .statutes import civil_code, contract_law, local_rule


def check(terms: Terms) -> Evidence | None:
    reference, price, policy = terms.reference, terms.price_per_mu, terms.policy
    if reference is None or price is None or reference.count < policy.comparables_min:
        return None
    if price >= reference.median * policy.price_ratio:
        return None
    said = f"每亩每年{grouped(price)}元" if price else "无偿使用"
    kin = "；承包方为村干部或近亲属" if terms.is_cadre_kin else ""
    return Evidence(
        f"{said}，同乡镇同地类前后两年内签订的其他{reference.count}份合同中位价为"
        f"{grouped(reference.median)}元，低于其{policy.price_ratio:.0%}{kin}",
        severity="严重" if terms.is_cadre_kin else None,
    )


RULE = Rule(
    code="P04",
    title="价格明显偏低",
    severity="较重",
    basis=(
        contract_law("第五十四条、第五十五条"),
        civil_code("第一百五十一条、第一百五十二条、第五百三十三条"),
        local_rule("价格偏低的认定比例"),
    ),
    remedy="协商提高价款，经四议两公开签订补充协议；显失公平的撤销权自知道之日起一年、"
    "自行为发生起五年消灭，协商不成的提级处置",
    applies=let_property,
    check=check,
    needs=("reference",),
)
