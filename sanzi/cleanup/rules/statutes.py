"""The statutes rules cite, each with the days it is in force, so that no rule repeats a date.

Of the laws in force the cited articles were read (domain/clean-up.md 0). Of the repealed ones,
合同法, 承包法 of 2002 and 村组法 of 1998 were checked in part against public copies; 物权法 was
not, and says so.
"""

from collections.abc import Callable
from datetime import date, timedelta

from sanzi.contracts.terms import Terms

from .rule import EXAMPLE, UNREAD, Law

Governs = Callable[[Terms], bool]

CONTRACT_LAW = date(1999, 10, 1)
LAND_CONTRACT_LAW = date(2003, 3, 1)
LAND_CONTRACT_LAW_AMENDED = date(2019, 1, 1)
PROPERTY_LAW = date(2007, 10, 1)
VILLAGE_LAW = date(1998, 11, 4)
VILLAGE_LAW_REVISED = date(2010, 10, 28)
# A revision believed to apply from this day was not read: its articles are not cited as law.
VILLAGE_LAW_UNREAD = date(2026, 1, 1)
CIVIL_CODE = date(2021, 1, 1)
LAND_ADMINISTRATION_LAW = date(2020, 1, 1)
# The Court's reading of land contract disputes, of 2005 and as amended with the Civil Code.
LAND_DISPUTES = date(2005, 9, 1)
COLLECTIVE_LAW = date(2025, 5, 1)


def day_before(day: date) -> date:
    return day - timedelta(days=1)


def contract_law(articles: str, governs: Governs | None = None, caveat: str = "") -> Law:
    return Law(
        f"合同法{articles}", CONTRACT_LAW, day_before(CIVIL_CODE), caveat=caveat, governs=governs
    )


def civil_code(articles: str, governs: Governs | None = None, caveat: str = "") -> Law:
    return Law(f"民法典{articles}", CIVIL_CODE, caveat=caveat, governs=governs)


def land_contract_law_2002(articles: str, governs: Governs | None = None, caveat: str = "") -> Law:
    return Law(
        f"农村土地承包法（2002年）{articles}",
        LAND_CONTRACT_LAW,
        day_before(LAND_CONTRACT_LAW_AMENDED),
        caveat=caveat,
        governs=governs,
    )


def land_administration_law_1998(articles: str, governs: Governs | None = None) -> Law:
    return Law(
        f"土地管理法（1998年）{articles}",
        date(1999, 1, 1),
        day_before(LAND_ADMINISTRATION_LAW),
        caveat=UNREAD,
        governs=governs,
    )


def land_administration_law(articles: str, governs: Governs | None = None) -> Law:
    return Law(f"土地管理法{articles}", LAND_ADMINISTRATION_LAW, governs=governs)


def land_disputes_2005(articles: str, governs: Governs | None = None) -> Law:
    return Law(
        f"最高人民法院关于审理涉及农村土地承包纠纷案件的解释（2005年）{articles}",
        LAND_DISPUTES,
        day_before(CIVIL_CODE),
        caveat=UNREAD,
        governs=governs,
    )


def land_disputes(articles: str, governs: Governs | None = None) -> Law:
    return Law(
        f"最高人民法院关于审理涉及农村土地承包纠纷案件的解释{articles}", CIVIL_CODE, governs=governs
    )


def land_contract_law(articles: str, governs: Governs | None = None) -> Law:
    return Law(f"农村土地承包法{articles}", LAND_CONTRACT_LAW_AMENDED, governs=governs)


def village_law_1998(articles: str) -> Law:
    return Law(
        f"村民委员会组织法（1998年）{articles}", VILLAGE_LAW, day_before(VILLAGE_LAW_REVISED)
    )


def village_law(articles: str, until: date = VILLAGE_LAW_UNREAD) -> Law:
    return Law(f"村民委员会组织法{articles}", VILLAGE_LAW_REVISED, day_before(until))


def collective_law(articles: str, governs: Governs | None = None) -> Law:
    return Law(f"农村集体经济组织法{articles}", COLLECTIVE_LAW, governs=governs)


def property_law(articles: str) -> Law:
    return Law(f"物权法{articles}", PROPERTY_LAW, day_before(CIVIL_CODE), caveat=UNREAD)


def local_rule(text: str, governs: Governs | None = None) -> Law:
    """A default this product ships; a county may set another. Never shown as official."""
    return Law(text, caveat=EXAMPLE, governs=governs)
