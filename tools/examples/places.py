"""The places of the examples: counties and above are real, most villages invented."""

from dataclasses import dataclass

ZHONGCUN = "140521101"
YANGQUAN = "1403"


@dataclass(frozen=True)
class Village:
    """A village of an example, with its weight when a town's total is shared out."""

    code: str
    name: str
    weight: int


# Ten villages the published case names, and three invented ones.
_ZHONGCUN_VILLAGES = {
    "中村村": 14,
    "张马村": 12,
    "南河村": 10,
    "下峪村": 9,
    "上峪村": 8,
    "松峪村": 8,
    "蒲泓村": 7,
    "上阁村": 6,
    "上川村": 5,
    "下川村": 6,
    "石窑村": 5,
    "青崖村": 4,
    "白桦村": 4,
}

COUNTIES = {
    "140302": "城区",
    "140303": "矿区",
    "140311": "郊区",
    "140321": "平定县",
    "140322": "盂县",
}

# Invented towns, and how many villages each has: 31 towns, 620 villages.
_TOWNS: dict[str, dict[str, int]] = {
    "140302": {"义泉镇": 8, "下阳镇": 8},
    "140303": {"桥沟镇": 8, "蔡家岭镇": 8},
    "140311": {
        "荫岭镇": 20, "河坪镇": 22, "旧关镇": 20, "杨坡镇": 18,
        "李家掌镇": 20, "平坦垴镇": 19, "西峪沟乡": 15, "三都岭乡": 16,
    },
    "140321": {
        "冠岭镇": 26, "冶头岭镇": 25, "锁簧坡镇": 22, "张庄岭镇": 25, "石门垴镇": 23,
        "巨岭镇": 20, "柏井坪镇": 22, "娘子坡镇": 22, "岔口沟乡": 18, "古贝岭乡": 20,
    },
    "140322": {
        "秀水坪镇": 28, "孙家岭镇": 25, "路家坡镇": 25, "南娄岭镇": 26, "牛村岭镇": 25,
        "苌池坡镇": 23, "上社岭镇": 21, "西烟坪镇": 21, "梁家垴乡": 21,
    },
}  # fmt: skip

# Code, name and level of every region of the examples above the villages, real ones first.
_ABOVE = (
    ("14", "山西省", "province"),
    ("1405", "晋城市", "city"),
    ("140521", "沁水县", "county"),
    (ZHONGCUN, "中村镇", "town"),
    (YANGQUAN, "阳泉市", "city"),
)

_FRONT = "东西南北上下前后大小"
_BACK = "庄沟峪垴坪岭坡河泉掌窑堡会崖湾滩"


def zhongcun_villages() -> list[Village]:
    return [
        Village(f"{ZHONGCUN}{201 + index}", name, weight)
        for index, (name, weight) in enumerate(_ZHONGCUN_VILLAGES.items())
    ]


def towns(county: str) -> dict[str, str]:
    """Code and name of the invented towns of a county of 阳泉."""
    return {f"{county}{101 + i}": name for i, name in enumerate(_TOWNS[county])}


def town_villages(town: str) -> list[Village]:
    """The invented villages of an invented town."""
    county, index = town[:6], int(town[6:]) - 101
    count = list(_TOWNS[county].values())[index]
    offset = index * 7
    return [
        Village(f"{town}{201 + i}", f"{_name(offset + i)}村", 4 + (offset + 3 * i) % 7)
        for i in range(count)
    ]


def _name(number: int) -> str:
    return f"{_FRONT[number % len(_FRONT)]}{_BACK[number // 3 % len(_BACK)]}"


def regions() -> list[tuple[str, str, str]]:
    """Code, name and level of the regions above the villages, parents before children."""
    found = list(_ABOVE)
    for county, name in COUNTIES.items():
        found.append((county, name, "county"))
        found += [(code, town, "town") for code, town in towns(county).items()]
    return found
