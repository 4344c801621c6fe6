"""Every irregularity of domain/clean-up.md 1.3, P01 to P25, in its order."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from sanzi.contracts.terms import Terms

from . import (
    area_mismatch,
    arrears,
    clauses_missing,
    collusion,
    compensation_unclear,
    contractor_unfit,
    double_let,
    guarantee,
    household_land,
    left_idle,
    no_vote,
    not_filed,
    one_sided,
    oral,
    overdue_return,
    price_too_low,
    reserve_over,
    term_too_long,
    term_unclear,
    unapproved_sublet,
    unbid,
    uncontracted,
    use_changed,
    works_unsettled,
    wrong_issuer,
)
from .rule import Evidence, Finding, Rule

__all__ = ["RULES", "Finding", "Rule", "inspect"]

RULES: tuple[Rule, ...] = (
    oral.RULE,
    term_too_long.RULE,
    term_unclear.RULE,
    price_too_low.RULE,
    area_mismatch.RULE,
    no_vote.RULE,
    unbid.RULE,
    double_let.RULE,
    overdue_return.RULE,
    arrears.RULE,
    clauses_missing.RULE,
    wrong_issuer.RULE,
    contractor_unfit.RULE,
    unapproved_sublet.RULE,
    use_changed.RULE,
    left_idle.RULE,
    collusion.RULE,
    guarantee.RULE,
    household_land.RULE,
    reserve_over.RULE,
    one_sided.RULE,
    not_filed.RULE,
    works_unsettled.RULE,
    uncontracted.RULE,
    compensation_unclear.RULE,
)


def inspect(terms: Terms, until: date = date.max) -> list[Finding]:
    """Everything wrong with a contract, now or on a day to come; at most one finding a rule.

    Who asks about one day only leaves out with `until` what begins later: nearly every lease ends
    some day. Household contracts stay outside the clean-up, so nothing is ever found with them.
    """
    found, known = [], terms.__dict__.get
    for need, second, third, check, rule in _asked(
        terms.category, terms.legal_nature, terms.written
    ):
        if need and not known(need) and not known(second) and not known(third):
            continue
        evidence = check(terms)
        if evidence is not None and (evidence.since is None or evidence.since <= until):
            found.append(rule.finding(terms, evidence))
    return found


class _Asked(NamedTuple):
    """A rule as the loop above takes it: any of three needs, empty for a rule always asked."""

    need: str
    second: str
    third: str
    check: Callable[[Terms], Evidence | None]
    rule: Rule


@lru_cache(maxsize=1000)
def _asked(category: str, legal_nature: str, written: str | None) -> tuple[_Asked, ...]:
    """The rules that are a question for this kind of contract: the same for a million of them."""
    kind = Terms(category=category, legal_nature=legal_nature, written=written)
    if kind.is_household:
        return ()
    return tuple(_as_asked(rule) for rule in RULES if rule.applies(kind))


def _as_asked(rule: Rule) -> _Asked:
    first, second, third = (*rule.needs, "", "", "")[:3]
    return _Asked(first, second, third, rule.check, rule)
