"""Vouchers from other software, taken over all at once or not at all."""

from collections.abc import Callable, Iterator
from datetime import datetime

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.accounting.dimensions import ensure
from sanzi.accounting.entry import Entry, PlainSide, Side
from sanzi.accounting.founding import add_sub_accounts, found_book
from sanzi.accounting.interchange.months import kind_of
from sanzi.accounting.interchange.planning import Plan, plan_import, source_of
from sanzi.accounting.interchange.vouchers import FileLine, FileVoucher, Reading
from sanzi.accounting.models import Book, Dimension, Period
from sanzi.accounting.periods import open_year
from sanzi.accounting.posting import post
from sanzi.journal.recorder import record
from sanzi.kernel.money import ZERO, from_fen
from sanzi.orgs.models import Collective, Region
from sanzi.orgs.tree import ensure as ensure_regions

# So many vouchers go through the gate at a time: enough to spread its cost, little to hold.
BATCH = 5_000

Tell = Callable[[int, int], None]


@action("books.import")
def import_vouchers(
    *,
    reading: Reading,
    region: str,
    name: str,
    scheme: str,
    file_name: str,
    tell: Tell,
    by: Person,
    now: datetime,
) -> Plan:
    """Write the vouchers of a file into one set; with any problem in it nothing is written.

    The set is the village's only one or the one named; where there is none it is made, with its
    organisation. What the set holds already is left out, so the same file twice changes nothing.
    `tell(done, of)` hears of the progress. Raises Invalid, Missing, Blocked.
    """
    plan = plan_import(reading, region=region, name=name, scheme=scheme, by=by)
    if plan.problems:
        return plan
    book = take_over(plan, tell, by, now)
    label = f"导入 {file_name}" if plan.fresh else f"导入 {file_name}：无变化"
    record(
        book, "books.import" if plan.fresh else "books.unchanged", by=by, at=now, label=label,
        public={"sha256": reading.digest, "vouchers": len(plan.fresh), "known": plan.known},
    )  # fmt: skip
    return plan


def take_over(plan: Plan, tell: Tell, by: Person, now: datetime) -> Book:
    """Write what a plan without problems adds to its set. Runs inside an action."""
    book = _claimed(plan, by)
    if not plan.fresh:
        return book
    add_sub_accounts(book, plan.accounts)
    for year in plan.years:
        open_year(book, year)
    _post_all(book, plan, tell, by, now)
    if any(voucher.is_opening for voucher in plan.fresh):
        _lock_opening(book, now)
    return book


def _claimed(plan: Plan, by: Person) -> Book:
    if plan.book is not None:
        claimed: Book = Book.objects.claim(plan.book.pk, by)
        return claimed
    ensure_regions({plan.region: ""})
    place = Region.objects.get(code=plan.region)
    mine = Collective.objects.visible_to(by).filter(
        region=place, kind=Collective.Kind.COLLECTIVE, valid_to=None
    )
    holder = mine.first() or Collective.objects.create(
        region=place, kind=Collective.Kind.COLLECTIVE, name=f"{place.name}集体经济组织"
    )
    before = Book.objects.visible_to(by).filter(collective=holder).order_by("-begins").first()
    plan.book = found_book(holder, plan.scheme, plan.begins, plan.name, before)
    plan.name = plan.book.name
    return plan.book


def _post_all(book: Book, plan: Plan, tell: Tell, by: Person, now: datetime) -> None:
    whom = ensure(book.pk, Dimension.Kind.COUNTERPARTY, _counterparties(plan))
    who = by.pk
    for start in range(0, len(plan.fresh), BATCH):
        batch = plan.fresh[start : start + BATCH]
        post([_entry(book, voucher, whom, who) for voucher in batch], by=by, now=now)
        tell(start + len(batch), len(plan.fresh))


def _counterparties(plan: Plan) -> Iterator[str]:
    for voucher in plan.fresh:
        for line in voucher.lines:
            if line.counterparty:
                yield line.counterparty


def _entry(book: Book, voucher: FileVoucher, whom: dict[str, int], prepared_by: int) -> Entry:
    memo = voucher.memo
    return Entry(
        book=book.pk,
        dated=voucher.dated,
        memo=memo,
        sides=[_side(line, memo, whom) for line in voucher.lines],
        source=source_of(book, voucher),
        prepared_by=prepared_by,
        kind=kind_of(voucher, book.scheme),
        name=voucher.span,
    )


def _side(line: FileLine, memo: str, whom: dict[str, int]) -> Side | PlainSide:
    if not line.counterparty and line.memo in ("", memo):
        return line.account, line.debit, line.credit
    return Side(
        line.account,
        from_fen(line.debit) if line.debit else ZERO,
        from_fen(line.credit) if line.credit else ZERO,
        line.memo,
        whom[line.counterparty] if line.counterparty else None,
    )


def _lock_opening(book: Book, now: datetime) -> None:
    year = book.begins // 100 * 100
    Period.objects.of(book).filter(period=year).update(state=Period.State.LOCKED)
    book.opened_at = now
    book.save(update_fields=["opened_at"])
