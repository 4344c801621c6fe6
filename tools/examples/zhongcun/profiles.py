"""What each village is: households, people, members, party members, its collective, its income."""

import random
from datetime import date
from decimal import Decimal

from tools.examples.book import Book
from tools.examples.people import credit_code
from tools.examples.places import Village
from tools.examples.shares import counts, money, uneven

HOUSEHOLDS = 5_002
PEOPLE = 13_058
PARTY_MEMBERS = 661
YEARS = (2021, 2022)


def add_profiles(book: Book, villages: list[Village]) -> None:
    weights = [village.weight for village in villages]
    shared = zip(
        villages,
        counts(HOUSEHOLDS, weights),
        counts(PEOPLE, weights),
        counts(PARTY_MEMBERS, weights),
        strict=True,
    )
    for place, (village, households, people, party_members) in enumerate(shared, start=1):
        book.add(
            "villages",
            village=village.code,
            name=village.name,
            collective_name=f"沁水县中村镇{village.name}股份经济合作社",
            credit_code=credit_code("N2", f"MF{place:06d}"),
            households=households,
            people=people,
            members=people - people // 40,
            party_members=party_members,
            second_round_ends_on=date(2028, 12, 31),
        )


def add_incomes(book: Book, villages: list[Village], chance: random.Random) -> None:
    """Yearly income of each village; 2022 is better than 2021 by what the clean-up brought."""
    for village in villages:
        operating = Decimal(village.weight * chance.randint(1_500, 4_800) * 10)
        for year in YEARS:
            grown = operating * (100 + 9 * (year - YEARS[0])) / 100
            book.add(
                "incomes",
                village=village.code,
                year=year,
                operating_income=grown,
                investment_income=Decimal(chance.randint(0, 30) * 1_000),
                subsidy_income=Decimal(village.weight * 8_000 + 20_000),
                other_income=Decimal(chance.randint(2, 40) * 500),
                operating_expense=(grown * chance.randint(20, 45) / 100).quantize(Decimal("0.01")),
                management_expense=Decimal(village.weight * 4_200 + chance.randint(0, 90) * 100),
            )


# 路径, total actually earned, total expected, jobs, and the projects.
_PROJECTS = (
    (
        "盘活资源", "700,000.00", None, 0,
        "清出耕地公开竞价 荒山流转 荒坡连翘基地 坑塘发包 机动地重新发包 撂荒地复垦流转 林下发包",
    ),
    (
        "盘活资产", "650,000.00", None, 80,
        "原水泥厂厂区租赁 原电影院改造租赁 原供销社门面租赁 旧校舍入股养老服务 闲置厂房租赁",
    ),
    (
        "项目造血", None, "1,000,000.00", 0,
        "煤矿劳务服务队 煤矿后勤服务 矿区绿化管护 香菇大棚 灵芝种植 黑木耳基地 中蜂养殖 "
        "肉牛养殖 生猪代养 设施蔬菜 光伏发电 历山农家乐 电商展厅",
    ),
)  # fmt: skip


def add_projects(book: Book, villages: list[Village], chance: random.Random) -> None:
    serial = 0
    for path, earned, expected, jobs, names in _PROJECTS:
        titles = names.split()
        total = money(earned or expected or "0")
        amounts = uneven(total, len(titles), chance, unit=1_000, spread=4)
        hired = counts(jobs, [to.bit_length() for to in range(1, len(titles) + 1)])
        for title, amount, people in zip(titles, amounts, hired, strict=True):
            village = villages[serial % len(villages)]
            serial += 1
            book.add(
                "projects",
                number=f"ZS-{serial:03d}",
                village=village.code,
                name=f"{village.name}{title}",
                path=path,
                expected_income=amount if expected else None,
                actual_income=amount if earned else None,
                jobs=people if jobs else None,
            )
