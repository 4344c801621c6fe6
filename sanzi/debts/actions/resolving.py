"""化解债务: proposed by one, approved where it must be, confirmed and posted by another."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.accounting.posting import post
from sanzi.accounting.reversal import undo_letter
from sanzi.debts import movements
from sanzi.debts.auditing import Told, report_of
from sanzi.debts.booking import entry_of
from sanzi.debts.facing import Facing
from sanzi.debts.models import Debt, Resolving
from sanzi.debts.stages import OPEN, TITLES, Stage
from sanzi.debts.ways import BY_CODE, Amounts, fault_of, parts_of
from sanzi.debts.workflow import RESOLVING, WITH_REASON
from sanzi.dispositions.models import Disposition
from sanzi.dispositions.movements import Movement, mirror_of
from sanzi.documents.papers import attach, hashes_on
from sanzi.journal.recorder import record
from sanzi.kernel.money import ZERO, grouped
from sanzi.kernel.protections import against_setting_off
from sanzi.kernel.refusals import Blocked, Invalid
from sanzi.receivables import movements as of_claims
from sanzi.receivables.models import Claim

NO_AUDIT = Told()


@action("debts.work")
def propose(
    *,
    debt_id: int,
    way: str,
    amount: Decimal,
    dated: date,
    key: str,
    paid: Decimal = ZERO,
    carrying: Decimal = ZERO,
    claim_id: int | None = None,
    means: str = "",
    money: str = "bank",
    basis: str = "",
    audit: Told = NO_AUDIT,
    files: Sequence[Any] = (),
    by: Person,
    now: datetime,
) -> Resolving:
    """Put a step out of a debt forward, with what proves it. `key` is the form's own number.

    Raises Invalid for amounts or days that make no sense; Blocked for a second open step, more
    than is left, or means the law keeps out of set-offs (`means`: what our claim stands for).
    """
    debt: Any = Debt.objects.claim(debt_id, by)
    if Resolving.objects.visible_to(by).filter(key=key).exists():
        raise Blocked("debt.twice", "这张表已经提交过，没有重复登记；请在债务页面查看")
    if debt.steps.filter(stage__in=OPEN).exists():
        raise Blocked("debt.open", "这笔债务还有未办完的化解事项，请先办完或撤回")
    amounts = Amounts(amount, paid if "paid" in BY_CODE[way].asks else amount, carrying)
    _check(debt, way, amounts, dated, localdate(now))
    against = _claim_against(way, claim_id, amount, means, by)
    one = Resolving.objects.create(
        village=debt.village, debt=debt, way=way, amount=amount, paid=amounts.paid,
        carrying=carrying, dated=dated, claim=against, money=money, basis=basis.strip(),
        audit=report_of(way, debt, audit, dated, by=by, now=now),
        proposed_by=by, proposed_at=now, key=key,
    )  # fmt: skip
    if files:
        attach(one, files, by=by, now=now)
    record(
        debt, "debts.propose", by=by, at=now,
        label=f"提出化解：{one.way_row.title} {grouped(amount)} 元",
        public={"way": way, "step": one.pk, "reason": one.basis, "audit": str(one.audit or "")},
    )  # fmt: skip
    return one


@action("registers.view")
def take_step(
    *, resolving_id: int, step: str, reason: str = "", by: Person, now: datetime
) -> Resolving:
    """Approve, refuse, send back, withdraw, or ask to have a done step taken back."""
    one: Resolving = Resolving.objects.claim(resolving_id, by)
    if step in ("confirm", "reverse") or step not in {one.name for one in RESOLVING.steps}:
        raise Invalid("debt.step", "没有这一步，请从页面上的按钮办理")
    admitted = RESOLVING.admit(step, Facing(one, by), by)
    reason = reason.strip()
    if step in WITH_REASON and len(reason) < 2:
        raise Invalid("debt.reason", "请写明原因，至少 2 个字")
    one.stage, one.reason = admitted.target, reason
    if step == "approve":
        one.approved_by, one.approved_at = by, now
    if step == "ask_reversal":
        one.reversal_asked_by = by
    one.save()
    record(
        one.debt, f"debts.{step}", by=by, at=now, label=f"{admitted.label}：{one}",
        public={"step": one.pk, "stage": TITLES[one.stage], "reason": reason},
    )  # fmt: skip
    return one


@action("debts.confirm")
def confirm(*, resolving_id: int, by: Person, now: datetime) -> Resolving:
    """Confirm a step: its voucher, its movements and the figures, in one transaction."""
    one: Resolving = Resolving.objects.claim(resolving_id, by)
    one.debt = Debt.objects.claim(one.debt_id, by)
    if one.claim_id is not None:
        one.claim = Claim.objects.claim(one.claim_id, by)
    RESOLVING.admit("confirm", Facing(one, by), by)
    entry = entry_of(one, papers=hashes_on(one), by=by)
    posted = post([entry], by=by, now=now) if entry else []
    one.voucher_id = posted[0].id if posted else None
    _move(one, by, now)
    one.stage, one.confirmed_by, one.confirmed_at = Stage.DONE, by, now
    one.save()
    unbooked = "本村没有账套，未记账" if one.way_row.legs else "不记账"
    said = posted[0].title if posted else unbooked
    record(
        one.debt, "debts.confirm", by=by, at=now,
        label=f"确认化解：{one.way_row.title} {grouped(one.amount)} 元，{said}",
        public={"step": one.pk, "voucher": one.voucher_id},
    )  # fmt: skip
    return one


@action("debts.confirm")
def reverse(*, resolving_id: int, by: Person, now: datetime) -> Resolving:
    """Take a done step back: its voucher undone (red within the year), its movements mirrored."""
    one: Resolving = Resolving.objects.claim(resolving_id, by)
    one.debt = Debt.objects.claim(one.debt_id, by)
    RESOLVING.admit("reverse", Facing(one, by), by)
    today, source = localdate(now), f"debts.resolving:{one.pk}"
    if one.voucher is not None:
        assert one.reversal_asked_by_id is not None, "somebody asked for it"
        red = undo_letter(
            one.voucher, dated=today, prepared_by=one.reversal_asked_by_id, reviewed_by=by.pk,
            cashier=None, source=f"{source}/red",
        )  # fmt: skip
        one.red_id = post([red], by=by, now=now)[0].id
    _move_back(one, today, by, now)
    one.stage = Stage.REVERSED
    one.save()
    record(
        one.debt, "debts.reverse", by=by, at=now, label=f"冲回：{one}",
        public={"step": one.pk, "reason": one.reason, "voucher": one.red_id},
    )  # fmt: skip
    return one


def _check(debt: Any, way: str, amounts: Amounts, dated: date, today: date) -> None:
    if fault := fault_of(BY_CODE[way], amounts):
        raise Invalid("debt.amount", fault)
    if dated > today:
        raise Invalid("debt.ahead", f"日期 {dated} 晚于今天，请核对")
    left = debt.left or ZERO
    if amounts.gross > left:
        raise Blocked(
            "debt.more", f"这笔债务尚欠 {grouped(left)} 元，不能化解 {grouped(amounts.gross)} 元"
        )


def _claim_against(
    way: str, claim_id: int | None, amount: Decimal, means: str, by: Person
) -> Claim | None:
    """The claim set off against the debt, if the way is a set-off and the law lets it be one."""
    if "claim" not in BY_CODE[way].asks:
        return None
    if claim_id is None:
        raise Invalid("debt.claim", "请选择用来抵销的债权")
    if banned := against_setting_off(means):
        raise Blocked("debt.protected", str(banned))
    claim = Claim.objects.claim(claim_id, by)
    free = (claim.left or ZERO) - (claim.put_aside or ZERO)
    if amount > free:
        raise Blocked(
            "debt.claim",
            f"债权 {claim.number} 可抵 {grouped(free)} 元，不能抵 {grouped(amount)} 元",
        )
    return claim


def _move(one: Resolving, by: Person, now: datetime) -> None:
    """The debt falls, and with it the claim it was set off against."""
    source, way = f"debts.resolving:{one.pk}", one.way_row
    more: dict[str, Any] = {
        "voucher": one.voucher_id,
        "note": f"{way.code} {way.title} {one.basis}".strip(),
    }
    if parts := parts_of(way, one.amounts):
        movements.move_all(
            [
                Movement(
                    thing=one.debt, method=method, amount=amount, dated=one.dated,
                    source=f"{source}/{n}", **more,
                )
                for n, (method, amount) in enumerate(parts, start=1)
            ],
            by=by, now=now,
        )  # fmt: skip
    if one.claim is not None:
        of_claims.move(
            one.claim, way.methods[0], one.amount, one.dated, source=f"{source}/claim",
            by=by, now=now, **more,
        )  # fmt: skip


def _move_back(one: Resolving, dated: date, by: Person, now: datetime) -> None:
    source = f"debts.resolving:{one.pk}/"
    made = Disposition.objects.visible_to(by).filter(source__startswith=source)
    for act in made.filter(reverses=None).order_by("pk"):
        is_claims = act.kind == of_claims.KIND
        thing: Any = one.debt
        if is_claims:
            assert one.claim_id is not None, "a claim moved with it"
            thing = Claim.objects.claim(one.claim_id, by)
        mirror = mirror_of(
            act, thing, dated=dated, reason=one.reason, source=f"{act.source}/red",
            voucher=one.red_id,
        )  # fmt: skip
        (of_claims if is_claims else movements).move_all([mirror], by=by, now=now)
