"""P15: used otherwise than agreed. Building on farmland, and ponds or orchards on basic farmland,
are matters of the authorities too, not of the contract alone.
"""

from sanzi.contracts.prices import first_level
from sanzi.contracts.terms import Terms

from .rule import UNREAD, Evidence, Rule
from .scope import is_farmland, is_lease, let_property
from .statutes import (
    civil_code,
    contract_law,
    land_administration_law,
    land_administration_law_1998,
    land_contract_law,
    land_contract_law_2002,
)

# Words that name building or digging, and words that name what basic farmland may not become.
_BUILDING = (
    "建房", "住宅", "厂房", "厂区", "硬化", "采石", "采砂", "采矿", "取土", "堆场", "停车",
    "建窑", "洗煤", "仓库", "加工厂", "商铺", "坟",
)  # fmt: skip
_PONDS_AND_TREES = ("鱼塘", "挖塘", "养殖", "林", "果", "茶", "苗木", "花卉", "草皮")
_CROPLAND = "01"


def check(terms: Terms) -> Evidence | None:
    actual, agreed = terms.actual_use, terms.agreed_use
    if not actual:
        return None
    if grave := _forbidden(terms, actual):
        return Evidence(grave, severity="严重", remedy=_HAND_OVER)
    if not agreed or actual in agreed or agreed in actual:
        return None
    return Evidence(f"约定用途“{agreed}”，实际用途“{actual}”")


_HAND_OVER = "责令停止并恢复原状，拒不改正的解除合同；移交自然资源、农业农村部门依法查处"


def _forbidden(terms: Terms, actual: str) -> str | None:
    # What was agreed and approved is no change of use; whether it was approved is another question.
    if terms.agreed_use and (actual in terms.agreed_use):
        return None
    if terms.is_farmland and any(word in actual for word in _BUILDING):
        return f"农用地实际用于“{actual}”，没有约定，也未见批准"
    is_basic = terms.site.is_basic_farmland and _is_cropland(terms)
    if is_basic and any(word in actual for word in _PONDS_AND_TREES):
        return f"永久基本农田实际用于“{actual}”"
    return None


def _is_cropland(terms: Terms) -> bool:
    return not terms.land_class or first_level(terms.land_class) == _CROPLAND


RULE = Rule(
    code="P15",
    title="改变约定用途",
    severity="较重",
    basis=(
        land_contract_law_2002("第八条、第六十条", is_farmland, caveat=UNREAD),
        land_contract_law("第十一条、第六十三条", is_farmland),
        land_administration_law_1998("第三十六条、第七十四条", is_farmland),
        land_administration_law("第七十五条、第七十七条", is_farmland),
        contract_law("第二百一十九条", is_lease, caveat=UNREAD),
        civil_code("第七百一十一条", is_lease, caveat=UNREAD),
        contract_law("第九十四条"),
        civil_code("第五百六十三条"),
    ),
    remedy="书面要求按约定用途使用并恢复；双方同意的经决议后补充约定，拒不改正的解除",
    applies=let_property,
    check=check,
    needs=("actual_use",),
)
