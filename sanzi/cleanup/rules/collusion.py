"""P17: signs that both sides worked together against the village. A clue to hand over, no verdict:
whether they colluded is for the court, and invalidity knows no one or five years (民法典§154).
"""

from sanzi.contracts.terms import Terms
from sanzi.kernel.money import grouped

from .rule import Evidence, Rule
from .scope import agreements
from .statutes import civil_code, collective_law, contract_law, local_rule


def check(terms: Terms) -> Evidence | None:
    if terms.answers.is_collusive:
        return Evidence("核查中发现恶意串通或侵占集体财产的线索")
    reference, price, policy = terms.reference, terms.price_per_mu, terms.policy
    if not terms.is_cadre_kin or reference is None or price is None:
        return None
    if reference.count < policy.comparables_min:
        return None
    if price >= reference.median * policy.collusion_ratio:
        return None
    return Evidence(
        f"承包方为村干部或近亲属，每亩每年{grouped(price)}元，低于同类{reference.count}份合同"
        f"中位价{grouped(reference.median)}元的{policy.collusion_ratio:.0%}"
    )


RULE = Rule(
    code="P17",
    title="恶意串通、侵占集体利益的线索",
    severity="严重",
    basis=(
        contract_law("第五十二条第二项"),
        civil_code("第一百五十四条"),
        collective_law("第三十五条第六项、第五十八条"),
        local_rule("价格异常作为线索的比例"),
    ),
    remedy="不自行处理，作为线索移交纪检监察机关；需要确认无效的，提起诉讼",
    applies=agreements,
    check=check,
    needs=("answers", "is_cadre_kin"),
)
