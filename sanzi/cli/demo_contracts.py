"""The demonstration's village and its contracts: rent due and paid, an addendum, a case told."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from sanzi.access.models import Person
from sanzi.contracts.actions import accruals, cases, life, papers, payments, schedules
from sanzi.contracts.models import Contract, Schedule
from sanzi.contracts.planning import plan_of, rule_of
from sanzi.contracts.queries import terms_on

from .demo_cast import APPROVES, POSTS, PREPARES, REPORTS, VILLAGE, acting, books_of

CLERK = "zc-jingban"
SCHEDULED = 8


def keep_contracts() -> None:
    """Lay out a few contracts' rent, collect some, amend one and tell of it, once."""
    person = Person.objects.get(username=REPORTS)
    if Schedule.objects.visible_to(person).exists():
        return
    today = localdate()
    chosen = _priced(person, today)[:SCHEDULED]
    if len(chosen) < SCHEDULED:
        return
    for contract in chosen:
        _lay(contract)
    amended, *rest = chosen
    _amend(amended, today)
    _collect(rest[:3], today)
    _book()
    papers.issue(
        contract_id=rest[3].pk, code="contracts.expiry", asked={"contact": "村报账员 19900000000"},
        **acting(CLERK),
    )  # fmt: skip


def _priced(person: Person, today: date) -> list[Any]:
    """Running contracts with a price and a term, those ending last first."""
    mine = Contract.objects.visible_to(person).filter(village=VILLAGE, ends_on__gt=today)
    found: list[Any] = list(mine.order_by("-ends_on", "pk")[:200])
    return [
        one
        for one in found
        if one.yearly_amount
        and one.starts_on
        and one.ends_on.year - one.starts_on.year <= 70
        and _plan(one) is not None
    ]


def _plan(contract: Any) -> object:
    terms = terms_on(contract, date.max)
    return plan_of(terms, rule_of(terms))


def _lay(contract: Any) -> None:
    terms = terms_on(contract, date.max)
    schedules.set_schedule(contract_id=contract.pk, rule=rule_of(terms), **acting(REPORTS))


def _amend(contract: Any, today: date) -> None:
    """The yearly price half as much again from this year's day on; filed; told as a case."""
    dearer = (contract.yearly_amount * Decimal("1.5")).quantize(Decimal("0.01"))
    life.plan_gain(
        contract_id=contract.pk, amount=dearer, reason="参照同类地块", **acting(REPORTS)
    )  # fmt: skip
    amendment = life.amend_contract(
        contract_id=contract.pk, changes={"yearly_amount": dearer}, effective_on=today,
        signed_on=today, kind="supplement", source="村民代表会议决议（示例）", reason="协商提价",
        carries={}, seen=0, **acting(CLERK),
    )  # fmt: skip
    life.file_contract(
        contract_id=contract.pk, amendment_id=amendment.pk, number="", filed_on=today,
        stamped_by="中村镇人民政府", **acting(APPROVES),
    )  # fmt: skip
    papers.issue(
        contract_id=contract.pk, code="contracts.supplement", asked={},
        amendment_id=amendment.pk, **acting(CLERK),
    )  # fmt: skip
    case = cases.tell_case(
        contract_id=contract.pk, kind="price", told=_told(contract, dearer), rules="P04",
        value=contract.total_amount or dearer, outcome="完善修订", **acting(CLERK),
    )  # fmt: skip
    cases.release_case(case_id=case.pk, **acting(APPROVES))


def _told(contract: Any, dearer: Decimal) -> Mapping[str, str]:
    return {
        "title": "低价承包合同协商提价",
        "facts": f"{contract.issuer}与{contract.contractor}的合同价款明显低于同类地块。",
        "method": "三查一访核实面积和价格，村民代表会议议定，协商签订补充协议，送乡镇备案。",
        "law": "民法典第543条：当事人协商一致，可以变更合同。",
        "effect": f"年价款提高到 {dearer} 元。",
    }


def _collect(contracts: list[Any], today: date) -> None:
    """Three payments: one posted, two waiting for their second hand."""
    made = [
        payments.collect(
            contract_id=contract.pk,
            amount=contract.yearly_amount,
            received_on=today - timedelta(1),
            means="bank",
            payer="",
            number=f"SJ-示例-{place}",
            key=f"demo-rent-{contract.pk}",
            **acting(REPORTS),
        )  # fmt: skip
        for place, contract in enumerate(contracts, start=1)
    ]
    payments.post_payments(payment_ids=[made[0].pk], **acting(POSTS))


def _book() -> None:
    """What fell due is proposed; the chief has it on the desk."""
    (shown,) = books_of(VILLAGE)
    accruals.propose_accruals(book_id=shown.pk, until=localdate(), **acting(PREPARES))
