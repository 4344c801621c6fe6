"""Every irregularity the clean-up looks for so far, in the order of domain/clean-up.md 1.3."""

from datetime import date

from sanzi.contracts.terms import Terms

from . import (
    area_mismatch,
    arrears,
    clauses_missing,
    no_vote,
    not_filed,
    oral,
    overdue_return,
    price_too_low,
    term_too_long,
    term_unclear,
    unapproved_sublet,
    wrong_issuer,
)
from .rule import Finding, Rule

__all__ = ["RULES", "Finding", "Rule", "inspect"]

RULES: tuple[Rule, ...] = (
    oral.RULE,
    term_too_long.RULE,
    term_unclear.RULE,
    price_too_low.RULE,
    area_mismatch.RULE,
    no_vote.RULE,
    overdue_return.RULE,
    arrears.RULE,
    clauses_missing.RULE,
    wrong_issuer.RULE,
    unapproved_sublet.RULE,
    not_filed.RULE,
)


def inspect(terms: Terms, until: date = date.max) -> list[Finding]:
    """Everything wrong with a contract, now or on a day to come; at most one finding a rule.

    Who asks about one day only leaves out with `until` what begins later: nearly every lease ends
    some day. Household contracts stay outside the clean-up, so nothing is ever found with them.
    """
    if terms.is_household:
        return []
    return [
        rule.finding(terms, evidence)
        for rule in RULES
        if rule.applies(terms)
        and (evidence := rule.check(terms))
        and (evidence.since is None or evidence.since <= until)
    ]
