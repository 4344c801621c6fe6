"""The pages of the ledger, computed again from the journal and compared number by number."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import BigIntegerField, ExpressionWrapper, F, QuerySet

from sanzi.accounting.chart import chart
from sanzi.accounting.ledger import COLUMNS, REGION_LEVELS
from sanzi.accounting.models import Book, Page, RegionPage, SubPage
from sanzi.accounting.turning import SPLIT_MARK, Numbers, Turnings, debit_balances, empty, net
from sanzi.kernel.money import from_fen, grouped

from .faults import Proof
from .journal import JournalProof

Pages = Mapping[Any, Numbers]


class RegionProof:
    """What the pages of regions must say, added up set by set."""

    def __init__(self) -> None:
        self.pages: dict[tuple[str, int, str, str, str], Numbers] = defaultdict(empty)

    def add(self, book: Book, turnings: Turnings) -> None:
        """Add the pages of one set to those of every region above it."""
        for (_, year, account), numbers in turnings.pages.items():
            top = account[:3] + (SPLIT_MARK if account.endswith(SPLIT_MARK) else "")
            for width in REGION_LEVELS:
                key = (book.village[:width], year, book.scheme, book.collective.kind, top)
                page = self.pages[key]
                for place, number in enumerate(numbers):
                    page[place] += number

    def compare(self, region: str, proof: Proof) -> None:
        """Hold the stored pages of a region and all below it against them."""
        inside = {key: page for key, page in self.pages.items() if key[0].startswith(region)}
        stored = _stored(
            RegionPage.objects.filter(region__startswith=region),
            ("region", "year", "scheme", "kind", "account"),
        )
        for (place, year, _, _, account), said in _differences(inside, stored):
            proof.found(f"{place} {year}年汇总 {account}", f"{place}/{year}/{account}", said)


def prove_pages(walked: JournalProof) -> None:
    """Compare the pages of a set, its sub-ledgers and its debit balances with its journal."""
    book, proof, turnings = walked.book, walked.proof, walked.turnings
    turnings.carry({book.pk: walked.years})
    for (pk, year, account, dimension), numbers in turnings.subs.items():
        if account in walked.split and _is_sub_ledger(dimension, walked):
            plus = turnings.pages[pk, year, account[:3] + SPLIT_MARK]
            for place, number in enumerate(debit_balances(numbers)):
                plus[place] += number
    pages = _stored(Page.objects.of(book), ("book", "year", "account"))
    for (pk, year, account), said in _differences(turnings.pages, pages):
        proof.found(f"{book} {year}年账页 {account}", f"{pk}/{year}/{account}", said)
    subs = _stored(SubPage.objects.of(book), ("book", "year", "account", "dimension"))
    for (pk, year, account, dimension), said in _differences(turnings.subs, subs):
        row = f"{pk}/{year}/{account}/{dimension}"
        proof.found(f"{book} {year}年明细账页 {account}/{dimension}", row, said)
    _prove_identity(book, pages, proof)


def _is_sub_ledger(dimension: int, walked: JournalProof) -> bool:
    # A line of a split account that names nobody is a sub-ledger of its own, 0.
    return dimension == 0 or walked.dimensions.get(dimension) == "counterparty"


def _prove_identity(book: Book, pages: Pages, proof: Proof) -> None:
    """What the stored pages say by themselves: both sides equal in every month of every year, and

    assets = liabilities + equity with the result of the year (accounting.md 1.3).
    """
    national = chart(book.scheme)
    by_year: dict[int, Numbers] = defaultdict(empty)
    by_category: dict[tuple[int, str], int] = defaultdict(int)
    for (_, year, account), numbers in pages.items():
        if account.endswith(SPLIT_MARK):
            continue
        for place, number in enumerate(numbers):
            by_year[year][place] += number
        top = national.get(account[:3])
        by_category[year, top.category if top else ""] += net(numbers)
    for year, sums in sorted(by_year.items()):
        row = f"accounting.book:{book.pk}"
        if sums[0] or sums[1::2] != sums[2::2]:
            proof.found(f"{book} {year}年账页", row, "年初余额或某月发生额借贷合计不相等")
        assets = by_category[year, "asset"] + by_category[year, "cost"]
        others = ("liability", "equity", "income", "expense")
        rest = -sum(by_category[year, category] for category in others)
        if assets != rest:
            said = f"资产 {_said(assets)}，负债与权益（含本年收益）{_said(rest)}"
            proof.found(f"{book} {year}年资产负债", row, f"资产不等于负债加所有者权益：{said}")


def _stored(rows: "QuerySet[Any]", key: tuple[str, ...]) -> dict[Any, Numbers]:
    raw = {
        f"fen_{name}": ExpressionWrapper(F(name), output_field=BigIntegerField())
        for name in COLUMNS
    }
    found = rows.annotate(**raw).values_list(*key, *raw)
    width = len(key)
    return {row[:width]: list(row[width:]) for row in found.iterator(chunk_size=2000)}


def _differences(true: Pages, stored: Pages) -> Iterator[tuple[Any, str]]:
    for key in sorted(true.keys() | stored.keys()):
        expected, found = true.get(key), stored.get(key)
        if expected == found:
            continue
        expected, found = expected or empty(), found or empty()
        said = [
            f"{_title(column)} 账页 {_said(there)}，凭证合计 {_said(here)}"
            for column, here, there in zip(COLUMNS, expected, found, strict=True)
            if here != there
        ]
        if said:
            more = f"等 {len(said)} 处" if len(said) > 3 else ""
            yield key, "；".join(said[:3]) + more


def _title(column: str) -> str:
    if column == "opening":
        return "年初余额"
    month, side = int(column[1:]), "借方" if column[0] == "d" else "贷方"
    return f"年终结转{side}" if month == 13 else f"{month}月{side}"


def _said(fen: int) -> str:
    return grouped(from_fen(fen))
