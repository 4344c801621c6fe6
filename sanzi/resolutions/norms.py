"""What no statute fixes about 四议两公开: editable by region, shown as an example until set. Pure.

domain/clean-up.md 2.4: two thirds of the party members come and half of those who should come
agree; localities differ (some ask for more than half), so these are parameters, never law.
"""

from dataclasses import dataclass
from fractions import Fraction as Share

TWO_THIRDS, OVER_HALF = "two_thirds", "over_half"
HALF_OF_ALL, OVER_HALF_OF_ALL, OVER_HALF_OF_PRESENT = (
    "half_of_all", "over_half_of_all", "over_half_of_present",
)  # fmt: skip
ATTENDANCE = {TWO_THIRDS: "应到党员三分之二以上", OVER_HALF: "应到党员过半数"}
APPROVAL = {
    HALF_OF_ALL: "应到党员半数以上",
    OVER_HALF_OF_ALL: "应到党员过半数",
    OVER_HALF_OF_PRESENT: "实到党员过半数",
}
# A list of debts is posted for at least three days; fewer are never allowed.
DAYS_MIN, DAYS_MAX = 3, 60


@dataclass(frozen=True)
class Norms:
    """How the party members' meeting votes and how long a decision is posted (calendar days)."""

    attend: str = TWO_THIRDS
    approve: str = HALF_OF_ALL
    publicity_days: int = 7
    basis: str = ""

    @property
    def is_example(self) -> bool:
        """Whether no region has set them: then they are a default, not a rule."""
        return not self.basis

    @property
    def attend_words(self) -> str:
        return ATTENDANCE[self.attend]

    @property
    def approve_words(self) -> str:
        return APPROVAL[self.approve]


EXAMPLE = Norms()


def party_vote(norms: Norms, expected: int, present: int, approved: int) -> list[str]:
    """What is wrong with a party members' meeting under these norms; empty when nothing is."""
    found = []
    two_thirds = norms.attend == TWO_THIRDS
    if not _holds(present, expected, Share(2, 3) if two_thirds else Share(1, 2), not two_thirds):
        short = "不足三分之二" if two_thirds else "未过半数"
        found.append(f"应到党员{expected}人、实到{present}人，到会{short}")
    of_present = norms.approve == OVER_HALF_OF_PRESENT
    whole = present if of_present else expected
    if not _holds(approved, whole, Share(1, 2), norms.approve != HALF_OF_ALL):
        who = "实到" if of_present else "应到"
        short = "不足半数" if norms.approve == HALF_OF_ALL else "未过半数"
        found.append(f"{who}党员{whole}人、同意{approved}人，同意{short}")
    return found


def committee_vote(expected: int, present: int, approved: int) -> list[str]:
    """What is wrong with a meeting of branch or committees: more than half come, and agree."""
    found = []
    if not _holds(present, expected, Share(1, 2), True):
        found.append(f"应到{expected}人、实到{present}人，到会未过半数")
    if not _holds(approved, present, Share(1, 2), True):
        found.append(f"实到{present}人、同意{approved}人，同意未过半数")
    return found


def _holds(part: int, whole: int, share: Share, strict: bool) -> bool:
    got, asked = part * share.denominator, whole * share.numerator
    return got > asked if strict else got >= asked
