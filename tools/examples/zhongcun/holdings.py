"""资源, 资产, 资金账户: what contracts are about, what lies idle, and where the money is."""

import random
from datetime import date
from decimal import Decimal
from typing import Any

from tools.examples.book import Book
from tools.examples.places import Village

from .sound import Draft

_IDLE_LAND: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("清出荒坡", "四荒", "0404", {"new_kind": "四荒", "fee_per_mu": Decimal("15.00")}),
    (
        "新开垦旱地", "耕地", "0103",
        {"new_kind": "二轮延包外新增耕地", "new_cause": "新开垦", "fee_per_mu": Decimal("120.00")},
    ),
    ("村内空闲地", "集体建设用地", "1201", {"new_kind": "闲置建设用地"}),
)  # fmt: skip

_OWN_ASSETS = (
    ("村委会办公楼", "房屋建筑", "非经营性", "自用", 420_000, "幢"),
    ("文化活动广场", "公益设施", "非经营性", "自用", 165_000, "处"),
    ("村卫生室", "房屋建筑", "非经营性", "自用", 98_000, "间"),
    ("原村办企业厂房", "房屋建筑", "经营性", "闲置", 260_000, "幢"),
    ("人畜饮水设施", "公益设施", "非经营性", "自用", 310_000, "套"),
)

_ACCOUNTS = (
    ("基本户", 18_000, 60_000),
    ("土地补偿专户", 5_000, 90_000),
    ("专项资金户", 0, 45_000),
    ("库存现金", 200, 4_800),
)


def add_let(book: Book, drafts: list[Draft]) -> None:
    """One resource or asset for everything let, named in its contract unless that is blank."""
    serials: dict[str, int] = {}
    for draft in drafts:
        if draft.kind is None:
            continue
        serial = serials[draft.village.code] = serials.get(draft.village.code, 0) + 1
        add = _add_resource if draft.kind.is_land else _add_asset
        number = add(book, draft, draft.kind.holding, serial)
        if draft.row.get("location"):
            draft.row["object_number"] = number


def _add_resource(book: Book, draft: Draft, kind: str, serial: int) -> str:
    number, row = f"ZY-{serial:04d}", draft.row
    book.add(
        "resources",
        number=number,
        village=draft.village.code,
        name=row["title"].removesuffix("合同"),
        kind=kind,
        new_kind="非新增",
        land_class=row["land_class"],
        area_mu=row["contract_area_mu"],
        measured_area_mu=row["measured_area_mu"],
        occupant=draft.party.name,
        use_status="对外发包",
        is_basic_farmland=False,
        is_ecological_redline=False,
        location=row.get("location"),
        boundaries=row.get("boundaries"),
    )
    return number


def _add_asset(book: Book, draft: Draft, category: str, serial: int) -> str:
    number, row = f"ZC-{serial:04d}", draft.row
    rent = row.get("yearly_amount") or Decimal(8_000)
    book.add(
        "assets",
        number=number,
        village=draft.village.code,
        name=row["title"].removesuffix("租赁合同"),
        category=category,
        operation="经营性",
        acquired_on=date(1992 + serial % 9, 10, 1),
        original_value=rent * 14,
        depreciation=rent * 6,
        quantity=Decimal(1),
        unit="台" if category == "机械设备" else "处",
        use_status="出租",
        location=row.get("location"),
        keeper=f"{draft.village.name}报账员",
    )
    return number


def add_own(book: Book, villages: list[Village], chance: random.Random) -> None:
    """Besides: idle land with its outline, the villages' own buildings, their accounts."""
    for place, village in enumerate(villages):
        for serial, (name, kind, land_class, more) in enumerate(_IDLE_LAND, start=901):
            area = Decimal(chance.randint(12, 180)) / 2
            book.add(
                "resources",
                number=f"ZY-{serial:04d}",
                village=village.code,
                name=f"{village.name}{name}",
                kind=kind,
                land_class=land_class,
                area_mu=area,
                measured_area_mu=area,
                use_status="闲置",
                is_basic_farmland=False,
                is_ecological_redline=False,
                geometry=_outline(place, serial - 901),
                **more,
            )
        for serial, (name, category, operation, use, value, unit) in enumerate(_OWN_ASSETS, 901):
            worth = Decimal(value + 1_000 * chance.randint(0, 90))
            book.add(
                "assets",
                number=f"ZC-{serial:04d}",
                village=village.code,
                name=f"{village.name}{name}",
                category=category,
                operation=operation,
                acquired_on=date(2001 + (place + serial) % 15, 6, 30),
                original_value=worth,
                depreciation=(worth * chance.randint(10, 60) / 100).quantize(Decimal("0.01")),
                quantity=Decimal(1),
                unit=unit,
                use_status=use,
                location=village.name,
                keeper=f"{village.name}报账员",
            )
        _add_accounts(book, village, place, chance)


def _add_accounts(book: Book, village: Village, place: int, chance: random.Random) -> None:
    for serial, (kind, least, most) in enumerate(_ACCOUNTS, start=1):
        balance = Decimal(chance.randint(least * 100, most * 100)) / 100
        is_cash = kind == "库存现金"
        book.add(
            "accounts",
            number=f"ZH-{serial:02d}",
            village=village.code,
            kind=kind,
            bank=None if is_cash else "示例农商银行中村支行",
            account_number=None if is_cash else f"99990000{place:04d}{serial:04d}",
            account_name=None if is_cash else f"{village.name}股份经济合作社",
            book_balance=balance,
            statement_balance=None if is_cash else balance,
        )


def _outline(place: int, turn: int) -> str:
    """A small quadrangle in 沁水县, in CGCS2000 degrees; every one is somewhere else."""
    longitude = 112_000_000 + place * 9_000 + turn * 2_500  # Millionths of a degree.
    latitude = 35_520_000 + place * 4_000 + turn * 3_000
    corners = ((0, 0), (1_400, 150), (1_500, 1_100), (-100, 950), (0, 0))
    points = ", ".join(f"{_degrees(longitude + x)} {_degrees(latitude + y)}" for x, y in corners)
    return f"POLYGON(({points}))"


def _degrees(millionths: int) -> str:
    return f"{millionths // 1_000_000}.{millionths % 1_000_000:06d}"
