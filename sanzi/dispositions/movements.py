"""Movements: acts that an action writes, appended for good, put right only by their mirror image.

Not for pages: moving.py knows what a row owes and keeps its figures true; it calls this.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Max
from django.utils.timezone import localdate

from sanzi.access.models import Person
from sanzi.kernel.money import grouped
from sanzi.kernel.refusals import Blocked, Invalid

from .models import Disposition


@dataclass(frozen=True, kw_only=True)
class Movement:
    """One movement to be made on a claim or debt (`thing`), which the caller has claimed.

    `amount` in yuan takes off what is owed (None: nothing moves, as with a letter). `source` names
    the event once and for all ("receivables.step:17/cash"). `voucher` is the key of the voucher
    posted for it in the same action, None where no books are kept or none is needed.
    """

    thing: Any
    method: str
    amount: Decimal | None
    dated: date
    source: str
    voucher: int | None = None
    note: str = ""
    document_number: str = ""
    handled_by: str = ""
    reverses: Disposition | None = None


def append(kind: str, moves: Sequence[Movement], *, by: Person, now: datetime) -> list[Disposition]:
    """Write movements of one kind of thing (债权, 债务). Runs inside an action.

    Raises Invalid for what makes no sense, Blocked for an event that has moved something before.
    """
    assert connection.in_atomic_block, "a movement commits with its cause"
    for move in moves:
        _check(move, localdate(now))
    _refuse_known_sources(moves)
    return [_write(kind, move, by, now) for move in moves]


def mirror_of(
    movement: Disposition,
    thing: Any,
    *,
    dated: date,
    reason: str,
    source: str,
    voucher: int | None = None,
) -> Movement:
    """The movement that takes another back: the same kind, the amount negative, with the reason.

    Raises Blocked when it was taken back before or is itself a mirror image, Invalid without reason
    or before the day of what it takes back.
    """
    if movement.reverses_id is not None:
        raise Blocked("movement.mirror", "冲回记录本身不能再冲回，请重新登记正确的变动")
    if Disposition.objects.filter(reverses=movement).exists():
        raise Blocked("movement.reversed", "这条变动已经冲回，不能重复冲回")
    if not reason.strip():
        raise Invalid("movement.reason", "请写明冲回的原因")
    if dated < movement.dated:
        raise Invalid("movement.dated", f"冲回日期不能早于原变动的日期 {movement.dated}")
    taken: Decimal | None = movement.amount  # type: ignore[attr-defined]
    amount = None if taken is None else -taken
    return Movement(
        thing=thing,
        method=movement.method,
        amount=amount,
        dated=dated,
        source=source,
        voucher=voucher,
        note=f"冲回{movement.dated}{movement.method}：{reason.strip()}",
        document_number=movement.document_number,
        reverses=movement,
    )


def _check(move: Movement, today: date) -> None:
    assert move.source, "a movement names the event behind it"
    if move.dated > today:
        raise Invalid("movement.ahead", f"日期 {move.dated} 晚于今天，请核对")
    if move.amount is None:
        return
    if move.amount * 100 % 1:
        raise Invalid("movement.amount", f"金额 {move.amount} 超过两位小数，请核对到分")
    if move.reverses is None and move.amount <= 0:
        raise Invalid("movement.amount", f"金额应大于零，当前为 {grouped(move.amount)} 元")


def _refuse_known_sources(moves: Sequence[Movement]) -> None:
    sources = [move.source for move in moves]
    assert len(set(sources)) == len(sources), "each movement has a source of its own"
    known = Disposition.objects.filter(source__in=sources).first()
    if known is not None:
        raise Blocked("movement.known", f"这笔业务已在 {known.dated} 登记为“{known.method}”")


def _write(kind: str, move: Movement, by: Person, now: datetime) -> Disposition:
    key = {
        "kind": kind,
        "village": move.thing.village,
        "target_number": move.thing.number,
        "dated": move.dated,
        "method": move.method,
        "document_number": move.document_number,
    }
    last = Disposition.objects.filter(**key).aggregate(last=Max("ordinal"))["last"] or 0
    return Disposition.objects.create(
        **key,
        ordinal=last + 1,
        amount=move.amount,
        handled_by=move.handled_by or by.name,
        remark=move.note,
        source=move.source,
        voucher_id=move.voucher,
        reverses=move.reverses,
        recorded_by=by,
        recorded_at=now,
    )
