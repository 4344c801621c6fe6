"""民间欠款: declared by one side, confirmed by the other, cancelled by a movement, never erased."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.access.scope import covers
from sanzi.documents.papers import attach
from sanzi.journal.recorder import record
from sanzi.kernel.codes import (
    check_party_id,
    check_phone,
    fold,
    fold_code,
    fold_phone,
    mask_id,
    mask_phone,
)
from sanzi.kernel.money import ZERO, grouped
from sanzi.kernel.refusals import Blocked, Invalid, Missing
from sanzi.letters.models import Letter
from sanzi.letters.writing import end
from sanzi.netting.answering import debt_of, refuse_too_many
from sanzi.netting.models import PrivateDebt, PrivateMovement
from sanzi.netting.private_moving import lower
from sanzi.netting.queries import is_collective, told_already
from sanzi.netting.writing import write_confirmation
from sanzi.parties.registry import Named, find_or_make, involve
from sanzi.store.sealed import Sealed, keyed_hash, seal

SIGNED_MIN, WORDS_MIN = 2, 2
VILLAGE_CODE = 12
Stage = PrivateDebt.Stage


@dataclass(frozen=True)
class Told:
    """One side of a debt as the form has it; number and telephone in clear, sealed at once."""

    name: str
    kind: str
    number: str = ""
    phone: str = ""


@action("netting.declare")
def declare(
    *,
    village: str,
    debtor: Told,
    creditor: Told,
    told_by: str,
    amount: Decimal,
    formed_on: date,
    due_on: date | None,
    words: str,
    evidence: str,
    key: str,
    files: Sequence[Any] = (),
    by: Person,
    now: datetime,
) -> PrivateDebt:
    """Enter a debt as one side tells it; the other side gets a letter with a link of its own.

    `key` is the form's own: sent twice it is one debt. Raises Missing, Invalid, Blocked.
    """
    if len(village) != VILLAGE_CODE or not covers(by, village):
        raise Missing("scope.missing", "没有找到这个村，请从本辖区的村中选择")
    if known := PrivateDebt.objects.visible_to(by).filter(key=key).first():
        return known
    _check(told_by, amount, formed_on, due_on, words, evidence, localdate(now))
    sides = {"debtor": _checked(debtor), "creditor": _checked(creditor)}
    parties = _parties(village, sides)
    money: dict[str, Any] = {"amount": amount, "left": amount}
    one = PrivateDebt(
        village=village, told_by=told_by, formed_on=formed_on, due_on=due_on, words=words.strip(),
        evidence=evidence.strip(), key=key, declared_by=by, declared_at=now, **money,
        **_columns(sides, parties),
    )  # fmt: skip
    if told_already(one):
        raise Blocked("netting.known", "双方之间同一天、同一金额的欠款已经登记过，请先查看台账")
    one.save()
    one.asked = write_confirmation(one, by=by, now=now)
    one.number = one.asked.serial
    one.save(update_fields=["asked", "number"])
    for side, party in parties.items():
        involve(f"private.{side}", [(one.pk, village, party.pk)])
    attach(one, files, by=by, now=now)
    record(
        one, "netting.declare", by=by, at=now, label="登记民间欠款",
        public={"subject": f"{one.number} {grouped(amount)} 元"},
    )  # fmt: skip
    return one


@action("anyone")
def answer_debt(
    *, letter: Letter, given: str, signed_as: str, address: str = "", by: Person | None,
    now: datetime,
) -> PrivateDebt:  # fmt: skip
    """The word of the side that was asked, by its link. `letter` is the one the token named."""
    refuse_too_many(address, now)
    one = _answered(debt_of(letter, locked=True), given, signed_as, by=None, now=now)
    record(
        one, "netting.answer_debt", by=None, at=now, label="收到扫码确认",
        public={"subject": f"{one.number} {one.get_stage_display()}"},
    )  # fmt: skip
    return one


@action("netting.declare")
def enter_debt(
    *, debt_id: int, given: str, signed_as: str, files: Sequence[Any] = (), by: Person,
    now: datetime,
) -> PrivateDebt:  # fmt: skip
    """Enter the signed paper with its scan; without a scan a confirmation does not count."""
    one: PrivateDebt = PrivateDebt.objects.claim(debt_id, by)
    if given == "yes" and not files:
        raise Invalid("netting.scan", "请上传签了字的欠款确认书扫描件")
    attach(one, files, by=by, now=now)
    _answered(one, given, signed_as, by=by, now=now)
    record(
        one, "netting.enter_debt", by=by, at=now, label="登记纸质确认",
        public={"subject": f"{one.number} {one.get_stage_display()}"},
    )  # fmt: skip
    return one


@action("netting.declare")
def cancel_debt(*, debt_id: int, reason: str, by: Person, now: datetime) -> PrivateDebt:
    """注销: paid between the two, or a mistake; what is left is taken off by a movement."""
    one: PrivateDebt = PrivateDebt.objects.claim(debt_id, by)
    if one.stage == Stage.CANCELLED:
        raise Blocked("netting.cancelled", "这笔欠款已经注销，请刷新查看")
    if len(reason.strip()) < WORDS_MIN:
        raise Invalid("netting.words", "请写明注销的原因，例如已还清、登记有误")
    if one.left > ZERO:
        lower(
            one, one.left, kind=PrivateMovement.Kind.CANCELLED, dated=localdate(now),
            source=f"netting.private:{one.pk}/cancel", note=reason.strip(), by=by, now=now,
        )  # fmt: skip
    if one.asked is not None and one.asked.ended is None:
        end(one.asked, reason="欠款已注销", by=by, now=now)
    one.stage, one.reason = Stage.CANCELLED, reason.strip()[:200]
    one.save(update_fields=["stage", "reason"])
    record(
        one, "netting.cancel_debt", by=by, at=now, label="注销民间欠款",
        public={"subject": one.number, "reason": one.reason},
    )  # fmt: skip
    return one


@action("sealed.reveal")
def reveal_debt(*, debt_id: int, reason: str, by: Person, now: datetime) -> dict[str, str]:
    """Numbers and telephones of both sides in clear; the look and its reason go on record."""
    one: PrivateDebt = PrivateDebt.objects.claim(debt_id, by)
    if len(reason.strip()) < WORDS_MIN:
        raise Invalid("reveal.reason", "请写明用途")
    names = ("debtor_id", "debtor_phone", "creditor_id", "creditor_phone")
    sealed = {name: getattr(one, name) for name in names}
    clear = {name: value.reveal() for name, value in sealed.items() if value is not None}
    record(
        one, "sealed.reveal", by=by, at=now, label="查看原文",
        public={"subject": "证件号、电话", "reason": reason.strip()[:100]},
    )  # fmt: skip
    return clear


def _check(
    told_by: str,
    amount: Decimal,
    formed_on: date,
    due_on: date | None,
    words: str,
    evidence: str,
    today: date,
) -> None:
    if told_by not in PrivateDebt.Side.values:
        raise Invalid("netting.side", "请选择由谁申报")
    if amount <= ZERO or amount * 100 % 1:
        raise Invalid("netting.amount", "金额应大于零，最小到分")
    if formed_on > today:
        raise Invalid("netting.formed", f"形成日期 {formed_on} 晚于今天，请核对")
    if due_on is not None and due_on < formed_on:
        raise Invalid("netting.due", "约定归还日期不能早于形成日期")
    if len(words.strip()) < WORDS_MIN or len(evidence.strip()) < WORDS_MIN:
        raise Invalid("netting.words", "请写明事由和凭据，例如：2024年修渠人工费，欠条")


def _checked(told: Told) -> Told:
    """One side with its name, number and telephone as they are kept. Raises Invalid."""
    name, number = fold(told.name), fold_code(told.number)
    phone = fold_phone(told.phone)
    if len(name) < WORDS_MIN or told.kind not in PrivateDebt.Kind.values:
        raise Invalid("netting.party", "请填写双方的名称和类型")
    if number and (why := check_party_id(number)):
        raise Invalid("netting.number", f"{name}的证件号有误：{why}")
    if phone and (why := check_phone(phone)):
        raise Invalid("netting.phone", f"{name}的电话有误：{why}")
    if is_collective(name, number):
        raise Invalid("netting.collective", f"{name}是村集体，它的欠款请登记在债权、债务台账")
    return Told(name, told.kind, number, phone)


def _parties(village: str, sides: Mapping[str, Told]) -> dict[str, Any]:
    """The party of each side, the same as in the registers of claims and debts. Raises Invalid."""
    named = {
        side: Named(
            village, told.name, told.kind, keyed_hash(told.number) if told.number else "",
            mask_id(told.number) if told.number else "",
        )
        for side, told in sides.items()
    }  # fmt: skip
    found = find_or_make(named.values())
    parties = {side: found[one] for side, one in named.items()}
    if parties["debtor"].pk == parties["creditor"].pk:
        raise Invalid("netting.same", "欠款方和被欠方是同一个人，请核对；同名的请填写证件号")
    return parties


def _columns(sides: Mapping[str, Told], parties: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for side, told in sides.items():
        found |= {
            side: told.name,
            f"{side}_kind": told.kind,
            f"{side}_party": parties[side],
            f"{side}_id": _sealed(told.number, mask_id),
            f"{side}_phone": _sealed(told.phone, mask_phone),
        }
    return found


def _sealed(value: str, mask: Any) -> Sealed | None:
    return seal(value, mask) if value else None


def _answered(
    one: PrivateDebt, given: str, signed_as: str, *, by: Person | None, now: datetime
) -> PrivateDebt:
    if given not in ("yes", "no"):
        raise Invalid("netting.answer", "请选择确认或不认可")
    if len(signed_as.strip()) < SIGNED_MIN:
        raise Invalid("netting.signed", "请写上您的姓名")
    if one.stage != Stage.DECLARED:
        raise Blocked("netting.answered", f"这笔欠款现在是“{one.get_stage_display()}”，不能再答复")
    one.stage = Stage.CONFIRMED if given == "yes" else Stage.DENIED
    one.signed_as, one.answered_at, one.entered_by = signed_as.strip()[:40], now, by
    one.save(update_fields=["stage", "signed_as", "answered_at", "entered_by"])
    return one
