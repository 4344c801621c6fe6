"""What a rule is: one way a contract can be irregular, the dated law behind it, the way out."""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple

from sanzi.contracts.terms import Terms

Severity = Literal["一般", "较重", "严重"]

# Said of a provision that must not pass for official: a default shipped here, or a text not read.
EXAMPLE = "示例，可修改，非官方依据"
UNREAD = "条文未核对"
# Said when the law of an early contract's day is not on file.
BY_ANALOGY = "（参照现行规定，当时的规定未收录）"


@dataclass(frozen=True)
class Law:
    """One provision and the days it is in force; None: from the beginning, or until today."""

    text: str
    valid_from: date | None = None
    valid_to: date | None = None
    # Printed behind the text; not empty: unverified, never to be shown as official.
    caveat: str = ""
    # Which contracts it governs, by category, legal nature, membership and the other side's
    # condition; None: all the rule judges.
    governs: Callable[[Terms], bool] | None = None

    def in_force(self, on: date | None) -> bool:
        """Whether it is in force that day; without a day, whether it is in force now."""
        if on is None:
            return self.valid_to is None
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on <= self.valid_to
        )

    @property
    def unverified(self) -> bool:
        return bool(self.caveat)

    def __str__(self) -> str:
        return f"{self.text}（{self.caveat}）" if self.caveat else self.text


class Evidence(NamedTuple):
    """Why a contract breaks a rule, in a sentence with its numbers; never depends on today."""

    sentence: str
    # The first day the rule is broken; None: from the day of the contract.
    since: date | None = None
    # Set where this case weighs otherwise, or is mended otherwise, than the rule's usual one.
    severity: Severity | None = None
    remedy: str | None = None


class Finding(NamedTuple):
    """One rule broken by one contract, ready to print."""

    rule: str
    title: str
    severity: Severity
    evidence: str
    since: date | None
    basis: str
    remedy: str


def _made_on(terms: Terms) -> date | None:
    return terms.made_on


@dataclass(frozen=True, kw_only=True, eq=False)
class Rule:
    """One irregularity of domain/clean-up.md 1.3."""

    code: str  # Written into findings for good: never renamed, never reused.
    title: str
    severity: Severity
    basis: tuple[Law, ...]
    remedy: str
    # Which contracts it is a question for, by category, legal nature and form alone.
    applies: Callable[[Terms], bool]
    check: Callable[[Terms], Evidence | None]  # The evidence; None when in order.
    # The day whose law is cited: the day of signing unless the rule judges a later fact.
    judged_on: Callable[[Terms], date | None] = _made_on
    # Values of the terms: where none of them says anything (no, zero and blank say nothing) there
    # is nothing to check, and most contracts are passed over unasked. Empty: always asked.
    needs: tuple[str, ...] = ()

    @cached_property
    def turns(self) -> list[date]:
        """The days on which a provision of its basis comes into force or has just gone."""
        begins = [law.valid_from for law in self.basis if law.valid_from]
        ends = [law.valid_to + timedelta(days=1) for law in self.basis if law.valid_to]
        return sorted({*begins, *ends})

    def law_for(self, terms: Terms, on: date | None) -> list[Law]:
        """The provisions in force that day (None: now) for this contract, official ones first."""
        return [law for law in _in_force(self, on) if law.governs is None or law.governs(terms)]

    def basis_for(self, terms: Terms) -> str:
        """The law of the day in words; today's, and said so, where none of that day is on file."""
        on = self.judged_on(terms)
        # Between two days on which its law changes every day has the same basis.
        if on is not None:
            place = bisect_right(self.turns, on)
            on = self.turns[place - 1] if place else date.min
        return _words(
            self, on, terms.category, terms.legal_nature, terms.is_member, terms.contractor_status
        )

    def finding(self, terms: Terms, evidence: Evidence) -> Finding:
        sentence, since, severity, remedy = evidence
        return Finding(
            self.code,
            self.title,
            severity or self.severity,
            sentence,
            since,
            self.basis_for(terms),
            remedy or self.remedy,
        )


@lru_cache(maxsize=50_000)
def _words(
    rule: Rule,
    on: date | None,
    category: str,
    legal_nature: str,
    is_member: bool | None,
    contractor_status: str | None,
) -> str:
    """A basis in words: all that decides which provisions govern are these; a test says so."""
    kind = Terms(
        category=category,
        legal_nature=legal_nature,
        is_member=is_member,
        contractor_status=contractor_status,
    )
    if laws := rule.law_for(kind, on):
        return "、".join(map(str, laws))
    return "、".join(map(str, rule.law_for(kind, None))) + BY_ANALOGY


@lru_cache(maxsize=50_000)
def _in_force(rule: Rule, on: date | None) -> tuple[Law, ...]:
    laws = [law for law in rule.basis if law.in_force(on)]
    return tuple(sorted(laws, key=lambda law: law.unverified))
