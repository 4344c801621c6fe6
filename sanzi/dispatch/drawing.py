"""What the registers say of a matter: the beginning of its facts and of its law, to be edited."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from sanzi.access.models import Person
from sanzi.campaigns.models import Task
from sanzi.cleanup.models import Case
from sanzi.cleanup.queries import findings_for
from sanzi.cleanup.workflow import OVERRULED
from sanzi.contracts.models import Contract
from sanzi.debts.models import Debt
from sanzi.receivables.models import Claim
from sanzi.web import formats

from .blockers import Blocker
from .things import things

Law = dict[str, str]


def facts_of(keys: Iterable[str], person: Person) -> str:
    """A sentence for each row the person may see, in the order given."""
    return "\n".join(filter(None, (_facts(key, person) for key in keys)))


def _facts(key: str, person: Person) -> str:
    label, pk = _parts(key)
    if label == "contracts.contract":
        return _of_contract(pk, person)
    if label == "cleanup.case":
        case = Case.objects.visible_to(person).filter(pk=pk).first()
        return _of_contract(case.contract_id, person) if case else ""
    if label == "receivables.claim":
        claim = Claim.objects.visible_to(person).filter(pk=pk).first()
        return _of_claim(claim) if claim else ""
    if label == "debts.debt":
        debt = Debt.objects.visible_to(person).filter(pk=pk).first()
        return _of_debt(debt) if debt else ""
    if label == "dispatch.blocker":
        blocker = Blocker.objects.visible_to(person).filter(pk=pk).first()
        return f"{blocker.matter}：{blocker.detail}" if blocker else ""
    if label == "campaigns.task":
        task = Task.objects.visible_to(person).filter(pk=pk).first()
        return _of_task(task, person) if task else ""
    found = things([key], person).get(key)
    return found.name if found else ""


def _of_contract(pk: int, person: Person) -> str:
    one = Contract.objects.visible_to(person).filter(pk=pk).first()
    if one is None:
        return ""
    parts = [f"合同 {one.number}“{one.title}”，承包方 {one.contractor}"]
    if one.starts_on and one.ends_on:
        parts.append(f"期限 {one.starts_on} 至 {one.ends_on}")
    found = _standing(person).filter(contract=one).order_by("rule")
    parts += [f"问题：{finding.evidence}" for finding in found]
    return "；".join(parts) + "。"


def _standing(person: Person) -> QuerySet[Any]:
    """Findings that hold today: not those of a lease's end to come, nor those overruled."""
    return findings_for(person).exclude(ruling=OVERRULED)


def _of_claim(one: Claim) -> str:
    left = one.left if one.left is not None else one.principal  # type: ignore[attr-defined]
    words = f"债权 {one.number}，债务人 {one.debtor}，{one.nature}"  # type: ignore[attr-defined]
    last = f"，诉讼时效届满日 {one.last_day}" if one.last_day else ""
    return f"{words}，尚欠 {formats.money(left)} 元{last}。"


def _of_debt(one: Debt) -> str:
    words = f"债务 {one.number}，债权人 {one.creditor}，{one.kind}"  # type: ignore[attr-defined]
    return f"{words}，本金 {formats.money(one.principal)} 元。"  # type: ignore[attr-defined]


def _of_task(one: Any, person: Person) -> str:
    """The task, and what the registers say of the row it is about."""
    who = f"，责任人 {one.responsible}" if one.responsible else ""
    words = f"任务 {one.number}“{one.matter}”{who}，时限 {one.due_on}。"
    # A task about a task says no more: nothing is drawn in a circle.
    is_row = one.on and not one.on.startswith("campaigns.task:")
    return "\n".join(filter(None, (words, _facts(one.on, person) if is_row else "")))


def laws_of(keys: Iterable[str], person: Person) -> list[Law]:
    """The law the findings on these contracts rest on, each once."""
    contracts = set()
    for key in about(keys, person):
        label, pk = _parts(key)
        if label == "contracts.contract":
            contracts.add(pk)
        elif label == "cleanup.case":
            found = Case.objects.visible_to(person).filter(pk=pk).values_list("contract", flat=True)
            contracts.update(found)
    if not contracts:
        return []
    mine = _standing(person).filter(contract__in=contracts).order_by("rule")
    seen = dict.fromkeys(mine.values_list("basis", "rule"))
    return [{"text": basis, "source": f"问题认定 {rule}"} for basis, rule in seen]


def about(keys: Iterable[str], person: Person) -> list[str]:
    """The keys, a task's followed by that of the row it is about."""
    found = []
    for key in keys:
        found.append(key)
        label, pk = _parts(key)
        if label == "campaigns.task":
            rows = Task.objects.visible_to(person).filter(pk=pk).exclude(on="")
            found += rows.values_list("on", flat=True)
    return found


def _parts(key: str) -> tuple[str, int]:
    label, _, pk = key.partition(":")
    return label, int(pk) if pk.isascii() and pk.isdecimal() and len(pk) < 19 else 0
