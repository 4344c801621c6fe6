"""What people found out, as the rules take it: accepted check sheets and rights acted upon."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from sanzi.contracts.terms import Answers

from . import models
from .checking.comparing import Learnt, learnt

Key = tuple[str, str]


@dataclass(frozen=True)
class KnownOf:
    """What stands beside the findings of some contracts, by contract."""

    # The day a person confirmed each rule.
    known: Mapping[int, Mapping[str, date]]
    # The day each rule's timer was acted upon.
    answered: Mapping[int, Mapping[str, date]]


def said_on(sheets: Collection[int]) -> dict[int, dict[str, str]]:
    """The latest answers of check sheets, by sheet; one that was taken back is left out."""
    said: dict[int, dict[str, str]] = defaultdict(dict)
    rows = models.CheckAnswer.objects.filter(sheet__in=sheets).order_by("pk")
    for sheet, question, value in rows.values_list("sheet_id", "question", "value"):
        said[sheet][question] = value
    return {sheet: {q: v for q, v in told.items() if v} for sheet, told in said.items()}


def learnt_in(towns: Collection[str]) -> dict[Key, Learnt]:
    """What accepted sheets and written objections of these towns add, by (village, number)."""
    found = _from_sheets(towns)
    objections = models.TimerAnswer.objects.filter(town__in=towns, rule__in=("P09", "P14"))
    for village, number, done_on in objections.order_by("pk").values_list(
        "village", "contract__number", "done_on"
    ):
        held = found.get((village, number), Learnt(Answers(), {}))
        found[village, number] = Learnt(replace(held.answers, objected_on=done_on), held.fills)
    return found


def _from_sheets(towns: Collection[str]) -> dict[Key, Learnt]:
    accepted = models.CheckSheet.Stage.ACCEPTED
    sheets = list(
        models.CheckSheet.objects.filter(town__in=towns, stage=accepted).values_list(
            "pk", "village", "contract__number", "accepted_at"
        )
    )
    said = said_on([pk for pk, *_ in sheets])
    return {
        (village, number): learnt(said.get(pk, {}), localdate(at))
        for pk, village, number, at in sheets
    }


def known_of(contracts: Collection[int]) -> KnownOf:
    """Since when each finding is known to the village, and when its right was acted upon."""
    known: dict[int, dict[str, date]] = defaultdict(dict)
    answered: dict[int, dict[str, date]] = defaultdict(dict)
    ordered = sorted(contracts)
    for start in range(0, len(ordered), 1000):
        some = ordered[start : start + 1000]
        words: Any = models.Judgement.objects.filter(contract__in=some, ruling="confirmed")
        for contract, rule, at in words.order_by("-pk").values_list(
            "contract_id", "rule", "judged_at"
        ):
            # The first word counts: confirming again gives no second year.
            known[contract][rule] = localdate(at)
        done = models.TimerAnswer.objects.filter(contract__in=some).order_by("-pk")
        for contract, rule, done_on in done.values_list("contract_id", "rule", "done_on"):
            answered[contract][rule] = done_on
    return KnownOf(known, answered)
