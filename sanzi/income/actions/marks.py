"""One-off income shown apart: one person marks it with a reason, another confirms or refuses."""

from datetime import datetime
from decimal import Decimal

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.accounting.keys import lines_of
from sanzi.accounting.models import Kind, Line, Voucher
from sanzi.income.models import OneOff
from sanzi.income.parts import part_of
from sanzi.income.queries import is_marked, judged_by, marked_of, years_in
from sanzi.income.stages import Hand
from sanzi.journal.recorder import record
from sanzi.kernel.money import from_fen, grouped
from sanzi.kernel.refusals import Blocked, Invalid, Missing
from sanzi.villages.models import Income

REASON_MAX = 200


@action("income.mark")
def mark_line(
    *, voucher_id: int, line_id: int, kind: str, reason: str, by: Person, now: datetime
) -> OneOff:
    """Propose that a line of income is one-off, the whole of it. Raises Invalid, Blocked."""
    voucher: Voucher = Voucher.objects.claim(voucher_id, by)
    low, high = lines_of(voucher.pk)
    line = (
        Line.objects.of(voucher.book).filter(pk=line_id).first() if low <= line_id <= high else None
    )
    part = part_of(voucher.book.scheme, line.account) if line else None
    if line is None or part is None or part.category != "income":
        raise Invalid("mark.line", "这一行不是收入，不能单列为一次性收入")
    if line.credit <= 0 or voucher.kind == Kind.CLOSING:
        raise Invalid("mark.line", "红字、借方和结转的行不单列，请核对原来的那一笔")
    apart = judged_by(voucher.book.village, voucher.dated).accounts
    if apart.has(voucher.book.scheme, line.account):
        raise Blocked("mark.account", "这个科目已按标准整体单列，不用再逐笔提出")
    if is_marked(line_id):
        raise Blocked("mark.twice", "这一行已经提出过，请在“一次性收入”里查看")
    return _propose(
        OneOff(
            village=voucher.book.village, year=voucher.dated.year, part=part.key,
            amount=line.credit, kind=kind, reason=_reason(reason), book=voucher.book,
            voucher=voucher, line=line_id, proposed_by=by, proposed_at=now,
        )
    )  # fmt: skip


@action("income.mark")
def mark_row(
    *,
    village: str,
    year: int,
    part: str,
    amount: Decimal,
    kind: str,
    reason: str,
    by: Person,
    now: datetime,
) -> OneOff:
    """Propose an amount of a register row as one-off, for a village whose year has no books.

    Raises Missing outside `by`'s region, Invalid beyond what the part holds.
    """
    # Two who mark parts of one row must not come to more than it holds.
    Income.objects.visible_to(by).filter(village=village, year=year).select_for_update().first()
    held = years_in(village, year).get(village) if _sees(by, village) else None
    if held is None:
        raise Missing("scope.missing", "没有找到该记录")
    if held.origin != "register":
        raise Blocked("mark.books", "这个村当年有账簿，请在凭证的收入行上提出")
    known = from_fen(held.amounts.get(part, 0))
    rest = known - marked_of(village, year, part)
    if not 0 < amount <= rest:
        raise Invalid("mark.amount", f"金额应大于 0，且不超过这一项还没有单列的 {grouped(rest)} 元")
    return _propose(
        OneOff(
            village=village, year=year, part=part, amount=amount, kind=kind,
            reason=_reason(reason), proposed_by=by, proposed_at=now,
        )
    )  # fmt: skip


@action("income.review")
def decide(*, mark_id: int, accepts: bool, reason: str, by: Person, now: datetime) -> OneOff:
    """Confirm a mark, or refuse it (a confirmed one too) with a reason. Raises Blocked."""
    mark: OneOff = OneOff.objects.claim(mark_id, by)
    if mark.stage == Hand.REFUSED or accepts and mark.stage == Hand.CONFIRMED:
        raise Blocked("mark.moved", "这一笔已经复核过，请刷新查看")
    if mark.proposed_by_id == by.pk:
        raise Blocked("mark.duties", "提出人和复核人不能是同一人，请换人复核")
    mark.stage = Hand.CONFIRMED if accepts else Hand.REFUSED
    mark.decided_by, mark.decided_at = by, now
    mark.decided_for = reason.strip()[:REASON_MAX] if accepts else _reason(reason)
    mark.save(update_fields=["stage", "decided_by", "decided_at", "decided_for"])
    done = "同意单列" if accepts else "不同意单列"
    record(mark, "income.decide", by=by, at=now,
           label=f"{done}{mark.get_kind_display()} {grouped(mark.amount)} 元",
           public={"reason": mark.decided_for, "stage": mark.stage})  # fmt: skip
    return mark


def _propose(mark: OneOff) -> OneOff:
    if mark.kind not in OneOff.Kind.values:
        raise Invalid("mark.kind", "请选择性质")
    mark.save()
    record(mark, "income.mark", by=mark.proposed_by, at=mark.proposed_at,
           label=f"提出单列{mark.get_kind_display()} {grouped(mark.amount)} 元",
           public={"reason": mark.reason, "part": mark.part, "year": mark.year})  # fmt: skip
    return mark


def _sees(by: Person, village: str) -> bool:
    return by.region_code is not None and village.startswith(by.region_code)


def _reason(text: str) -> str:
    text = text.strip()[:REASON_MAX]
    if not text:
        raise Invalid("reason.missing", "请写明理由")
    return text
