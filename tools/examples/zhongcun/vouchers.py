"""The books of 中村镇 since the clean-up: what the registers left, then two years of days.

The opening balances are what the registers of the same town say was still there: claims and debts
less what was done to them, money, assets; the rest is 公积公益金. Then come the villages' own days:
rents by their contracts, subsidies, pay, upkeep, old claims collected.
"""

import csv
import random
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from tools.examples.book import Book

# What `sanzi books import` takes for the balances a set begins with.
OPENING = "期初"
HEADER = ("date", "voucher", "summary", "account", "debit", "credit", "counterparty")
BEGIN, FIRST, LAST = date(2025, 1, 1), (2025, 1), (2026, 10)
ZERO = Decimal("0.00")
# What leaves a claim or debt as it is.
NOTHING_PAID = frozenset({"下函对账", "打包封存", "未分项"})
SEED = 20250101

CASH, BANK, LAND_MONEY = "101", "10201 基本户", "10202 土地补偿专户"
LEASE, CONTRACT_FEE = "50101 租赁收入", "50102 发包收入"
PAY, OFFICE, UPKEEP = "51301 干部报酬", "51302 办公费", "51401 环境整治"
ROADS, DEPRECIATION = "51402 道路管护", "51303 折旧费"


@dataclass(frozen=True)
class Line:
    """One row of the file but its date, number and summary."""

    account: str
    debit: Decimal = ZERO
    credit: Decimal = ZERO
    who: str = ""


class Journal:
    """One village's vouchers; numbers run by month, cash and bank never below zero."""

    def __init__(self, village: str) -> None:
        self.village = village
        self.rows: list[tuple[str, ...]] = []
        self.held: dict[str, Decimal] = defaultdict(lambda: ZERO)
        self.has_begun = False
        self._numbers: dict[tuple[int, int], int] = defaultdict(int)

    def write(self, on: date, summary: str, *lines: Line) -> None:
        """One voucher."""
        assert sum(line.debit - line.credit for line in lines) == 0, summary
        month = (on.year, on.month)
        self._numbers[month] += self.has_begun
        for line in lines:
            self.held[line.account] += line.debit - line.credit
            amounts = (_written(line.debit), _written(line.credit))
            number = str(self._numbers[month]) if self.has_begun else OPENING
            self.rows.append((on.isoformat(), number, summary, line.account, *amounts, line.who))

    def spend(self, on: date, summary: str, account: str, amount: Decimal) -> None:
        """Pay from the bank, as far as it goes with a reserve left."""
        if self.held[BANK] > amount * 2:
            self.write(on, summary, Line(account, debit=amount), Line(BANK, credit=amount))

    def receive(self, on: date, summary: str, account: str, amount: Decimal, who: str) -> None:
        """Take money in at the bank."""
        self.write(on, summary, Line(BANK, debit=amount), Line(account, credit=amount, who=who))


def _written(amount: Decimal) -> str:
    return f"{amount:.2f}" if amount else ""


def vouchers(book: Book) -> Iterator[Journal]:
    """The books of every village of the town's workbook; the same every time."""
    chance = random.Random(SEED)
    for profile in book.rows["villages"]:
        village = profile["village"]
        journal = Journal(village)
        owed = _left(book, village, "receivables", "债权", "debtor")
        _begin(journal, book, village, owed)
        fees = [r for r in book.rows["contracts"] if r["village"] == village and _runs(r)]
        for year, month in _months():
            _one_month(journal, year, month, fees, owed, chance)
        yield journal


def _left(
    book: Book, village: str, register: str, kind: str, who: str
) -> dict[tuple[str, str], Decimal]:
    """What is still owed by or to whom, on which account."""
    paid: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for act in book.rows["dispositions"]:
        if act["village"] == village and act["kind"] == kind and act["method"] not in NOTHING_PAID:
            paid[act["target_number"]] += act.get("amount") or ZERO
    found: dict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
    for row in book.rows[register]:
        code = row.get("account_code")
        if row["village"] != village or code is None:
            continue
        left = row["balance"] - paid[row["number"]]
        if left > 0:
            found[{"212": "211"}.get(code, code), row[who]] += left
    return found


def _begin(
    journal: Journal, book: Book, village: str, owed: dict[tuple[str, str], Decimal]
) -> None:
    """What the registers left, in one voucher."""
    lines = [Line(code, debit=amount, who=who) for (code, who), amount in owed.items()]
    debts = _left(book, village, "debts", "债务", "creditor")
    lines += [Line(code, credit=amount, who=who) for (code, who), amount in debts.items()]
    for row in (r for r in book.rows["accounts"] if r["village"] == village):
        account = {"库存现金": CASH, "土地补偿专户": LAND_MONEY}.get(row["kind"], BANK)
        if row.get("book_balance"):
            lines.append(Line(account, debit=row["book_balance"]))
    assets = [r for r in book.rows["assets"] if r["village"] == village]
    worth = sum((r.get("original_value") or ZERO for r in assets), ZERO)
    worn = sum((r.get("depreciation") or ZERO for r in assets), ZERO)
    lines += [Line("151", debit=worth), Line("152", credit=worn)]
    rest = sum((line.debit - line.credit for line in lines), ZERO)
    lines.append(Line("311", credit=rest))
    journal.write(BEGIN, "期初余额：清理后的资金、资产和债权债务", *_short(lines))
    journal.has_begun = True


def _short(lines: Iterable[Line]) -> list[Line]:
    """One line for each account and person: a voucher takes 999."""
    sums: dict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
    for line in lines:
        sums[line.account, line.who] += line.debit - line.credit
    return [
        Line(account, max(net, ZERO), max(-net, ZERO), who)
        for (account, who), net in sums.items()
        if net
    ]


def _runs(row: dict[str, Any]) -> bool:
    """A contract that still brings money in these years."""
    ends = row.get("ends_on")
    return bool(row.get("yearly_amount")) and (ends is None or ends > date(2026, 12, 31))


def _months() -> Iterator[tuple[int, int]]:
    year, month = FIRST
    while (year, month) <= LAST:
        yield year, month
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _one_month(
    journal: Journal,
    year: int,
    month: int,
    fees: list[dict[str, Any]],
    owed: dict[tuple[str, str], Decimal],
    chance: random.Random,
) -> None:
    """A month of a village, in the order of its days."""
    for row in (r for r in fees if r["starts_on"].month == month):
        account = LEASE if row["category"] == "资产类" else CONTRACT_FEE
        summary = f"收{row['contractor']}{year}年承包费、租金（{row['number'][-6:]}号合同）"
        journal.receive(date(year, month, 5), summary, account, row["yearly_amount"], "")
    if month % 3 == 1:
        journal.receive(date(year, month, 10), "收村级运转补助", "503", _about(chance, 28000), "")
    for (code, who), left in list(owed.items()):
        if left > 0 and chance.random() < 0.02:
            part = min(left, max(Decimal("100.00"), (left / 2).quantize(Decimal("1.00"))))
            owed[code, who] = left - part
            journal.receive(date(year, month, 15), f"收回{who}陈欠", code, part, who)
    journal.spend(date(year, month, 18), f"发{month}月村干部报酬", PAY, _about(chance, 6800))
    journal.spend(date(year, month, 20), "购办公用品", OFFICE, _about(chance, 620))
    if month in (4, 6, 9):
        journal.spend(date(year, month, 22), "垃圾清运和保洁", UPKEEP, _about(chance, 5200))
    if month == 8:
        journal.spend(date(year, month, 24), "修补村内道路", ROADS, _about(chance, 16000))
    worth = journal.held["151"]
    if month % 3 == 0 and worth:
        wear = (worth / 80).quantize(Decimal("1.00"))
        last = date(year, month, monthrange(year, month)[1])
        lines = (Line(DEPRECIATION, debit=wear), Line("152", credit=wear))
        journal.write(last, "计提本季折旧", *lines)


def _about(chance: random.Random, amount: int) -> Decimal:
    return Decimal(amount + chance.randrange(-amount // 10, amount // 10)).quantize(ZERO)


def write_vouchers(book: Book, folder: Path) -> None:
    """One file a village, in the format `sanzi books import` takes."""
    folder.mkdir(parents=True, exist_ok=True)
    for journal in vouchers(book):
        path = folder / f"{journal.village}.csv"
        with path.open("w", encoding="utf-8", newline="") as lines:
            writer = csv.writer(lines, lineterminator="\n")
            writer.writerow(HEADER)
            writer.writerows(journal.rows)
