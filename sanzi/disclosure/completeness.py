"""What is missing from a sheet and why, item by item. No framework."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .catalogue import Item, items
from .span import Span


@dataclass(frozen=True)
class Facts:
    """What is known of one organisation about a span, as far as completeness asks."""

    is_collective: bool = True
    has_book: bool = False
    # YYYYMM of the book's first month.
    begins: int = 0
    # The months of the span that are closed.
    closed: frozenset[int] = frozenset()
    opened: frozenset[int] = frozenset()
    has_budget: bool = False
    has_assets: bool = False
    has_resources: bool = False
    told: Mapping[str, str] = field(default_factory=dict)


def missing(facts: Facts, span: Span) -> dict[str, str]:
    """Why an item cannot be shown, by item; what can be shown is not among them."""
    books = _books(facts, span)
    found = {}
    for item in items():
        if item.code in facts.told:
            continue
        if why := _why(item, facts, span, books):
            found[item.code] = why
    return found


def shown(absent: Mapping[str, str]) -> int:
    """How many of the 44 numbered items are there."""
    return sum(1 for item in items() if item.number and item.code not in absent)


def _why(item: Item, facts: Facts, span: Span, books: str) -> str:
    if item.source == "journal":
        return books
    if item.source == "budget":
        return "" if facts.has_budget else f"没有已批准的{span.year}年预算"
    if item.source == "told":
        return "不在账内，村里还没有填报"
    if not facts.is_collective:
        return "资产、资源由集体经济组织公开"
    if item.source == "assets":
        return "" if facts.has_assets else "资产台账没有登记"
    return "" if facts.has_resources else "资源台账没有登记"


def _books(facts: Facts, span: Span) -> str:
    """Why the journal cannot say it."""
    if not facts.has_book:
        return "没有账套，账还没有建在本系统"
    if span.first < facts.begins:
        return f"账套从{_title(facts.begins)}启用，之前的账不在本系统"
    unopened = [month for month in span.months if month not in facts.opened]
    if unopened:
        return f"{_title(unopened[0])}还没有开账"
    unclosed = [month for month in span.months if month not in facts.closed]
    return f"{'、'.join(map(_title, unclosed))}还没有结账" if unclosed else ""


def _title(period: int) -> str:
    return f"{period // 100}年{period % 100}月"
