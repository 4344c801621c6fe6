from datetime import date

from sanzi.contracts.terms import SPOKEN, UNSIGNED, Terms

from .rule import Evidence, Rule
from .scope import agreements, is_contracting, is_lease, is_no_lease, is_transfer
from .statutes import civil_code, contract_law, land_contract_law, land_contract_law_2002


def check(terms: Terms) -> Evidence | None:
    if terms.written not in (SPOKEN, UNSIGNED):
        return None
    parties = f"{terms.issuer or '发包方'}与{terms.contractor or '承包方'}"
    how = "为口头约定" if terms.written == SPOKEN else "实际履行、应签未签"
    return Evidence(f"{parties}{how}，没有书面合同{_begun(terms.runs_from)}")


def _begun(day: date | None) -> str:
    return f"，自{day}起履行" if day else ""


RULE = Rule(
    code="P01",
    title="口头合同，无书面文本",
    severity="较重",
    basis=(
        contract_law("第二百一十五条", is_lease),
        contract_law("第三十六条", is_no_lease),
        civil_code("第七百零七条", is_lease),
        civil_code("第四百九十条", is_no_lease),
        land_contract_law_2002("第四十五条", is_contracting),
        land_contract_law("第四十九条", is_contracting),
        land_contract_law_2002("第三十七条", is_transfer),
        land_contract_law("第四十条", is_transfer),
    ),
    remedy="已履行的不因口头而无效：补签书面合同；期限无法确定的，合理期限内通知后可解除",
    applies=agreements,
    check=check,
)
