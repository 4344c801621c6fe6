"""债权债务 by counterparty: who owes the village, whom it owes, since when."""

from collections import defaultdict
from decimal import Decimal

from sanzi.disclosure.catalogue import Item
from sanzi.disclosure.catalogue import item as item_of
from sanzi.disclosure.ledger import Fact, Ledger, Movement, Page
from sanzi.disclosure.table import Column, Table, draw

from .plain import Sources

_DAYS_A_YEAR = 365


def owing(sources: Sources, ledger: Ledger, item: Item) -> Table:
    """应收、应付 by counterparty: opening, plus, minus, closing and its age."""
    columns = [
        Column("单位或个人"),
        Column("期初", "money", aside=True),
        Column("增加", "money", aside=True),
        Column("减少", "money", aside=True),
        Column("期末", "money"),
        Column("账龄", aside=True),
        Column("科目", aside=True),
    ]
    sign = 1 if item.drawn == "claims" else -1
    tops = tuple(take.account for take in item.takes[ledger.scheme])
    lines = _by_page(ledger, tops)
    rows = []
    for page, moved in ledger.by_dimension(tops, "counterparty").items():
        if not _belongs(ledger, item, page, moved):
            continue
        plus, minus = (moved.debit, moved.credit)[::sign]
        named = ledger.dimensions.get(page[1], "")
        who = sources.masks.name(named) if named else "未列明对方"
        amounts = [moved.opening * sign, plus, minus, moved.closing * sign]
        age = _age(ledger, page, lines[page], amounts[3], sign)
        rows.append([who, *amounts, age, ledger.accounts.get(page[0], page[0])])
    return draw(columns, rows)


def _belongs(ledger: Ledger, item: Item, page: Page, moved: Movement) -> bool:
    """Which list a page stands in: 内部往来 by its side, borrowings by whether a bank lent."""
    account, name = page[0][:3], ledger.dimensions.get(page[1], "")
    if account == "113":
        side = moved.closing or moved.opening or moved.debit - moved.credit
        return (side >= 0) == (item.drawn == "claims")
    if account in ("201", "221") and item.drawn == "dues":
        lender = item_of("owing-2")
        assert lender is not None, "the catalogue has its loans"
        said = name + ledger.accounts.get(page[0], "")
        lent = any(word in said for word in lender.words) or (account == "201" and not page[1])
        return lent == (item.code == "owing-2")
    return True


def _age(ledger: Ledger, page: Page, lines: list[Fact], left: Decimal, sign: int) -> str:
    """How old what is left is: the earlier amounts are taken as paid first."""
    if left <= 0:
        return ""
    for fact in lines:
        left -= fact.debit if sign > 0 else fact.credit
    if left <= 0:
        return "1年以内"
    begun = ledger.begun.get(page[1])
    if begun is None:
        return "上年结转"
    years = (ledger.span.ends_on - begun).days // _DAYS_A_YEAR
    return f"{years}年以上" if years else "1年以内"


def _by_page(ledger: Ledger, tops: tuple[str, ...]) -> dict[Page, list[Fact]]:
    found: dict[Page, list[Fact]] = defaultdict(list)
    for fact in ledger.facts:
        if fact.account[:3] in tops:
            found[fact.account, fact.counterparty or 0].append(fact)
    return found
