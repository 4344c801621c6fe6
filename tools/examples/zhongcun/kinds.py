"""What the villages of the example let, and on what usual terms."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """One kind of thing let. Land is priced per mu and year, buildings per year."""

    title: str
    category: str
    nature: str
    land_class: str | None
    uses: list[str]
    years: int
    price: int  # Yuan per mu and year about 2021; for buildings, the yearly rent of the smallest.
    size: tuple[int, int]  # Mu for land; for buildings, multiples of that rent.
    holding: str  # The kind of resource or asset in its register.

    @property
    def is_land(self) -> bool:
        return self.land_class is not None


def _land(
    title: str, land_class: str, uses: str, years: int, price: int, size: tuple[int, int], kind: str
) -> Kind:
    return Kind(
        f"{title}承包",
        "资源类",
        "其他方式承包",
        land_class,
        uses.split("|"),
        years,
        price,
        size,
        kind,
    )


def _building(
    title: str, uses: str, rent: int, size: tuple[int, int], category: str = "房屋建筑"
) -> Kind:
    return Kind(f"{title}租赁", "资产类", "租赁", None, uses.split("|"), 20, rent, size, category)


LAND = (
    _land("荒山", "0404", "经济林种植|荒山绿化|中药材种植", 50, 24, (40, 240), "四荒"),
    _land("荒坡", "0404", "连翘种植|牧草种植|经济林种植", 50, 26, (15, 90), "四荒"),
    _land("林地", "0301", "林下养殖|林下食用菌|用材林抚育", 40, 30, (30, 180), "林地"),
    _land("果园", "0201", "核桃种植|苹果种植|桑园", 30, 180, (5, 45), "园地"),
    _land("未发包旱地", "0103", "玉米种植|谷子种植|蔬菜种植", 30, 260, (4, 40), "耕地"),
    _land("坑塘水面", "1104", "淡水养殖|垂钓经营", 30, 210, (3, 22), "水面"),
)

BUILDINGS = (
    _building("旧校舍", "农产品加工|养老服务|仓储", 3_000, (2, 9)),
    _building("临街门面", "商品零售|餐饮|农资经营", 2_400, (2, 12)),
    _building("厂房场地", "建材加工|机械维修|洗选煤辅料加工", 6_000, (2, 14)),
    _building("大型机械", "土石方工程|农机作业", 4_000, (1, 5), "机械设备"),
)

# Contracts nobody lets anything by: the clean-up looks at their text and their file only.
SERVICES = (
    ("村内道路硬化工程", "工程类", 86_000),
    ("人畜饮水管网改造工程", "工程类", 124_000),
    ("文化活动室修缮工程", "工程类", 58_000),
    ("环境卫生保洁服务", "采购服务类", 32_000),
    ("太阳能路灯采购安装", "采购服务类", 47_500),
    ("会计代理与档案整理服务", "采购服务类", 12_000),
)
