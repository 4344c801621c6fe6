"""Which villages of a proposal wait for a decision of their meeting, and for what."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from sanzi.journal.recorder import key
from sanzi.resolutions.queries import in_force, why_not

from .law import MATTER, Rule, rule_of
from .models import Consent, ResolutionRule


def rules_over(villages: Sequence[str]) -> list[Rule]:
    """The rules entered for these villages or above them, in the order of entry; one query."""
    codes = {village[:length] for village in villages for length in (2, 4, 6, 9, 12)}
    found = ResolutionRule.objects.filter(region__in=codes).order_by("pk")
    return [Rule(one.region, one.from_on, one.amount_min, one.source) for one in found]


def rule_for(village: str, on: date) -> Rule:
    """The rule of one village on a day."""
    return _latest(rules_over([village]), village, on)


def _latest(rules: Sequence[Rule], village: str, on: date) -> Rule:
    # Of two rows of one day the one entered later counts.
    return rule_of(reversed(rules), village, on)


def undecided(asked: Iterable[Consent]) -> list[str]:
    """For each village asked that needs a decision and has none, what it waits for."""
    villages = [one for one in asked if one.is_village]
    rules, today = rules_over([one.village for one in villages]), localdate()
    needing: list[Any] = [
        one for one in villages if _latest(rules, one.village, today).asks(one.amount)
    ]
    decisions = in_force([key(one) for one in needing], MATTER) if needing else {}
    return [f"{one.name}：{why}" for one in needing if (why := _gap(one, decisions.get(key(one))))]


def _gap(consent: Any, decision: Any) -> str | None:
    if decision is None:
        return why_not(key(consent), MATTER)
    return outgrown(consent, decision)


def outgrown(consent: Any, decision: Any) -> str | None:
    """Why a decision in force does not cover what the party is asked for now; None when it does."""
    if consent.risen_at is not None and decision.proposed_at < consent.risen_at:
        return "决议之后冲转的金额增加了，请重新提请会议决定"
    return None
