"""各项资产 and 各类资源: money by account, goods, assets and resources with their contracts."""

from collections.abc import Sequence

from sanzi.disclosure.catalogue import Item
from sanzi.disclosure.ledger import ZERO, Ledger
from sanzi.disclosure.table import Column, Table, draw

from .plain import Holding, Sources


def stock(sources: Sources, ledger: Ledger, item: Item) -> Table:
    """货币资金 by account, other assets by account and thing: in, out, left."""
    words = ("收入", "支出", "余额") if item.drawn == "money" else ("增加", "减少", "期末")
    columns = [
        Column("账户" if item.drawn == "money" else "名称"),
        Column("期初", "money", aside=True),
        *(Column(word, "money", aside=True) for word in words[:2]),
        Column(words[2], "money"),
    ]
    tops = tuple(take.account for take in item.takes[ledger.scheme])
    rows = []
    for (code, thing), moved in ledger.by_dimension(tops, "object").items():
        name = ledger.dimensions.get(thing) or ledger.accounts.get(code, code)
        amounts = [moved.opening, moved.debit, moved.credit, moved.closing]
        rows.append([sources.masks.text(name), *amounts])
    return draw(columns, rows)


def assets(sources: Sources) -> Table:
    notes = []
    if sources.ledger is not None:
        pages = sources.ledger.by_account(("151", "152"))
        cost = sum((m.closing for c, m in pages.items() if c.startswith("151")), ZERO)
        worn = -sum((m.closing for c, m in pages.items() if c.startswith("152")), ZERO)
        notes.append(f"账面固定资产原值 {cost:,.2f} 元，累计折旧 {worn:,.2f} 元")
    return _holdings(sources, sources.assets, Column("原值", "money"), notes)


def resources(sources: Sources) -> Table:
    return _holdings(sources, sources.resources, Column("面积（亩）", "area"), [])


def _holdings(
    sources: Sources, held: Sequence[Holding], measure: Column, notes: Sequence[str]
) -> Table:
    """台账 with the contract each is let under."""
    columns = [
        Column("名称"),
        Column("状态"),
        measure,
        Column("编号", aside=True),
        Column("类别", aside=True),
        Column("承租（承包）方", aside=True),
        Column("合同", aside=True),
        Column("起止", aside=True),
        Column("年租金（元）", "money", aside=True),
    ]
    rows = (
        [
            sources.masks.text(each.name),
            each.state,
            each.amount,
            each.number,
            each.kind,
            sources.masks.name(each.tenant),
            each.contract,
            f"{each.starts_on or ''}至{each.ends_on or ''}" if each.contract else "",
            each.yearly,
        ]
        for each in held
    )
    return draw(columns, rows, notes)
