"""Workbooks of any size: contracts and claims as varied as the example town's, row by row."""

import random
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import xlsxwriter

from sanzi.intake.dictionary import register
from tools.examples.people import Register
from tools.examples.places import COUNTIES, Village
from tools.examples.yangquan.city import villages_of
from tools.examples.zhongcun.contracts import signing_day
from tools.examples.zhongcun.defects import NEEDS_LAND, PLAN, spoil
from tools.examples.zhongcun.kinds import BUILDINGS, LAND
from tools.examples.zhongcun.sound import Writer

SEED = 20220101
# As many in order as in the example town, between those with something wrong.
_PLANS = [codes for codes, count in PLAN.items() for _ in range(count)] + [()] * 80

Rows = Iterable[dict[str, Any]]


def city_villages() -> list[Village]:
    return [village for county in COUNTIES for village in villages_of(county)]


def contracts(count: int, villages: list[Village]) -> Iterator[dict[str, Any]]:
    """Rows of the 合同 sheet: every column, other people, dates and prices in each."""
    chance = random.Random(SEED)
    people = Register(SEED, "示例县")
    writer = Writer(people, chance, _Endless(people))
    plans = _PLANS[:]
    chance.shuffle(plans)
    lands, buildings = cycle(LAND), cycle(BUILDINGS)
    for place, (village, codes) in enumerate(
        islice(zip(cycle(villages), cycle(plans), strict=False), count)
    ):
        is_land = place % 3 < 2 or bool(NEEDS_LAND & set(codes))
        kind = next(lands if is_land else buildings)
        draft = writer.let(village, kind, signing_day(kind, codes, chance))
        spoil(draft, codes, chance)
        yield draft.row


def claims(count: int, villages: list[Village]) -> Iterator[dict[str, Any]]:
    """Rows of the 债权 sheet, `count` over these villages."""
    chance = random.Random(SEED)
    people = Register(SEED, "示例县", after=1_000_000)
    for place, village in enumerate(islice(cycle(villages), count)):
        debtor = people.person()
        amount = Decimal(chance.randint(30, 4_000) * 10)
        formed_on = date(2006, 1, 1) + timedelta(days=chance.randint(0, 5_400))
        yield {
            "number": f"DQ-{place // len(villages) + 1:05d}",
            "village": village.code,
            "debtor": debtor.name,
            "debtor_kind": debtor.kind,
            "debtor_id": debtor.number,
            "debtor_phone": debtor.phone,
            "nature": "承包费租金",
            "book": "账内",
            "formed_on": formed_on,
            "principal": amount,
            "balance": amount,
            "cause": "历年拖欠",
        }


def write(path: Path, sheets: dict[str, Rows]) -> Path:
    """Write these registers' rows to a workbook in flat memory."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as workbook:
        text = workbook.add_format({"num_format": "@"})
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        for slug, rows in sheets.items():
            sheet = register(slug)
            page = workbook.add_worksheet(sheet.title)
            page.write_row(0, 0, [column.title for column in sheet.columns])
            fields = [column.field for column in sheet.columns]
            for number, row in enumerate(rows, start=1):
                for index, field in enumerate(fields):
                    value = row.get(field)
                    if value is None:
                        continue
                    if isinstance(value, bool):
                        page.write_string(number, index, "是" if value else "否", text)
                    elif isinstance(value, date):
                        page.write_datetime(number, index, value, day)
                    elif isinstance(value, int | Decimal):
                        page.write_number(number, index, float(value))
                    else:
                        page.write_string(number, index, value, text)
    return path


class _Endless(dict[str, Any]):
    """A pool of tenants for every village that never runs dry."""

    def __init__(self, people: Register) -> None:
        self._people = people

    def __getitem__(self, village: str) -> "_Endless":
        return self

    def pop(self, *_: Any) -> Any:
        return self._people.person()
