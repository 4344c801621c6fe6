"""The rows of lower floors a task may be about, and when each is done with."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sanzi.campaigns.completion import Hook, Verdict
from sanzi.cleanup.figures import OUTCOMES
from sanzi.cleanup.models import Case
from sanzi.cleanup.remedies.stages import Stage as CaseStage
from sanzi.contracts.models import Contract
from sanzi.debts.models import Debt
from sanzi.metrics.rows import sums_of
from sanzi.receivables.models import Claim
from sanzi.web import formats


def contracts(ids: Collection[int], as_of: date) -> Mapping[int, Verdict]:
    """A contract is put right when it is no longer irregular, or its remedy is on record."""
    wanted = ("contracts.irregular", *OUTCOMES.values())
    sums = sums_of("contracts", ids, as_of, wanted)
    return {pk: _contract(sums.get(pk, {})) for pk in ids}


def _contract(sums: Mapping[str, int]) -> Verdict:
    if not sums.get("contracts.irregular"):
        return Verdict(True, "合同没有成立的问题", 100)
    if any(sums.get(outcome) for outcome in OUTCOMES.values()):
        return Verdict(True, "合同已处置", 100)
    return Verdict(False, "合同仍有问题，还没有处置", 0)


def claims(ids: Collection[int], as_of: date) -> Mapping[int, Verdict]:
    """A claim is cleared when nothing is left of it but what was sealed."""
    rows = Claim.objects.filter(pk__in=ids).values_list("pk", "left", "put_aside")
    return {
        pk: _left((left or 0) - (aside or 0), "债权已清收完", "尚欠")
        for pk, left, aside in rows
        if left is not None
    }


def debts(ids: Collection[int], as_of: date) -> Mapping[int, Verdict]:
    """A debt is resolved when nothing is left of it."""
    rows = Debt.objects.filter(pk__in=ids).values_list("pk", "left")
    return {pk: _left(left, "债务已化解完", "尚欠") for pk, left in rows if left is not None}


def _left(left: Any, done: str, open_: str) -> Verdict:
    if left <= 0:
        return Verdict(True, done, 100)
    return Verdict(False, f"{open_} {formats.money(left)} 元")


def cases(ids: Collection[int], as_of: date) -> Mapping[int, Verdict]:
    """A case of the clean-up is done when it was struck off."""
    rows = Case.objects.filter(pk__in=ids).values_list("pk", "stage")
    return {
        pk: Verdict(stage == CaseStage.STRUCK, f"清理事项{CaseStage(stage).label}")
        for pk, stage in rows
    }


def _called(model: Any, *fields: str) -> Any:
    def called(ids: Collection[int]) -> dict[int, str]:
        rows = model.objects.filter(pk__in=ids).values_list("pk", *fields)
        return {pk: " ".join(str(word) for word in words if word) for pk, *words in rows}

    return called


HOOKS = (
    Hook("contracts.contract", "合同", "cleanup:contract", contracts,
         _called(Contract, "number", "title")),
    Hook("receivables.claim", "债权", "receivables:claim", claims,
         _called(Claim, "number", "debtor")),
    Hook("debts.debt", "债务", "debts:debt", debts, _called(Debt, "number", "creditor")),
    Hook("cleanup.case", "清理事项", "cleanup:case", cases,
         _called(Case, "contract__number", "contract__title")),
)  # fmt: skip
