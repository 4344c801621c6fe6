"""转债权: a contract's overdue dues become claims, each once, and are owed there from then on."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.contracts.keeping import refigure
from sanzi.contracts.models import Arrear, Contract, Due
from sanzi.contracts.standing import Standing, standings
from sanzi.journal.recorder import Trace, key, record_many
from sanzi.kernel.money import ZERO, grouped
from sanzi.kernel.refusals import Blocked, Invalid
from sanzi.parties.registry import involve
from sanzi.receivables.keeping import keep
from sanzi.receivables.models import Claim

NATURE = "承包费租金"


@action("contracts.keep")
def claim_arrears(
    *, contract_id: int, due_ids: Sequence[int], by: Person, now: datetime
) -> list[Claim]:
    """Turn overdue dues of a contract into claims: one claim for each, its rest and its own day.

    The claim's limitation runs from the due's day; it is formed today, so the locked base of the
    campaign stays what it was. Raises Invalid: none chosen, not overdue. Raises Blocked: turned
    before, or money for it waits for its second hand.
    """
    contract: Any = Contract.objects.claim(contract_id, by)
    today = localdate(now)
    dues = [Due.objects.claim(pk, by) for pk in sorted(set(due_ids))]
    if not dues or any(due.contract_id != contract.pk for due in dues):
        raise Invalid("arrears.none", "请勾选本合同要转为债权的逾期应收款")
    found = standings(dues, today)
    for one in found:
        _check(one)
    base_on = _base_of(contract.town, by)
    claims = [_claim(contract, one, base_on, today) for one in found]
    for one, claim in zip(found, claims, strict=True):
        rest: Any = one.owed
        Arrear.objects.create(
            village=contract.village,
            due=one.due,
            claim_number=claim.number,  # type: ignore[attr-defined]
            amount=rest,
            claimed_on=today,
            claimed_by=by,
        )
    if contract.party_id is not None:
        involve("receivables", [(c.pk, c.village, contract.party_id) for c in claims])
    keep(claims, today)
    refigure([contract])
    record_many(_traces(contract, found, claims), by=by, at=now)
    return claims


def _check(one: Standing) -> None:
    if one.claimed:
        raise Blocked("arrears.twice", f"{one.due} 已转为债权 {one.claim_number}，不能再转一次")
    if one.due.withdrawn_at is not None:
        raise Blocked("arrears.withdrawn", f"{one.due} 已随协议撤回")
    if one.promised:
        raise Blocked("arrears.waiting", f"{one.due} 有收款等待复核，请先复核或退回")
    if not one.is_overdue:
        raise Invalid("arrears.early", f"{one.due} 还没有逾期欠款，不能转为债权")


def _claim(contract: Any, one: Standing, base_on: date | None, today: date) -> Claim:
    due: Any = one.due
    rest: Any = one.owed
    claim: Any = Claim(
        village=contract.village,
        number=_number(contract.number, due.ordinal),
        party=contract.party,
        debtor=contract.contractor,
        debtor_kind=contract.contractor_kind,
        debtor_id=contract.contractor_id,
        debtor_id_hash=contract.contractor_id_hash,
        debtor_phone=contract.contractor_phone,
        debtor_phone_hash=contract.contractor_phone_hash,
        nature=NATURE,
        book="账内" if one.is_booked else "账外",
        contract_number=contract.number,
        formed_on=today,
        due_on=due.due_on,
        principal=due.amount,
        received_amount=due.amount - rest,
        balance=rest,
        evidence="有",
        cause=f"合同第 {due.ordinal} 期（{due.from_on} 至 {due.to_on}）逾期",
        base_on=base_on,
    )
    claim.save()
    made: Claim = claim
    return made


def _number(contract_number: str, ordinal: int) -> str:
    """The contract's own number, with the due's; a number holds sixty characters."""
    end = f"-Q{ordinal:03d}"
    return f"{contract_number[: 60 - len(end)]}{end}"


def _base_of(town: str, by: Person) -> date | None:
    """The day the town's base was locked, as its other claims carry it; long ago without any, so
    that what falls into arrears today is never part of it."""
    known = Claim.objects.visible_to(by).filter(town=town, base_on__isnull=False)
    return known.values_list("base_on", flat=True).first() or date.min


def _traces(contract: Any, found: Sequence[Standing], claims: Sequence[Claim]) -> list[Trace]:
    traces = []
    for one, claim in zip(found, claims, strict=True):
        number: str = claim.number  # type: ignore[attr-defined]
        said = f"{one.due} 欠 {grouped(one.owed or ZERO)} 元转为债权 {number}"
        facts = {"claim": number, "due": one.due.ordinal}
        traces.append(Trace(key(contract), "dues.claim", contract.village, said, facts))
        born = f"由合同 {contract.number} {one.due}逾期形成"
        traces.append(Trace(key(claim), "dues.claim", contract.village, born, facts))
    return traces
