"""A contract's life by hand: amended, ended, filed with the town, its gain foreseen."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.contracts.amending import amend, end
from sanzi.contracts.keeping import refigure
from sanzi.contracts.models import Amendment, Contract, Ending, Filing, GainPlan
from sanzi.journal.recorder import record
from sanzi.kernel.money import ZERO, grouped
from sanzi.kernel.refusals import Blocked, Invalid

SOURCE_MAX = 120


@action("contracts.amend")
def amend_contract(
    *,
    contract_id: int,
    changes: Mapping[str, Any],
    effective_on: date,
    signed_on: date,
    kind: str,
    source: str,
    reason: str,
    carries: Mapping[str, Decimal],
    seen: int,
    by: Person,
    now: datetime,
) -> Amendment:
    """Register a signed addendum. `seen`: how many there were when the form was opened, so that a
    double click or a second clerk's form is refused. Otherwise as `amending.amend`."""
    contract: Contract = Contract.objects.claim(contract_id, by)
    if contract.amendments.count() != seen:
        raise Blocked("amendment.moved", "这份合同刚登记过新的补充协议，请刷新核对后再登记")
    if signed_on > localdate(now):
        raise Invalid("amendment.signed", "签订日期不能晚于今天；没有签的协议不能登记")
    amendment = amend(
        contract,
        changes,
        effective_on=effective_on,
        signed_on=signed_on,
        kind=kind,
        source=source,
        reason=reason,
        carries=carries,
        by=by,
        now=now,
    )
    record(
        contract,
        "contracts.amended_by_hand",
        by=by,
        at=now,
        label=f"登记已签订的{amendment}",
        public={"amendment": amendment.pk, "gain": str(amendment.gain)},
    )
    return amendment


@action("contracts.amend")
def end_contract(
    *,
    contract_id: int,
    kind: str,
    ended_on: date,
    source: str,
    reason: str,
    by: Person,
    now: datetime,
) -> Ending:
    """Register the end of a contract. Otherwise as `amending.end`."""
    contract: Contract = Contract.objects.claim(contract_id, by)
    if not source.strip():
        raise Invalid("ending.source", "请写明依据：决议、通知书、判决书等的名称和编号")
    if ended_on > localdate(now):
        raise Invalid("ending.day", "终止日期不能晚于今天；到了那天再登记")
    ending = end(contract, kind, ended_on, source.strip(), by=by, now=now, reason=reason)
    record(
        contract,
        "contracts.ended_by_hand",
        by=by,
        at=now,
        label=f"登记合同终止：{ending.get_kind_display()}",
        public={"ending": ending.pk},
    )
    return ending


@action("contracts.file")
def file_contract(
    *,
    contract_id: int,
    amendment_id: int | None,
    number: str,
    filed_on: date,
    stamped_by: str,
    by: Person,
    now: datetime,
) -> Filing:
    """File a contract, or one of its amendments, with the town (备案盖章); once each.

    Without a number the next of the town's year is given. Raises Blocked: filed before, or by the
    person who registered the amendment.
    """
    contract: Contract = Contract.objects.claim(contract_id, by)
    amendment = None
    if amendment_id is not None:
        amendment = Amendment.objects.claim(amendment_id, by)
        if amendment.contract_id != contract.pk:
            raise Invalid("filing.amendment", "这份协议不属于本合同")
        if amendment.recorded_by_id == by.pk:
            raise Blocked("filing.hands", "这份协议是您登记的，请由另一人备案")
    mine = Filing.objects.visible_to(by).filter(contract=contract, amendment=amendment)
    if before := mine.first():
        raise Blocked("filing.twice", f"已经备案：{before.number}（{before.filed_on}）")
    number = number.strip() or _next_number(contract.town, filed_on.year, by)
    if Filing.objects.visible_to(by).filter(town=contract.town, number=number).exists():
        raise Blocked("filing.number", f"备案编号 {number} 已用过，请另编一号或留空由系统编号")
    if filed_on > localdate(now):
        raise Invalid("filing.day", "备案日期不能晚于今天")
    filing = Filing.objects.create(
        village=contract.village,
        contract=contract,
        amendment=amendment,
        number=number,
        filed_on=filed_on,
        stamped_by=stamped_by.strip(),
        source=f"contracts.contract:{contract.pk}",
        recorded_by=by,
        recorded_at=now,
    )
    record(
        contract,
        "contracts.file",
        by=by,
        at=now,
        label=f"{amendment or '合同'}备案 {number}，{stamped_by}盖章",
        public={"number": number},
    )
    return filing


@action("contracts.keep")
def plan_gain(
    *, contract_id: int, amount: Decimal, reason: str, by: Person, now: datetime
) -> GainPlan:
    """Write down what putting a contract right is expected to bring over its term, in yuan.

    Only until something is signed. Raises Blocked afterwards.
    """
    contract: Contract = Contract.objects.claim(contract_id, by)
    if contract.amendments.exists():
        raise Blocked("plan.signed", "已经签订协议，增收以签订数为准，不再登记计划数")
    if amount < ZERO:
        raise Invalid("plan.amount", "计划增收不能是负数")
    expected: Any = amount
    plan = GainPlan.objects.create(
        village=contract.village,
        contract=contract,
        amount=expected,
        planned_on=localdate(now),
        source=f"contracts.contract:{contract.pk}",
        reason=reason.strip(),
        recorded_by=by,
        recorded_at=now,
    )
    refigure([contract])
    record(
        contract,
        "contracts.plan_gain",
        by=by,
        at=now,
        label=f"计划增收 {grouped(amount)} 元",
        public={"reason": reason.strip()},
    )
    return plan


def _next_number(town: str, year: int, by: Person) -> str:
    """区划码-年度-备案-序号; numbers of a town's year stand in order."""
    start = f"{town}-{year}-BA-"
    used = Filing.objects.visible_to(by).filter(town=town, number__startswith=start)
    last = used.order_by("-number").values_list("number", flat=True).first()
    return f"{start}{int(last.removeprefix(start)) + 1 if last else 1:04d}"
