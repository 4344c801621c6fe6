from sanzi.contracts.terms import Terms

from .rule import Evidence, Rule
from .scope import is_lease, is_no_lease, let_property
from .statutes import civil_code, contract_law


def check(terms: Terms) -> Evidence | None:
    if terms.ends_on is not None:
        return None
    begun = f"自{terms.runs_from}起，" if terms.runs_from else ""
    return Evidence(f"{begun}合同未载明终止日期")


RULE = Rule(
    code="P03",
    title="期限不明",
    severity="一般",
    basis=(
        contract_law("第六十一条、第二百三十二条", is_lease),
        contract_law("第六十一条", is_no_lease),
        civil_code("第五百一十条、第七百三十条", is_lease),
        civil_code("第五百一十条", is_no_lease),
    ),
    remedy="协商补充约定期限；协商不成的，合理期限之前通知对方后解除",
    applies=let_property,
    check=check,
)
