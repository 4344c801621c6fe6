"""帮扶: experts and matchings, who helps whom, the leaders' class, the enabling centre."""

from .cohort import GROUPS, Circular, Cohort, Lesson, Presence, Seat
from .expert import Expert, Matching, Need
from .help import FOUR_ONES, Deed, Goal, Help, Reading
from .offering import Inquiry, Offering, Outcome

__all__ = [
    "FOUR_ONES",
    "GROUPS",
    "Circular",
    "Cohort",
    "Deed",
    "Expert",
    "Goal",
    "Help",
    "Inquiry",
    "Lesson",
    "Matching",
    "Need",
    "Offering",
    "Outcome",
    "Presence",
    "Reading",
    "Seat",
]
