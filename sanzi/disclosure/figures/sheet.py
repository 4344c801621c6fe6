"""Every item of 财务公开 as a table, drawn from plain rows (accounting.md 2.5).

What people must not see is masked while it is drawn: nothing unmasked is ever frozen.
"""

from collections.abc import Mapping
from decimal import Decimal

from sanzi.disclosure.catalogue import Item, items
from sanzi.disclosure.ledger import Fact, Ledger, sorted_out
from sanzi.disclosure.table import Column, Table, absent, draw

from .flows import flows, projects, result
from .holdings import assets, resources, stock
from .owing import owing
from .plain import Sources


def tables(sources: Sources, missing: Mapping[str, str]) -> dict[str, Table]:
    """Every item of the catalogue by code; `missing` says why some cannot be shown."""
    sorted_by = _sorted(sources.ledger)
    found: dict[str, Table] = {}
    for item in items():
        if item.code in missing:
            found[item.code] = absent(missing[item.code])
        elif item.code in sources.told and not (item.source == "budget" and sources.budget):
            found[item.code] = _told(sources, item)
        else:
            found[item.code] = _table(sources, item, sorted_by)
    return found


def _sorted(ledger: Ledger | None) -> dict[str, list[tuple[Fact, Decimal]]]:
    if ledger is None:
        return {}
    return {k: v for way in ("in", "out", "shared") for k, v in sorted_out(ledger, way).items()}


def _table(
    sources: Sources, item: Item, by_item: Mapping[str, list[tuple[Fact, Decimal]]]
) -> Table:
    if item.drawn == "plan":
        return _plan(sources)
    if item.drawn == "resources":
        return resources(sources)
    if item.drawn == "assets":
        return assets(sources)
    if sources.ledger is None:
        return absent("没有账套")
    if item.drawn in ("in", "out", "shared"):
        return flows(sources, item, by_item[item.code])
    if item.drawn == "result":
        return result(sources.ledger)
    if item.drawn == "projects":
        return projects(sources, sources.ledger)
    if item.drawn in ("claims", "dues"):
        return owing(sources, sources.ledger, item)
    return stock(sources, sources.ledger, item)


def _told(sources: Sources, item: Item) -> Table:
    words = sources.masks.text(sources.told[item.code])
    return draw([Column("公开内容")], [[line] for line in words.splitlines() if line.strip()])


def _plan(sources: Sources) -> Table:
    columns = [Column("预算项目"), Column("计划收入", "money"), Column("计划支出", "money")]
    return draw(
        columns, [[sources.masks.text(what), *amounts] for what, *amounts in sources.budget]
    )
