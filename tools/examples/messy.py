"""A workbook as a town really sends it: titles, 万元, other people's headers, and three mistakes.

Two villages of 中村镇. Everything but the mistakes can be read; the column 经营户 (the contractor)
no alias knows, so a person must say what it is.
"""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from sanzi.kernel.calendar import years_after

from .book import CREATED
from .people import Party, Register
from .places import Village, zhongcun_villages

SEED = 20220210
_VILLAGES = ("上阁村", "上川村")
_CONTRACTS, _CLAIMS = 11, 8  # In each village.

_CONTRACT_HEADER = (
    *("序号", "村名", "村编码", "合同号", "名称", "合同类别", "性质", "合同形式", "甲方", "经营户"),
    *("身份证号", "联系电话", "位置", "面积（亩）", "用途", "签约日期", "承包起始", "承包终止"),
    *("年租金（万元）", "合同金额（万元）", "应收", "已收", "会议决议", "档案号", "备注条款"),
)
_CLAIM_HEADER = (
    *("编号", "村编码", "欠款人", "身份证号", "债权性质", "账内账外", "发生时间"),
    *("欠款金额", "已收回", "欠款余额", "事由"),
)
_LETS = (
    ("荒坡", "资源类", "其他方式承包", "连翘种植", 50),
    ("旧校舍", "资产类", "租赁", "农产品加工", 20),
    ("果园", "资源类", "其他方式承包", "核桃种植", 30),
    ("门面房", "资产类", "租赁", "商品零售", 40),
)
_FULL_WIDTH = str.maketrans("0123456789.,", "０１２３４５６７８９．，")


def write_messy(target: Path | IO[bytes]) -> None:
    """The same workbook every time."""
    chance = random.Random(SEED)
    register = Register(SEED, "沁水县", after=9_000)
    villages = [village for village in zhongcun_villages() if village.name in _VILLAGES]
    with xlsxwriter.Workbook(
        str(target) if isinstance(target, Path) else target, {"in_memory": True}
    ) as workbook:
        workbook.set_properties({"created": CREATED})
        bold = workbook.add_format({"bold": True, "align": "center"})
        day = workbook.add_format({"num_format": "yyyy/m/d"})
        cover = workbook.add_worksheet("填表说明")
        cover.write_string(0, 0, "请各村如实填写，2月底前报镇农经站。")
        _contracts(workbook.add_worksheet("合同台账2022"), villages, register, chance, bold, day)
        _claims(workbook.add_worksheet("应收款"), villages, register, chance, bold)


def _contracts(
    page: Worksheet,
    villages: Sequence[Village],
    register: Register,
    chance: random.Random,
    bold: Format,
    day: Format,
) -> None:
    page.merge_range(0, 0, 0, len(_CONTRACT_HEADER) - 1, "中村镇农村集体经济合同清理台账", bold)
    page.write_string(1, 0, "填报单位：中村镇农经站")
    page.write_string(1, 8, "填报日期：2022年2月10日")
    page.write_row(3, 0, _CONTRACT_HEADER, bold)
    row, total = 4, Decimal(0)
    for village in villages:
        last = row + _CONTRACTS - 1
        page.merge_range(row, 1, last, 1, village.name)
        page.merge_range(row, 2, last, 2, village.code)
        for serial in range(1, _CONTRACTS + 1):
            cells = _contract(village, serial, register.person(), chance)
            if village == villages[0] and serial == 4:
                cells[10] = cells[10][:-1]  # Mistake: a digit short.
            if village == villages[1] and serial == 7:
                cells[15] = "2022-02-30"  # Mistake: no such day.
            total += cells[18]
            for column, value in enumerate(cells):
                if column not in (1, 2):
                    _put(page, row, column, value, day)
            row += 1
    page.write_string(row, 0, "合计")
    page.write_number(row, 18, float(total))


def _contract(village: Village, serial: int, party: Party, chance: random.Random) -> list[Any]:
    title, category, nature, use, years = _LETS[serial % len(_LETS)]
    signed_on = date(2006 + serial, 1 + serial % 12, 8)
    yearly = Decimal(chance.randint(12, 180) * 50)
    due = yearly * (2021 - signed_on.year)
    paid = due if serial % 3 else due - yearly
    phone = (party.phone or "").translate(_FULL_WIDTH) if serial % 4 == 1 else party.phone
    return [
        serial,
        village.name,
        village.code,
        f"补-{serial:02d}",
        f"{village.name}{title}合同",
        category,
        nature,
        "口头" if serial == 9 else "书面",
        f"{village.name}经济合作社",
        party.name,
        party.number,
        phone,
        f"{village.name}{'东西南北'[serial % 4]}头",
        f"{chance.randint(30, 400) / 10:.1f}".translate(_FULL_WIDTH) if serial % 2 else 12.5,
        use,
        _said(signed_on, serial),
        _said(signed_on + timedelta(days=20), serial + 1),
        "长期" if serial == 6 else _said(years_after(signed_on, years), serial + 2),
        yearly / 10_000,
        yearly * years / 10_000,
        f"{due:,.2f}",
        f"{paid:,.2f}",
        "无" if serial % 4 == 2 else "村民代表会议",
        None if serial % 5 == 0 else f"上{serial:03d}",
        "到期地上附着物由集体作价收回" if serial == 5 else None,
    ]


def _said(day: date, style: int) -> str | date:
    """The same day in the ways offices write it."""
    ways: tuple[str | date, ...] = (
        day,
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}.{day.month}.{day.day}",
        f"{day:%Y/%m/%d}",
        f"{day:%Y%m%d}".translate(_FULL_WIDTH),
    )
    return ways[style % len(ways)]


def _claims(
    page: Worksheet,
    villages: Sequence[Village],
    register: Register,
    chance: random.Random,
    bold: Format,
) -> None:
    page.merge_range(0, 0, 0, len(_CLAIM_HEADER) - 1, "中村镇村级应收款明细表（单位：元）", bold)
    page.write_row(1, 0, _CLAIM_HEADER, bold)
    row, total = 2, Decimal(0)
    for village in villages:
        for serial in range(1, _CLAIMS + 1):
            amount = Decimal(chance.randint(30, 900) * 20)
            total += amount
            received = amount / 4 if serial % 3 == 0 else Decimal(0)
            said = f"{amount:,.2f}"
            if village == villages[1] and serial == 2:
                said = f"{amount:,.2f}5"  # Mistake: a third decimal.
            party = register.person()
            cells = (
                *(f"补欠-{serial:02d}", village.code, party.name, party.number),
                *("承包费租金" if serial % 2 else "往来借款", "账内"),
                *(
                    f"{2010 + serial}年6月30日",
                    said.translate(_FULL_WIDTH) if serial == 5 else said,
                ),
                *(f"￥{received}", f"{amount - received:,.2f}", "历年拖欠"),
            )
            for column, value in enumerate(cells):
                page.write_string(row, column, value or "")
            row += 1
        row += 1  # A blank line between villages.
    page.write_string(row, 0, "合计")
    page.write_string(row, 7, f"{total:,.2f}")


def _put(page: Worksheet, row: int, column: int, value: Any, day: Format) -> None:
    if isinstance(value, date):
        page.write_datetime(row, column, value, day)
    elif isinstance(value, int | float | Decimal):
        page.write_number(row, column, float(value))
    elif value is not None:
        page.write_string(row, column, value)
