"""Papers of a contract, written: one at a time, or a reminder for every contract of a list."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.contracts.filling import values_for
from sanzi.contracts.models import Amendment, Contract
from sanzi.contracts.papers import BY_CODE, EXPIRY
from sanzi.contracts.queries import ending_of, terms_on
from sanzi.contracts.terms import HOUSEHOLD
from sanzi.journal.recorder import Trace, key, record, record_many
from sanzi.kernel.refusals import Blocked, Invalid
from sanzi.letters.models import Letter
from sanzi.letters.writing import Draft, traces, write, write_many

AT_ONCE_MAX = 1_000
# Never to a household about its contracted land (农村土地承包法第27条、第57条).
_NEVER_HOUSEHOLD = frozenset({"contracts.termination", "contracts.vacate"})


@action("letters.issue")
def issue(
    *,
    contract_id: int,
    code: str,
    asked: Mapping[str, Any],
    amendment_id: int | None = None,
    by: Person,
    now: datetime,
) -> Letter:
    """Write one paper of a contract; what a person was asked stands over what the contract says.

    Raises Invalid: no such paper, or something it needs is missing. Raises Blocked: a notice to
    give up land of a household.
    """
    contract: Any = Contract.objects.claim(contract_id, by)
    form = BY_CODE.get(code)
    if form is None:
        raise Invalid("paper.code", "没有这种文书，请从列表中选择")
    if code in _NEVER_HOUSEHOLD and contract.legal_nature == HOUSEHOLD:
        raise Blocked("paper.household", "家庭承包地受保护，不得解除或收回（农村土地承包法第27条）")
    amendment = None
    if amendment_id is not None:
        amendment = Amendment.objects.claim(amendment_id, by)
        if amendment.contract_id != contract.pk:
            raise Invalid("paper.amendment", "这份协议不属于本合同")
    values = values_for(code, contract, localdate(now), amendment) | dict(asked)
    letter = write(
        form, values, on=contract, addressee=values["contractor"], issuer=contract.issuer,
        by=by, now=now,
    )  # fmt: skip
    record(
        contract,
        "contracts.write",
        by=by,
        at=now,
        label=f"制发{form.title} {letter.serial}",
        public={"letter": letter.pk},
    )
    record_many(traces([letter]), by=by, at=now)
    return letter


@action("letters.issue")
def remind_many(
    *, contract_ids: Sequence[int], contact: str, by: Person, now: datetime
) -> list[Letter]:
    """Write a reminder for each of these contracts: all of them or none.

    Raises Invalid: none or too many, or one without a last day. Raises Blocked: one has ended.
    """
    if not 0 < len(contract_ids) <= AT_ONCE_MAX:
        raise Invalid("remind.count", f"请选 1 到 {AT_ONCE_MAX:,} 份合同")
    today = localdate(now)
    contracts = [Contract.objects.claim(pk, by) for pk in dict.fromkeys(contract_ids)]
    drafts = []
    for contract in contracts:
        if ending_of(contract):
            raise Blocked("remind.ended", f"合同 {contract.number} 已经终止，不再提醒")
        if not terms_on(contract, today)["ends_on"]:
            raise Invalid("remind.endless", f"合同 {contract.number} 没有终止日期，不能提醒")
        values = {**values_for(EXPIRY.code, contract, today, None), "contact": contact}
        drafts.append(
            Draft(values, contract, addressee=values["contractor"], issuer=contract.issuer)
        )
    letters = write_many(EXPIRY, drafts, by=by, now=now)
    record_many(
        [
            *traces(letters),
            *(
                Trace(
                    key(contract),
                    "contracts.write",
                    contract.village,
                    f"制发{EXPIRY.title} {letter.serial}",
                    {"letter": letter.pk},
                )  # fmt: skip
                for contract, letter in zip(contracts, letters, strict=True)
            ),
        ],
        by=by,
        at=now,
    )
    return letters
