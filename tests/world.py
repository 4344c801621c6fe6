"""One small world, the same in every test.

Qingshui town (999901001) has two villages. Lin keeps Shangtian's accounts, Qian those of Xiatian
next door, who must never see Shangtian's affairs. Chen is clerk and Gao leader of the town; Shi
works in the county office, Fang leads the city, Jian inspects it. Next to Qingshui lies Baiyan
town, where Luo is clerk. Min supervises Shangtian; Wu, Zheng, Feng and Chu are Qingshui's agency:
accountant, two chiefs and cashier. Xi, An and Ji are the three administrators and see no business
row. The region prefix 9999 exists nowhere.
"""

from datetime import UTC, date, datetime

import pytest

from sanzi.access.models import Person, Post
from sanzi.orgs.models import Region
from sanzi.orgs.tree import ensure

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
CITY, COUNTY = "9999", "999901"
QINGSHUI, BAIYAN = "999901001", "999901002"
SHANGTIAN, XIATIAN, LIYUAN = "999901001201", "999901001202", "999901002201"

PLACES = {
    "99": "示例省",
    CITY: "示例市",
    COUNTY: "示例县",
    QINGSHUI: "清水镇",
    BAIYAN: "白岩镇",
    SHANGTIAN: "上田村",
    XIATIAN: "下田村",
    LIYUAN: "梨园村",
}

PEOPLE = {
    "lin": ("林会计", "village_accountant", SHANGTIAN),
    "qian": ("钱会计", "village_accountant", XIATIAN),
    "chen": ("陈经办", "town_clerk", QINGSHUI),
    "gao": ("高镇长", "town_leader", QINGSHUI),
    "luo": ("罗经办", "town_clerk", BAIYAN),
    "shi": ("石主任", "county_office", COUNTY),
    "fang": ("方书记", "city_leader", CITY),
    "jian": ("简监督", "inspector", CITY),
    "min": ("民监事", "village_supervisor", SHANGTIAN),
    "wu": ("吴代理", "agency_accountant", QINGSHUI),
    "zheng": ("郑主管", "agency_chief", QINGSHUI),
    "feng": ("冯主管", "agency_chief", QINGSHUI),
    "chu": ("储出纳", "agency_cashier", QINGSHUI),
    "xi": ("席管理", "system_admin", ""),
    "an": ("安管理", "security_admin", ""),
    "ji": ("计审计", "audit_admin", ""),
}


@pytest.fixture
def places(db: None) -> dict[str, Region]:
    """The region tree of the world, by trimmed code."""
    ensure(PLACES)
    return Region.objects.in_bulk(field_name="code")


@pytest.fixture
def people(places: dict[str, Region]) -> dict[str, Person]:
    """Everyone, by username, each with one post since 2020."""
    found = {}
    for username, (name, role, code) in PEOPLE.items():
        person = Person(username=username, name=name)
        person.set_unusable_password()
        person.save()
        Post.objects.create(person=person, role=role, region=places[code], from_on=date(2020, 1, 1))
        found[username] = person
    return found


def _one(username: str) -> object:
    @pytest.fixture(name=username)
    def person(people: dict[str, Person]) -> Person:
        return people[username]

    return person


lin, qian, chen, gao, luo, shi, fang, jian, min, wu, zheng, feng, chu, xi, an, ji = (
    _one(name) for name in PEOPLE
)
