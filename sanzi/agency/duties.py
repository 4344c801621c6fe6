"""不相容职务: the duties of the agency's day, and which of them one person may not hold together.

Written as one table, asked wherever a step is taken. Basis: accounting.md 2.2. No framework.
"""

from dataclasses import dataclass
from enum import Enum
from itertools import combinations
from typing import Final

REPORT: Final = "books.report"
OVERSEE: Final = "books.oversee"
VERIFY: Final = "books.verify"
PREPARE: Final = "books.prepare"
REVIEW: Final = "books.review"
CASH: Final = "books.cash"
POST: Final = "books.post"

# A duty is a permission; this is what people call it.
TITLES: dict[str, str] = {
    REPORT: "报账",
    OVERSEE: "民主理财",
    VERIFY: "审核",
    PREPARE: "制单",
    REVIEW: "复核",
    CASH: "出纳",
    POST: "记账",
}
# 代办 is arranged inside the agency. Who reports for a village and who watches over it is the
# village's affair: its posts are given anew, never lent by those who are watched.
STOOD_IN = (VERIFY, PREPARE, REVIEW, CASH, POST)


class Reach(Enum):
    """Within one matter, or wherever the two posts meet."""

    MATTER = "同一事项"
    POSTS = "同一人员"


@dataclass(frozen=True)
class Incompatible:
    """Two duties kept apart. What is only recommended warns and does not block."""

    pair: frozenset[str]
    basis: str
    reach: Reach
    is_recommended: bool = False

    @property
    def title(self) -> str:
        """制单与复核, in the order of the work."""
        return "与".join(title for duty, title in TITLES.items() if duty in self.pair)


_HANDLING = "会计法：记账人员与经办、审批、保管人员的职责相互分离"
_CASHIER = "会计法第三十五条：出纳人员不得兼任稽核、会计档案保管和收支、债权债务账目登记"
_SUPERVISORS = "农村集体经济组织法第三十二条：监事会成员不得由财务会计人员兼任"
_MAKER = "会计基础工作规范：制单与复核由不同人员办理"


def _kept_apart(
    duty: str, others: tuple[str, ...], basis: str, reach: Reach, is_recommended: bool = False
) -> tuple[Incompatible, ...]:
    return tuple(
        Incompatible(frozenset({duty, other}), basis, reach, is_recommended) for other in others
    )


INCOMPATIBLE: tuple[Incompatible, ...] = (
    *_kept_apart(OVERSEE, (REPORT, VERIFY, PREPARE, REVIEW, POST), _SUPERVISORS, Reach.POSTS),
    *_kept_apart(CASH, (VERIFY, PREPARE, REVIEW, POST), _CASHIER, Reach.POSTS),
    *_kept_apart(CASH, (OVERSEE,), _SUPERVISORS, Reach.POSTS),
    *_kept_apart(REPORT, (VERIFY, PREPARE, REVIEW, POST, CASH), _HANDLING, Reach.MATTER),
    *_kept_apart(PREPARE, (REVIEW,), _MAKER, Reach.MATTER),
    *_kept_apart(REVIEW, (POST,), "内部控制：复核与记账宜由不同人员办理", Reach.MATTER, True),
)
# 审核, 制单 and 记账 may meet in one person: a small agency has no fifth accountant.
_BY_PAIR = {rule.pair: rule for rule in INCOMPATIBLE}
assert len(_BY_PAIR) == len(INCOMPATIBLE), "a pair stands in the table once"
PAIRS = tuple(frozenset(pair) for pair in combinations(TITLES, 2))


def between(one: str, other: str) -> Incompatible | None:
    """The rule that keeps two duties apart, if there is one."""
    return _BY_PAIR.get(frozenset({one, other}))


def apart_from(duty: str, reach: Reach) -> frozenset[str]:
    """The duties that this one may not meet in one person, as far as that rule reaches."""
    found: frozenset[str] = frozenset().union(
        *(rule.pair for rule in INCOMPATIBLE if duty in rule.pair and _blocks(rule, reach))
    )
    return found - {duty}


def _blocks(rule: Incompatible, reach: Reach) -> bool:
    return not rule.is_recommended and rule.reach is reach
