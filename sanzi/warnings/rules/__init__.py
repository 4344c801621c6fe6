"""Every warning rule in the order of the table (platforms.md section 3); no discovery.

A code is stored with every event: it is never renamed and never reused.
"""

from . import books, claims, contracts, funds, holdings, openness, process
from .elsewhere import ABSENT, GATES
from .rule import TOPICS, Rule

RULES: tuple[Rule, ...] = tuple(
    sorted(
        (
            *funds.RULES,
            *books.RULES,
            *holdings.RULES,
            *contracts.RULES,
            *claims.RULES,
            *openness.RULES,
            *process.RULES,
        ),
        key=lambda rule: rule.code,
    )
)
RULE_OF = {rule.code: rule for rule in RULES}

__all__ = ["ABSENT", "GATES", "RULES", "RULE_OF", "TOPICS", "Rule"]
