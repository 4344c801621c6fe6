"""What every feature that changes a contract calls: amend it, or end it, never overwrite it.

Both run inside the caller's action (a remedy of the clean-up, a page of this feature) and write
their own entry in the journal. The row of the contract stays as it was signed.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from sanzi.access.models import Person
from sanzi.holdings.vacancy import vacate
from sanzi.journal.recorder import key, record
from sanzi.kernel.money import ZERO, yuan
from sanzi.kernel.refusals import Blocked, Invalid

from .figures import gain_of
from .keeping import refigure
from .laying import lay_anew, stop
from .models import Amendment, Carried, Contract, Ending, Schedule
from .planning import rule_of
from .queries import ending_of, terms_on
from .wording import AMENDABLE, COLUMNS, PRICED, Change, read, written

REASON_MAX = 500


def amend(
    contract: Contract,
    changes: Mapping[str, Any],
    *,
    effective_on: date,
    source: str,
    by: Person,
    now: datetime,
    kind: str = Amendment.Kind.SUPPLEMENT,
    signed_on: date | None = None,
    reason: str = "",
    carries: Mapping[str, Decimal] | None = None,
) -> Amendment:
    """Write down what a contract the caller has claimed says otherwise from a day on.

    `changes`: terms by field (wording.AMENDABLE) with their new values, money in yuan; `source`:
    the matter it rests on, as the journal names it (`cleanup.case:12`). `carries`: open claims by
    number whose amount the new price includes, so that no benefit is counted twice. Untouched dues
    from that day on are laid anew. Runs inside an action.

    Raises Invalid: a term that cannot be amended, nothing changed, an end before the start. Raises
    Blocked: the contract has ended.
    """
    assert transaction.get_connection().in_atomic_block, "an amendment commits with its cause"
    _refuse_ended(contract)
    before = terms_on(contract, date.max)
    spelt = _spelt(before, changes, kind)
    after = {**before, **{field: read(field, pair[1]) for field, pair in spelt.items()}}
    _check(contract, after, effective_on, source)
    carried = sum((carries or {}).values(), ZERO)
    gain: Any = gain_of(before, after, effective_on, _rule(contract, after), carried)
    amendment = Amendment.objects.create(
        village=contract.village,
        contract=contract,
        gain=gain,
        ordinal=contract.amendments.count() + 1,
        kind=kind,
        effective_on=effective_on,
        signed_on=signed_on or localdate(now),
        changes=spelt,
        ends_on=after.get("ends_on"),
        source=source,
        reason=reason[:REASON_MAX],
        recorded_by=by,
        recorded_at=now,
    )
    _carry(amendment, carries or {}, by=by, now=now)
    if PRICED & spelt.keys():
        lay_anew(contract, before, after, amendment, now)
    refigure([contract])
    titles = [COLUMNS[field].title for field in spelt]
    record(
        contract,
        "contracts.amend",
        by=by,
        at=now,
        label=f"{amendment.get_kind_display()}（第 {amendment.ordinal} 号），{effective_on} 起生效",
        public={"source": source, "reason": reason, "fields": titles, "amendment": amendment.pk},
    )
    return amendment


def end(
    contract: Contract,
    kind: str,
    on: date,
    source: str,
    *,
    by: Person,
    now: datetime,
    reason: str = "",
) -> Ending:
    """End a contract the caller has claimed; nothing falls due beyond that day.

    `kind`: agreed, notice, expiry, court, invalid. What was let becomes vacant in its register,
    unless the contract ends in the future. Runs inside an action. Raises Invalid: a kind or a day
    that cannot be. Raises Blocked: it has ended before.
    """
    assert transaction.get_connection().in_atomic_block, "an end commits with its cause"
    _refuse_ended(contract)
    if kind not in Ending.Kind.values:
        raise Invalid("ending.kind", f"终止方式请选：{'、'.join(Ending.Kind.labels)}")
    starts_on = contract.starts_on or contract.signed_on  # type: ignore[attr-defined]
    if starts_on and on < starts_on:
        raise Invalid("ending.day", f"终止日期不能早于合同起始日 {starts_on}")
    ending = Ending.objects.create(
        village=contract.village,
        contract=contract,
        kind=kind,
        ended_on=on,
        source=source,
        reason=reason[:REASON_MAX],
        recorded_by=by,
        recorded_at=now,
    )
    taken = stop(contract, on, key(ending), now)
    terms = terms_on(contract, on)
    vacate(contract.village, terms.get("object_number"), source=key(contract), by=by, now=now)
    refigure([contract])
    record(
        contract,
        "contracts.end",
        by=by,
        at=now,
        label=f"合同终止：{ending.get_kind_display()}，{on}",
        public={"source": source, "reason": reason, "dues_withdrawn": taken},
    )
    return ending


def _rule(contract: Contract, after: Mapping[str, Any]) -> Mapping[str, Any]:
    schedule = Schedule.objects.filter(contract=contract).first()
    return schedule.rule if schedule else rule_of(after)


def _refuse_ended(contract: Contract) -> None:
    if ended := ending_of(contract):
        raise Blocked("contract.ended", f"这份合同已于 {ended.ended_on} {ended.get_kind_display()}")


def _spelt(before: Mapping[str, Any], changes: Mapping[str, Any], kind: str) -> dict[str, Change]:
    if unknown := sorted(changes.keys() - set(AMENDABLE)):
        names = "、".join(COLUMNS[name].title if name in COLUMNS else name for name in unknown)
        raise Invalid("amendment.field", f"“{names}”不能用补充协议变更")
    spelt = {}
    for field, value in changes.items():
        old, new = written(before.get(field)), written(value)
        # Read back: the same number spelt otherwise is no change, and nonsense is refused here.
        if read(field, old) != read(field, new):
            spelt[field] = (old, new)
    if not spelt and kind != Amendment.Kind.PROCEDURE:
        raise Invalid("amendment.nothing", "没有任何条款与现行约定不同，请填写变更后的内容")
    return spelt


def _check(contract: Any, after: Mapping[str, Any], effective_on: date, source: str) -> None:
    if not source.strip():
        raise Invalid("amendment.source", "请写明依据的决议、清理事项或文书")
    starts_on, ends_on = after.get("starts_on"), after.get("ends_on")
    if starts_on and ends_on and ends_on < starts_on:
        raise Invalid("amendment.term", "变更后的终止日期早于起始日期")
    if ends_on and ends_on < effective_on:
        raise Invalid(
            "amendment.term", "变更后的终止日期早于生效日期；如要提前结束合同，请办理终止"
        )
    first = contract.signed_on or contract.starts_on
    if first and effective_on < first:
        raise Invalid("amendment.day", f"生效日期不能早于合同签订日 {first}")


def _carry(
    amendment: Amendment, carries: Mapping[str, Decimal], *, by: Person, now: datetime
) -> None:
    amount: Any
    for number, amount in carries.items():
        if yuan(amount) <= ZERO:
            raise Invalid("amendment.carried", f"债权 {number} 并入的金额须大于零")
        if Carried.objects.filter(village=amendment.village, claim_number=number).exists():
            raise Blocked("amendment.carried", f"债权 {number} 已并入另一份协议，不能再次并入")
        Carried.objects.create(
            village=amendment.village,
            amendment=amendment,
            claim_number=number,
            amount=amount,
            source=amendment.source,
            recorded_by=by,
            recorded_at=now,
        )
