"""Reading a book and the registers into the plain rows a sheet is drawn from."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import BigIntegerField, F, OuterRef, Subquery, Value

from sanzi.accounting.keys import LINES_MAX, lines_between, vouchers_between
from sanzi.accounting.models import Account, Book, Dimension, Line, Page, SubPage, Voucher
from sanzi.agency.models import Handling
from sanzi.budgets.models import BudgetLine
from sanzi.budgets.models import Stage as BudgetStage
from sanzi.contracts.models import Contract
from sanzi.holdings.models import Asset, Resource
from sanzi.parties.models import Party

from .figures.plain import Holding
from .ledger import Fact, Ledger
from .models import HiddenWord
from .span import Span

_LINES_A_VOUCHER = LINES_MAX + 1  # A line's key holds its voucher's.


def ledger_of(book: Book, span: Span) -> Ledger:
    """The year of a book up to the end of a span; five queries."""
    dimensions = Dimension.objects.filter(book=book)
    known = list(dimensions.values_list("pk", "name", "kind", "begun_on"))
    pages = list(_brought(book, span.year))
    return Ledger(
        scheme=book.scheme,
        span=span,
        facts=_facts(book, span.year * 100 + 1, span.last),
        brought={code: opening for code, dimension, opening in pages if not dimension},
        brought_by={(code, dimension): opening for code, dimension, opening in pages if dimension},
        accounts=dict(Account.objects.filter(book=book).values_list("code", "name")),
        dimensions={pk: name for pk, name, _, _ in known},
        kinds={pk: kind for pk, _, kind, _ in known},
        begun={pk: begun for pk, _, _, begun in known if begun},
    )


def _brought(book: Book, year: int) -> Any:
    """What the year brought forward: (account, dimension or 0, amount); one query."""
    accounts = Page.objects.filter(book=book, year=year).exclude(account__endswith="+")
    whole = accounts.annotate(of=Value(0, BigIntegerField())).values_list(
        "account", "of", "opening"
    )
    parts = SubPage.objects.filter(book=book, year=year, dimension__gt=0)
    rows = whole.values_list("account", "of", "opening")
    return rows.union(parts.values_list("account", "dimension", "opening"), all=True)


def _facts(book: Book, first: int, last: int) -> list[Fact]:
    vouchers = _vouchers(book, first, last)
    # The fields are kept in fen and read as yuan, which their types do not say.
    lines: list[Any] = list(
        Line.objects.filter(pk__range=lines_between(book.pk, first, last))
        .order_by("pk")
        .values_list(
            "pk", "account", "debit", "credit", "memo", "counterparty", "project", "object"
        )
    )
    debited: dict[int, set[str]] = {}
    credited: dict[int, set[str]] = {}
    for key, account, debit, *_ in lines:
        side = debited if debit else credited
        side.setdefault(key // _LINES_A_VOUCHER, set()).add(account[:3])
    found = []
    for key, account, debit, credit, memo, counterparty, project, thing in lines:
        voucher = key // _LINES_A_VOUCHER
        head = vouchers[voucher]
        found.append(
            Fact(
                key=key,
                period=head["period"],
                dated=head["dated"],
                voucher=f"{head['period'] % 100}月 记-{head['number']}",
                kind=head["kind"],
                memo=memo or head["memo"],
                account=account,
                debit=debit,
                credit=credit,
                debited=frozenset(debited.get(voucher, ())),
                credited=frozenset(credited.get(voucher, ())),
                counterparty=counterparty,
                project=project,
                object=thing,
                handler=head["handler"],
                approver=head["approver"],
            )
        )
    return found


def _vouchers(book: Book, first: int, last: int) -> dict[int, dict[str, Any]]:
    """The vouchers by key; who handled and who approved comes from the agency's way, if any."""
    verified = Handling.objects.filter(
        draft__voucher=OuterRef("pk"), step="verify", is_current=True
    ).order_by("-pk")
    rows = Voucher.objects.filter(pk__range=vouchers_between(book.pk, first, last)).values(
        "pk", "period", "number", "dated", "kind", "memo",
        "prepared_by__name", "reviewed_by__name", "draft__reported_by__name",
        verified=Subquery(verified.values("by__name")[:1]),
    )  # fmt: skip
    return {
        row["pk"]: {
            **row,
            "handler": row["draft__reported_by__name"] or row["prepared_by__name"],
            "approver": row["verified"] or row["reviewed_by__name"] or "",
        }
        for row in rows
    }


def holdings_of(village: str, on: date) -> tuple[list[Holding], list[Holding]]:
    """The assets and the resources of a village with the contract in force on a day; 2 queries."""
    let: dict[str, Any] = {}
    contracts: Any = Contract.objects.within(village).exclude(object_number="")
    for contract in contracts.order_by(F("starts_on").asc(nulls_first=True), "pk"):
        begun = contract.starts_on is None or contract.starts_on <= on
        if begun and (contract.ends_on is None or contract.ends_on >= on):
            let[contract.object_number] = contract
    # Yuan and mu are both kept with two places, so one query reads both registers.
    assets = Asset.objects.within(village).values_list(
        Value("asset"), "number", "name", "category", "use_status", "original_value"
    )
    resources = Resource.objects.within(village).values_list(
        Value("resource"), "number", "name", "kind", "use_status", "area_mu"
    )
    found: dict[str, list[Holding]] = {"asset": [], "resource": []}
    for register, number, *told in sorted(assets.union(resources, all=True)):
        found[register].append(_holding([number, *told], let.get(number)))
    return found["asset"], found["resource"]


def _holding(told: Sequence[Any], contract: Any) -> Holding:
    held = Holding(*told)
    if contract is None:
        return held
    return replace(
        held,
        tenant=contract.contractor,
        contract=contract.number,
        starts_on=contract.starts_on,
        ends_on=contract.ends_on,
        yearly=contract.yearly_amount,
    )


def hidden_of(village: str) -> tuple[list[str], list[str]]:
    """Everyone a village deals with, by name, and the words somebody wants hidden; one query."""
    people = Party.objects.filter(involvements__village=village).order_by()
    booked = Dimension.objects.filter(
        book__village=village, kind=Dimension.Kind.COUNTERPARTY
    ).order_by()
    words = HiddenWord.objects.within(village).filter(removed_at=None).order_by()
    rows = list(
        people.values_list(Value(False), "name").union(
            booked.values_list(Value(False), "name"), words.values_list(Value(True), "word")
        )
    )
    return [t for is_word, t in rows if not is_word], [t for is_word, t in rows if is_word]


def budget_of(book: Book, year: int) -> list[tuple[str, Decimal | None, Decimal | None]]:
    """The lines of the budget in force: what, income, expense; one query."""
    lines: Any = BudgetLine.objects.filter(
        budget__book=book, budget__year=year, budget__stage=BudgetStage.APPROVED
    ).order_by("place")
    return [
        (name, amount, None) if direction == "income" else (name, None, amount)
        for name, direction, amount in lines.values_list("name", "direction", "amount")
    ]
