"""What the villages owed when the clean-up began, and how half of it was resolved."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import cycle
from typing import Any

from tools.examples.book import Book
from tools.examples.people import Party
from tools.examples.places import Village
from tools.examples.shares import money, uneven

from .ledger import People, in_turn

LOCKED = money("50,514,563.11")
DEBTS = 312


@dataclass(frozen=True)
class _Sort:
    """One sort of debt: how it is called, what it was for, who lent."""

    kind: str
    purpose: str
    lender: str
    account: str
    rate: str | None
    cause: str


_SORTS = (
    _Sort("工程款", "公益", "企业", "211", None, "村内道路、饮水工程欠付工程款"),
    _Sort("金融借款", "生产经营", "金融机构", "221", "0.0585", "发展生猪、香菇产业贷款"),
    _Sort("民间借款", "运转", "农户", "221", "0.1", "弥补村级运转经费不足"),
    _Sort("工资", "运转", "农户", "212", None, "历年欠付村组干部报酬"),
    _Sort("垫付", "税费垫交", "农户", "211", None, "个人垫交税费"),
    _Sort("基金会", "生产经营", "金融机构", "221", "0.048", "原农村合作基金会借款"),
    _Sort("工程款", "公益", "企业", "211", None, "集镇供暖、污水处理配套工程欠款"),
    _Sort("往来", "运转", "企业", "211", None, "赊欠材料款"),
)

# Method of resolving and how much of the total it brought.
_RESOLVED = (
    ("现金偿还", "9,800,000.00", "清收债权回款偿还"),
    ("抵顶", "4,300,000.00", "与应收款相互抵顶"),
    ("减免", "3,240,000.00", "债权人书面同意减免"),
    ("资产抵债", "2,600,000.00", "闲置资产评估抵债"),
    ("剔除水分", "2,100,000.00", "审计剔除虚假、重复债务"),
    ("减息", "1,650,000.00", "按司法上限重算利息"),
    ("核销", "1,425,000.00", "债权人主体消失，核销"),
    ("账务调整", "900,000.00", "错记债务更正"),
)
RESOLVED = sum((money(amount) for _, amount, _ in _RESOLVED), Decimal(0))


def add_debts(book: Book, villages: list[Village], people: People, chance: random.Random) -> None:
    """All debts; some are resolved in part or in whole, method by method, the rest not yet."""
    turns = in_turn(villages)
    rows = [
        _debt(book, next(turns), sort, amount, people, chance)
        for sort, amount in zip(
            cycle(_SORTS), uneven(LOCKED, DEBTS, chance, unit=100, spread=14), strict=False
        )
    ]
    chance.shuffle(rows)
    waiting = iter(rows)
    for method, total, remark in _RESOLVED:
        _resolve(book, waiting, money(total), method, remark, chance)


def _debt(
    book: Book,
    village: Village,
    sort: _Sort,
    amount: Decimal,
    people: People,
    chance: random.Random,
) -> dict[str, Any]:
    formed_on = date(chance.randint(2004, 2020), chance.randint(1, 12), 10)
    creditor = _creditor(sort, village, people)
    serial = sum(row["village"] == village.code for row in book.rows["debts"]) + 1
    book.add(
        "debts",
        number=f"ZW-{serial:04d}",
        village=village.code,
        creditor=creditor.name,
        creditor_kind=creditor.kind,
        creditor_id=creditor.number,
        kind=sort.kind,
        purpose=sort.purpose,
        account_code=sort.account,
        formed_on=formed_on,
        due_on=formed_on + timedelta(days=730),
        principal=amount,
        yearly_rate=Decimal(sort.rate) if sort.rate else None,
        interest_from_on=formed_on if sort.rate else None,
        repaid_amount=Decimal(0),
        balance=amount,
        evidence="有" if chance.random() < 0.85 else "无",
        cause=sort.cause,
    )
    return book.rows["debts"][-1]


def _creditor(sort: _Sort, village: Village, people: People) -> Party:
    if sort.lender == "金融机构":
        return Party("示例农商银行中村支行", "金融机构")
    if sort.lender == "企业":
        return people.register.firm("建设工程" if sort.kind == "工程款" else "建材")
    return people.of(village)


def _resolve(
    book: Book,
    waiting: Iterator[dict[str, Any]],
    total: Decimal,
    method: str,
    remark: str,
    chance: random.Random,
) -> None:
    """Resolve one debt after another this way, most of them in full, until the total is reached."""
    serial = 0
    while total:
        row = next(waiting)
        serial += 1
        part = Decimal(100 if chance.random() < 0.7 else chance.randint(30, 80)) / 100
        amount = min(total, (row["balance"] * part).quantize(Decimal("0.01")))
        total -= amount
        book.add(
            "dispositions",
            kind="债务",
            target_number=row["number"],
            village=row["village"],
            dated=date(2022, 5, 10) + timedelta(days=(serial * 11) % 220),
            method=method,
            amount=amount,
            document_number=f"化债-2022-{method}-{serial:03d}",
            handled_by="中村镇债务化解专班",
            remark=remark,
        )
