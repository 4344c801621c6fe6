"""One organisation's sheet of a span, drawn and ready to freeze: the same rows, the same bytes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sanzi.accounting.models import Book, Period
from sanzi.orgs.models import Collective
from sanzi.orgs.tree import names_of

from .catalogue import NUMBERED, REGULATION, items
from .completeness import Facts, missing, shown
from .facts import books_of, statements_of
from .figures.plain import Sources
from .figures.sheet import tables
from .masking import Masks
from .policy import policy
from .reading import budget_of, hidden_of, holdings_of, ledger_of
from .span import Span
from .table import Table

FORM = 1  # the shape of the frozen content


@dataclass(frozen=True)
class Drawn:
    """A sheet as the public would see it now."""

    content: dict[str, Any]
    text: str
    sha256: str
    shown: int
    missing: Mapping[str, str]
    # Months of the book that are still open: nothing is published before they are closed.
    open_months: tuple[int, ...]


def draw_sheet(organisation: Collective, span: Span) -> Drawn:
    """Draw it anew; thirteen queries, however long the journal. The caller has scoped it."""
    village = organisation.region.code[:12]
    book = books_of([organisation], span).get(organisation.pk)
    periods = list(
        Period.objects.filter(book=book, period__in=span.months).order_by("period") if book else ()
    )
    sources = _sources(organisation, span, book)
    facts = Facts(
        is_collective=organisation.kind == Collective.Kind.COLLECTIVE,
        has_book=book is not None,
        begins=book.begins if book else 0,
        opened=frozenset(p.period for p in periods),
        closed=frozenset(p.period for p in periods if p.state != Period.State.OPEN),
        has_budget=bool(sources.budget),
        has_assets=bool(sources.assets),
        has_resources=bool(sources.resources),
        told=sources.told,
    )
    absent = missing(facts, span)
    content = {
        "form": FORM,
        "regulation": REGULATION,
        "village": {"code": village, "name": _name(organisation)},
        "organisation": {"name": organisation.name, "kind": organisation.get_kind_display()},
        "span": {"key": span.key, "title": span.title, "first": span.first, "last": span.last},
        "shown": shown(absent),
        "of": NUMBERED,
        "items": _items(tables(sources, absent)),
        # Who holds the heads of the voucher chains can prove a later change of the books.
        "chain": [
            {"period": p.period, "vouchers": p.vouchers, "head": p.head, "book": str(book)}
            for p in periods
        ],
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Drawn(
        content=content,
        text=text,
        sha256=sha256(text.encode()).hexdigest(),
        shown=shown(absent),
        missing=absent,
        open_months=tuple(m for m in span.months if facts.has_book and m not in facts.closed),
    )


def _name(organisation: Collective) -> str:
    code = organisation.region.code
    return organisation.region.name if len(code) == 12 else names_of([code[:12]])[code[:12]]


def _items(drawn: Mapping[str, Table]) -> list[dict[str, Any]]:
    return [
        {"code": i.code, "group": i.group, "title": i.title, **drawn[i.code].told()}
        for i in items()
    ]


def _sources(organisation: Collective, span: Span, book: Book | None) -> Sources:
    village = organisation.region.code[:12]
    rules = policy(village)
    ledger = ledger_of(book, span) if book else None
    assets, resources = holdings_of(village, span.ends_on)
    people, words = hidden_of(village)
    return Sources(
        ledger=ledger,
        assets=assets,
        resources=resources,
        budget=budget_of(book, span.year) if book else (),
        told=statements_of([organisation], span).get(organisation.pk, {}),
        masks=Masks(people, words, names=rules.says("mask_names", "mask")),
        show_officers=rules.says("officers", "show"),
    )
