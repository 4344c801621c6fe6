"""Who may decide what, with how many votes, under the law of the day (domain/clean-up.md 1.5).

The answer to "was this meeting enough?" is the table QUORUMS, first matching row first. Shares are
compared in whole numbers: two thirds of 100 is 67, not 66.67.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

LETTING = "发包出租集体财产"
OUTSIDER = "发包给本集体以外的单位或个人"
CONSTRUCTION_LAND = "集体经营性建设用地出让出租"
SCHEME = "土地承包方案"

MEMBERS = "成员大会"
MEMBER_DELEGATES = "成员代表大会"
VILLAGERS = "村民会议"
VILLAGER_DELEGATES = "村民代表会议"

# Before this day no law read here fixes a vote; meetings of that time are not judged.
JUDGED_FROM = date(1998, 11, 4)


class Fraction(NamedTuple):
    numerator: int
    denominator: int
    strict: bool
    short: str  # What is said of a count that misses it.

    def holds(self, part: int, whole: int) -> bool:
        got, needed = part * self.denominator, whole * self.numerator
        return got > needed if self.strict else got >= needed


OVER_HALF = Fraction(1, 2, True, "未过半数")
TWO_THIRDS = Fraction(2, 3, False, "不足三分之二")


@dataclass(frozen=True)
class Quorum:
    """One line of the table: from when to when, which body, which matter, how many."""

    valid_from: date
    valid_to: date | None
    bodies: frozenset[str]
    matters: frozenset[str] | None  # None: every matter.
    attend: Fraction | None  # Of those expected.
    approve: Fraction | None  # None: this body may not decide this matter.
    of: Literal["present", "all"]
    law: str

    def governs(self, matter: str, body: str, on: date) -> bool:
        return (
            body in self.bodies
            and (self.matters is None or matter in self.matters)
            and self.valid_from <= on
            and (self.valid_to is None or on <= self.valid_to)
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the minutes show a valid decision; `reasons` name what is wrong."""

    ok: bool
    reasons: tuple[str, ...] = ()
    law: str = ""


_COLLECTIVE_LAW = date(2025, 5, 1)
_BEFORE_COLLECTIVE_LAW = date(2025, 4, 30)
_ALL = frozenset({MEMBERS, MEMBER_DELEGATES, VILLAGERS, VILLAGER_DELEGATES})
_ASSEMBLIES = frozenset({MEMBERS, VILLAGERS})
_DELEGATES = frozenset({MEMBER_DELEGATES, VILLAGER_DELEGATES})
_LAND_MATTERS = frozenset({OUTSIDER, SCHEME})

QUORUMS: tuple[Quorum, ...] = (
    # 农村集体经济组织法: the old bodies are held to its numbers too, because 村组法§24 ¶3 yields to
    # it and §64 applies it by analogy where a village committee still acts.
    Quorum(
        _COLLECTIVE_LAW, None, frozenset({MEMBER_DELEGATES}), frozenset({SCHEME}),
        None, None, "all", "农村集体经济组织法第二十八条",
    ),
    Quorum(
        _COLLECTIVE_LAW, None, _ASSEMBLIES, None,
        TWO_THIRDS, TWO_THIRDS, "all", "农村集体经济组织法第二十七条",
    ),
    Quorum(
        _COLLECTIVE_LAW, None, _DELEGATES, None,
        None, TWO_THIRDS, "all", "农村集体经济组织法第二十八条",
    ),
    # Land for outsiders and contracting schemes: two thirds of all members or of all delegates.
    Quorum(
        date(2019, 1, 1), _BEFORE_COLLECTIVE_LAW, _ALL, _LAND_MATTERS,
        None, TWO_THIRDS, "all", "农村土地承包法第十九条、第五十二条",
    ),
    Quorum(
        date(2003, 3, 1), date(2018, 12, 31), _ALL, _LAND_MATTERS,
        None, TWO_THIRDS, "all", "农村土地承包法（2002年）第十八条、第四十八条",
    ),
    Quorum(
        date(1999, 1, 1), date(2003, 2, 28), _ALL, frozenset({OUTSIDER}),
        None, TWO_THIRDS, "all", "土地管理法（1998年）第十五条",
    ),
    Quorum(
        date(2020, 1, 1), _BEFORE_COLLECTIVE_LAW, _ALL, frozenset({CONSTRUCTION_LAND}),
        None, TWO_THIRDS, "all", "土地管理法第六十三条",
    ),
    # 村民委员会组织法. Members' bodies had no statute of their own before 2025-05-01; they are held
    # to the numbers of the villagers' bodies (design decision, not law).
    Quorum(
        date(2010, 10, 28), _BEFORE_COLLECTIVE_LAW, _ASSEMBLIES, None,
        OVER_HALF, OVER_HALF, "present", "村民委员会组织法第二十二条",
    ),
    Quorum(
        date(2010, 10, 28), _BEFORE_COLLECTIVE_LAW, _DELEGATES, None,
        TWO_THIRDS, OVER_HALF, "present", "村民委员会组织法第二十六条",
    ),
    # The law of 1998 gives delegates no numbers: their meetings before 2010-10-28 are not judged.
    Quorum(
        JUDGED_FROM, date(2010, 10, 27), _ASSEMBLIES, None,
        OVER_HALF, OVER_HALF, "present", "村民委员会组织法（1998年）第十七条",
    ),
)  # fmt: skip


class _Minutes(NamedTuple):
    expected: int | None
    present: int | None
    approved: int | None


def judge(
    matter: str,
    body: str,
    met_on: date,
    expected: int | None,
    present: int | None,
    approved: int | None,
) -> Verdict:
    """Judge a meeting by what its minutes say. Numbers left blank are not held against it."""
    if met_on < JUDGED_FROM:
        return Verdict(ok=True)
    if body not in _ALL:
        return Verdict(False, (f"“{body}”不是法定的决策会议",))
    row = _line(matter, body, met_on)
    if row is None:
        return Verdict(ok=True)
    if row.approve is None:
        return Verdict(False, (f"{body}不得决定{matter}",), row.law)
    minutes = _Minutes(expected, present, approved)
    found = (_contradiction(minutes), _few_came(row, minutes), _few_agreed(row, minutes))
    if not any(found):
        return Verdict(True, (), row.law)
    return Verdict(False, tuple(reason for reason in found if reason), row.law)


@lru_cache(maxsize=10_000)
def _line(matter: str, body: str, met_on: date) -> Quorum | None:
    return next((row for row in QUORUMS if row.governs(matter, body, met_on)), None)


def _contradiction(minutes: _Minutes) -> str | None:
    expected, present, approved = minutes
    if expected is not None and present is not None and present > expected:
        return f"实到{present}人多于应到{expected}人，记录自相矛盾"
    if present is not None and approved is not None and approved > present:
        return f"同意{approved}人多于实到{present}人，记录自相矛盾"
    return None


def _few_came(row: Quorum, minutes: _Minutes) -> str | None:
    expected, present, _ = minutes
    if row.attend is None or expected is None or present is None:
        return None
    if row.attend.holds(present, expected):
        return None
    return f"应到{expected}人、实到{present}人，到会{row.attend.short}"


def _few_agreed(row: Quorum, minutes: _Minutes) -> str | None:
    whole = minutes.expected if row.of == "all" else minutes.present
    if row.approve is None or whole is None or minutes.approved is None:
        return None
    if row.approve.holds(minutes.approved, whole):
        return None
    who = "应到" if row.of == "all" else "实到"
    return f"{who}{whole}人、同意{minutes.approved}人，同意{row.approve.short}"
