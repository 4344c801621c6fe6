"""Inspecting many contracts at once: what rules need from beyond a contract, gathered once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sanzi.contracts.prices import references
from sanzi.contracts.terms import DEFAULT_POLICY, Policy, Terms, terms_of

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class VillageFacts:
    """What a village's profile says that decides how its contracts are judged."""

    has_collective: bool = False
    second_round_ends_on: date | None = None


UNKNOWN = VillageFacts()


def village_facts(profiles: Iterable[Values]) -> dict[str, VillageFacts]:
    """By village code, from rows of the 村情 sheet."""
    return {
        profile["village"]: VillageFacts(
            has_collective=bool(profile.get("collective_name") or profile.get("credit_code")),
            second_round_ends_on=profile.get("second_round_ends_on"),
        )
        for profile in profiles
    }


def terms_of_all(
    contracts: Sequence[Values],
    villages: Mapping[str, VillageFacts],
    policy: Policy = DEFAULT_POLICY,
) -> Iterator[Terms]:
    """The terms of each contract, in order, with its village's facts and its neighbours' prices.

    Prices are compared among the contracts handed in, so hand in whole towns.
    """
    prices = references(contracts)
    for values in contracts:
        facts = villages.get(values["village"], UNKNOWN)
        yield terms_of(
            values,
            reference=prices.get((values["village"], values["number"])),
            has_collective=facts.has_collective,
            second_round_ends_on=facts.second_round_ends_on,
            policy=policy,
        )
