"""收租金: money recorded by one person, checked and posted to the books by another."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.accounting.entry import Entry
from sanzi.accounting.posting import post
from sanzi.contracts.entries import Part, payment_sides
from sanzi.contracts.keeping import refigure
from sanzi.contracts.ledgers import MEANS, accounts_of, book_of
from sanzi.contracts.models import Allocation, Contract, Due, Payment, Stage
from sanzi.contracts.standing import Standing, allocate, standings
from sanzi.journal import recorder
from sanzi.journal.recorder import record
from sanzi.kernel.money import ZERO, grouped
from sanzi.kernel.refusals import Blocked, Invalid

AT_ONCE_MAX = 500


@action("dues.collect")
def collect(
    *,
    contract_id: int,
    amount: Decimal,
    received_on: date,
    means: str,
    payer: str,
    number: str,
    key: str,
    by: Person,
    now: datetime,
) -> Payment:
    """Write down money received for a contract; its dues are paid oldest first, once it is posted.

    `number` is that of the paper receipt, `key` that of the form. Raises Invalid: more than is
    open, a day in the future. Raises Blocked: the receipt's number, or the form, was used before.
    """
    contract: Any = Contract.objects.claim(contract_id, by)
    if Payment.objects.visible_to(by).filter(key=key).exists():
        raise Blocked("payment.twice", "这张表已经提交过，款项没有重复登记；请在收款清单查看")
    if received_on > localdate(now):
        raise Invalid("payment.day", "收款日期不能晚于今天")
    mine = Payment.objects.visible_to(by).filter(village=contract.village, number=number)
    if mine.exclude(stage=Stage.REFUSED).exists():
        raise Blocked("payment.number", f"收据 {number} 已登记过，请核对收据号")
    dues = Due.objects.visible_to(by).filter(contract=contract).live()
    shares = allocate(amount, standings(dues, received_on))
    if (left := amount - sum((share for _, share in shares), ZERO)) > 0:
        raise Invalid(
            "payment.more",
            f"多出 {grouped(left)} 元：本合同没有这么多未收的应收款，请核对金额或先排定应收计划",
        )
    whole: Any = amount
    payment = Payment.objects.create(
        village=contract.village,
        contract=contract,
        amount=whole,
        received_on=received_on,
        means=means,
        payer=payer.strip() or contract.contractor,
        number=number.strip(),
        key=key,
        proposed_by=by,
        proposed_at=now,
    )
    parts: list[tuple[Due, Any]] = list(shares)
    Allocation.objects.bulk_create(
        Allocation(payment=payment, due=due, amount=part) for due, part in parts
    )
    record(
        contract,
        "dues.collect",
        by=by,
        at=now,
        label=f"登记收款 {grouped(amount)} 元，收据 {payment.number}，待复核",
        public={"payment": payment.pk, "dues": [due.ordinal for due, _ in shares]},
    )
    return payment


@action("books.post")
def post_payments(*, payment_ids: Sequence[int], by: Person, now: datetime) -> list[Payment]:
    """Check payments others recorded and post them: all of them or none.

    Raises Blocked: recorded by the same person, decided before, no books, the month is closed.
    """
    if not 0 < len(payment_ids) <= AT_ONCE_MAX:
        raise Invalid("payment.count", f"请勾选 1 到 {AT_ONCE_MAX} 笔收款")
    payments: list[Payment] = [
        _waiting(Payment.objects.claim(pk, by), by) for pk in sorted(set(payment_ids))
    ]
    posted = post([_entry(payment, by) for payment in payments], by=by, now=now)
    for payment, voucher in zip(payments, posted, strict=True):
        payment.stage, payment.voucher_id = Stage.POSTED, voucher.id
        payment.decided_by, payment.decided_at = by, now
        payment.save(update_fields=["stage", "voucher", "decided_by", "decided_at"])
    refigure([payment.contract for payment in payments])
    for payment, voucher in zip(payments, posted, strict=True):
        record(
            payment.contract,
            "dues.post",
            by=by,
            at=now,
            label=f"收款 {grouped(payment.amount)} 元已复核入账，{voucher.title}",
            public={"payment": payment.pk, "voucher": voucher.id},
        )
    return payments


@action("books.post")
def refuse_payment(*, payment_id: int, because: str, by: Person, now: datetime) -> Payment:
    """Send a payment back: its dues are open again. Raises Invalid without a reason."""
    payment: Payment = _waiting(Payment.objects.claim(payment_id, by), by)
    because = because.strip()
    if not 2 <= len(because) <= 200:
        raise Invalid("payment.because", "请写明退回的理由，2 到 200 个字")
    payment.stage, payment.refusal = Stage.REFUSED, because
    payment.decided_by, payment.decided_at = by, now
    payment.save(update_fields=["stage", "refusal", "decided_by", "decided_at"])
    record(
        payment.contract,
        "dues.refuse",
        by=by,
        at=now,
        label=f"退回收款 {grouped(payment.amount)} 元（收据 {payment.number}）",
        public={"payment": payment.pk, "reason": because},
    )
    return payment


def _waiting(payment: Payment, by: Person) -> Payment:
    if payment.stage != Stage.PROPOSED:
        raise Blocked("payment.moved", f"{payment} {payment.get_stage_display()}，请刷新查看")
    if payment.proposed_by_id == by.pk:
        raise Blocked("payment.hands", "这笔收款是您登记的，请由另一人复核")
    return payment


def _entry(payment: Payment, by: Person) -> Entry:
    contract: Any = payment.contract
    book = book_of(payment.village, payment.received_on)
    allocations = list(payment.allocations.select_related("due").order_by("due__due_on"))
    found = standings([one.due for one in allocations], payment.received_on)
    parts = [
        Part(one.amount, is_receivable(standing, book.begins))
        for one, standing in zip(allocations, found, strict=True)
    ]
    return Entry(
        book=book.pk,
        dated=payment.received_on,
        memo=f"收{contract.contractor}{contract.title}款（收据 {payment.number}）"[:200],
        sides=payment_sides(parts, accounts_of(book, contract, MEANS[payment.means])),
        source=recorder.key(payment),
        prepared_by=payment.proposed_by_id,
        reviewed_by=by.pk,
        attachments=1,
        name=str(payment),
    )


def is_receivable(standing: Standing, begins: int) -> bool:
    """Whether a due is in the books: accrued, or from before they begin, in their opening."""
    day = standing.due.due_on
    return standing.is_booked or day.year * 100 + day.month < begins
