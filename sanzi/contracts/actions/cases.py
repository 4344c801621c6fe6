"""典型案例: a closed matter told by one person, read and released by another."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.contracts.likeness import without_names
from sanzi.contracts.models import Contract, ModelCase
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Blocked
from sanzi.orgs.tree import names_of

TEXTS = ("title", "facts", "method", "law", "effect")


@action("contracts.keep")
def tell_case(
    *,
    contract_id: int,
    kind: str,
    told: Mapping[str, str],
    rules: str,
    value: Decimal,
    outcome: str,
    by: Person,
    now: datetime,
) -> ModelCase:
    """Tell a contract's matter as a case; names of people, firms and the village are masked.

    `told`: title, facts, method, law, effect. `rules`, `value` and `outcome` are what it will be
    found by. Raises Blocked: told before, or not yet closed (no outcome).
    """
    contract: Any = Contract.objects.claim(contract_id, by)
    if not outcome:
        raise Blocked("case.open", "这份合同还没有处置结果，办结后才能写成案例")
    if ModelCase.objects.visible_to(by).filter(contract=contract).exists():
        raise Blocked("case.twice", "这份合同已经写成案例")
    village = names_of([contract.village]).get(contract.village, "")
    names = [contract.contractor, contract.issuer, village]
    size: Any = value
    case = ModelCase.objects.create(
        village=contract.village,
        contract=contract,
        number=_next_number(contract.town, localdate(now).year, by),
        kind=kind,
        **{name: without_names(told[name], names) for name in TEXTS},
        rules=rules,
        legal_nature=contract.legal_nature,
        value=size,
        outcome=outcome,
        closed_on=localdate(now),
        told_by=by,
        told_at=now,
    )
    record(
        contract,
        "contracts.tell_case",
        by=by,
        at=now,
        label=f"写成典型案例 {case.number}，待审阅发布",
        public={"case": case.pk},
    )
    return case


@action("contracts.file")
def release_case(*, case_id: int, by: Person, now: datetime) -> ModelCase:
    """Release a case to the county, after reading it. Raises Blocked: by its teller, or twice."""
    case: ModelCase = ModelCase.objects.claim(case_id, by)
    if case.released_at is not None:
        raise Blocked("case.released", "这个案例已经发布")
    if case.told_by_id == by.pk:
        raise Blocked("case.hands", "这个案例是您写的，请由另一人审阅发布")
    case.released_by, case.released_at = by, now
    case.save(update_fields=["released_by", "released_at"])
    record(
        case.contract,
        "contracts.release_case",
        by=by,
        at=now,
        label=f"发布典型案例 {case.number}",
        public={"case": case.pk},
    )
    return case


def _next_number(town: str, year: int, by: Person) -> str:
    """区划码-年度-AL-序号."""
    start = f"{town}-{year}-AL-"
    used = ModelCase.objects.visible_to(by).filter(town=town, number__startswith=start)
    last = used.order_by("-number").values_list("number", flat=True).first()
    return f"{start}{int(last.removeprefix(start)) + 1 if last else 1:03d}"
