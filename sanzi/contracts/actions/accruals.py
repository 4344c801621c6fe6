"""到期入账: dues brought to the books by two accountants, and years' shares of those paid ahead."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.accounting.entry import Entry, Side
from sanzi.accounting.models import Book
from sanzi.accounting.posting import post
from sanzi.contracts.accruing import Proposal, proposals
from sanzi.contracts.entries import due_sides, is_spread, year_sides
from sanzi.contracts.ledgers import accounts_of, book_of
from sanzi.contracts.models import Accrual, Contract, Stage
from sanzi.contracts.standing import standings
from sanzi.journal.recorder import Trace, key, record_many
from sanzi.kernel.money import grouped
from sanzi.kernel.refusals import Blocked, Invalid

AT_ONCE_MAX = 1_000


@action("books.prepare")
def propose_accruals(*, book_id: int, until: date, by: Person, now: datetime) -> list[Accrual]:
    """Propose a voucher for everything of a book's village that fell due by a day; may be none.

    What was proposed before is not proposed again. Raises Invalid for a day in the future.
    """
    book: Book = Book.objects.claim(book_id, by)
    if until > localdate(now):
        raise Invalid("accrual.day", "只能入账到今天为止已到期的应收款")
    found = proposals(book, until)[:AT_ONCE_MAX]
    accruals = [_accrual(one, by, now) for one in found]
    Accrual.objects.bulk_create(accruals)
    traces = [
        _trace(
            one.due.contract, f"提出{one}，{grouped(one.amount)} 元，待复核", "dues.propose", one
        )
        for one in accruals
    ]
    record_many(traces, by=by, at=now)
    return accruals


@action("books.post")
def post_accruals(*, accrual_ids: Sequence[int], by: Person, now: datetime) -> list[Accrual]:
    """Check proposed accruals and post them: all of them or none.

    A due wholly paid ahead for years needs no voucher of its own and is only marked. Raises
    Blocked: proposed by the same person, decided before, the month is closed.
    """
    if not 0 < len(accrual_ids) <= AT_ONCE_MAX:
        raise Invalid("accrual.count", f"请勾选 1 到 {AT_ONCE_MAX:,} 笔")
    accruals: list[Accrual] = [
        _waiting(Accrual.objects.claim(pk, by), by) for pk in sorted(set(accrual_ids))
    ]
    entries = [(one, _entry(one, by)) for one in accruals]
    written = [(one, entry) for one, entry in entries if entry.sides]
    posted = post([entry for _, entry in written], by=by, now=now)
    vouchers = {one.pk: done for (one, _), done in zip(written, posted, strict=True)}
    for one in accruals:
        one.stage, one.decided_by, one.decided_at = Stage.POSTED, by, now
        one.voucher_id = vouchers[one.pk].id if one.pk in vouchers else None
        one.save(update_fields=["stage", "decided_by", "decided_at", "voucher"])
    record_many(
        [
            _trace(
                one.due.contract,
                f"{one} {grouped(one.amount)} 元已复核"
                + (
                    f"，{vouchers[one.pk].title}"
                    if one.pk in vouchers
                    else "，已全部预收，不另制证"
                ),
                "dues.accrue",
                one,
            )
            for one in accruals
        ],
        by=by,
        at=now,
    )
    return accruals


@action("books.post")
def refuse_accruals(
    *, accrual_ids: Sequence[int], because: str, by: Person, now: datetime
) -> list[Accrual]:
    """Send proposed accruals back; they may be proposed again."""
    because = because.strip()
    if not 2 <= len(because) <= 200:
        raise Invalid("accrual.because", "请写明退回的理由，2 到 200 个字")
    accruals: list[Accrual] = [_waiting(Accrual.objects.claim(pk, by), by) for pk in accrual_ids]
    for one in accruals:
        one.stage, one.refusal = Stage.REFUSED, because
        one.decided_by, one.decided_at = by, now
        one.save(update_fields=["stage", "refusal", "decided_by", "decided_at"])
    record_many(
        [_trace(one.due.contract, f"退回{one}：{because}", "dues.refuse", one) for one in accruals],
        by=by,
        at=now,
    )
    return accruals


def _accrual(one: Proposal, by: Person, now: datetime) -> Accrual:
    amount: Any = one.amount
    accrual = Accrual(
        village=one.due.village,
        due=one.due,
        year=one.year,
        dated=one.dated,
        amount=amount,
        proposed_by=by,
        proposed_at=now,
    )
    accrual.place()
    return accrual


def _waiting(accrual: Accrual, by: Person) -> Accrual:
    if accrual.stage != Stage.PROPOSED:
        raise Blocked("accrual.moved", f"{accrual} {accrual.get_stage_display()}，请刷新查看")
    if accrual.proposed_by_id == by.pk:
        raise Blocked("accrual.hands", "这一笔是您提出的，请由另一人复核")
    return accrual


def _entry(accrual: Accrual, by: Person) -> Entry:
    due = accrual.due
    contract: Any = due.contract
    book = book_of(accrual.village, accrual.dated)
    return Entry(
        book=book.pk,
        dated=accrual.dated,
        memo=_memo(accrual, contract),
        sides=_sides(accrual, book),
        source=key(accrual),
        prepared_by=accrual.proposed_by_id,
        reviewed_by=by.pk,
        attachments=1,
        name=f"{contract.number} {due}",
    )


def _sides(accrual: Accrual, book: Book) -> list[Side]:
    due = accrual.due
    accounts = accounts_of(book, due.contract)
    if accrual.year:
        return year_sides(accrual.amount, accounts)
    (standing,) = standings([due], accrual.dated)
    return due_sides(due.amount, standing.paid, is_spread(due.from_on, due.to_on), accounts)


def _memo(accrual: Accrual, contract: Any) -> str:
    due = accrual.due
    what = f"{accrual.year} 年度" if accrual.year else f"第 {due.ordinal} 期"
    return f"{contract.contractor}{contract.title}{what}应收款"[:200]


def _trace(contract: Contract, label: str, name: str, accrual: Accrual) -> Trace:
    return Trace(key(contract), name, contract.village, label, {"due": accrual.due.ordinal})
