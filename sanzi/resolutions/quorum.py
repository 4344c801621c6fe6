"""Who may decide what, with how many votes, under the law of the day (domain/clean-up.md 1.5).

The answer to "was this meeting enough?" is the table QUORUMS, first matching row first. Shares are
compared in whole numbers: two thirds of 100 is 67, not 66.67. Knows no framework.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

LETTING = "发包出租集体财产"
OUTSIDER = "发包给本集体以外的单位或个人"
CONSTRUCTION_LAND = "集体经营性建设用地出让出租"
SCHEME = "土地承包方案"
CHARTER = "制定、修改章程"
MEMBERSHIP = "确认成员身份"
HOMESTEAD = "宅基地使用方案"
SHARES = "集体经营性财产收益权量化方案"
COMPENSATION = "土地补偿费等的分配、使用办法"
MERGER = "合并、分立、解散"
# What is left to the directors between assemblies.
ORDINARY = "日常经营管理事项"

MEMBERS = "成员大会"
MEMBER_DELEGATES = "成员代表大会"
VILLAGERS = "村民会议"
VILLAGER_DELEGATES = "村民代表会议"
GROUP = "村民小组会议"
DIRECTORS = "理事会"

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

    def least(self, whole: int) -> int:
        """The smallest count that holds."""
        share, rest = divmod(whole * self.numerator, self.denominator)
        return share + 1 if self.strict or rest else share


OVER_HALF = Fraction(1, 2, True, "未过半数")
TWO_THIRDS = Fraction(2, 3, False, "不足三分之二")
_ASKED = {OVER_HALF.short: "过半数", TWO_THIRDS.short: "三分之二以上"}


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
    # Where households may be counted instead of people, how many of them must come.
    attend_households: Fraction | None = None
    # Whether somebody may vote for another of the household with a written proxy.
    proxies: bool = False
    # The body has more members than this.
    above: int = 0

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
BODIES = (MEMBERS, MEMBER_DELEGATES, VILLAGERS, VILLAGER_DELEGATES, GROUP, DIRECTORS)
_ASSEMBLIES = frozenset({MEMBERS, VILLAGERS})
_DELEGATES = frozenset({MEMBER_DELEGATES, VILLAGER_DELEGATES})
_LAND_MATTERS = frozenset({OUTSIDER, SCHEME})
# 集体组织法§26 items 1, 3, 8, 10 and 12: kept for the assembly itself.
ASSEMBLY_ONLY = frozenset({CHARTER, MEMBERSHIP, SCHEME, HOMESTEAD, SHARES, COMPENSATION, MERGER})

QUORUMS: tuple[Quorum, ...] = (
    # 农村集体经济组织法: the old bodies are held to its numbers too, because 村组法§24 ¶3 yields to
    # it and §64 applies it by analogy where a village committee still acts.
    Quorum(
        _COLLECTIVE_LAW, None, frozenset({MEMBER_DELEGATES}), ASSEMBLY_ONLY,
        None, None, "all", "农村集体经济组织法第二十八条",
    ),
    Quorum(
        _COLLECTIVE_LAW, None, frozenset({MEMBERS}), None,
        TWO_THIRDS, TWO_THIRDS, "all", "农村集体经济组织法第二十七条", proxies=True,
    ),
    Quorum(
        _COLLECTIVE_LAW, None, frozenset({VILLAGERS, GROUP}), None,
        TWO_THIRDS, TWO_THIRDS, "all", "农村集体经济组织法第二十七条",
    ),
    Quorum(
        _COLLECTIVE_LAW, None, frozenset({MEMBER_DELEGATES}), None,
        None, TWO_THIRDS, "all", "农村集体经济组织法第二十八条", above=20,
    ),
    Quorum(
        _COLLECTIVE_LAW, None, frozenset({DIRECTORS}), frozenset({ORDINARY}),
        TWO_THIRDS, OVER_HALF, "all", "农村集体经济组织法第三十一条",
    ),
    Quorum(
        _COLLECTIVE_LAW, None, frozenset({DIRECTORS}), None,
        None, None, "all", "农村集体经济组织法第二十六条",
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
    # What a group owns its own meeting decides, by the numbers of §28.
    Quorum(
        date(2010, 10, 28), _BEFORE_COLLECTIVE_LAW, frozenset({GROUP}), None,
        TWO_THIRDS, OVER_HALF, "present", "村民委员会组织法第二十八条",
    ),
    # 村民委员会组织法. Members' bodies had no statute of their own before 2025-05-01; they are held
    # to the numbers of the villagers' bodies (design decision, not law).
    Quorum(
        date(2010, 10, 28), _BEFORE_COLLECTIVE_LAW, _ASSEMBLIES, None,
        OVER_HALF, OVER_HALF, "present", "村民委员会组织法第二十二条",
        attend_households=TWO_THIRDS,
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
    *,
    proxies: int = 0,
    by_household: bool = False,
) -> Verdict:
    """Judge a meeting by what its minutes say. Numbers left blank are not held against it.

    `present` are those in the room or on the line; `proxies` those another votes for in writing,
    who count only where the law lets them. `by_household`: the numbers count households.
    """
    if met_on < JUDGED_FROM:
        return Verdict(ok=True)
    row = _line(matter, body, met_on)
    if row is None and body in _ALL:
        return Verdict(ok=True)
    if row is None:
        return Verdict(False, (f"“{body}”不是法定的决策会议",))
    if row.approve is None:
        return Verdict(False, (f"{body}不得决定{matter}",), row.law)
    if proxies and not row.proxies:
        return Verdict(False, (f"{body}没有委托投票的规定，代理{proxies}人不能计入",), row.law)
    came = present + proxies if present is not None else None
    minutes = _Minutes(expected, came, approved)
    found = (
        _contradiction(minutes),
        _too_small(row, body, minutes),
        _few_came(row, minutes, by_household),
        _few_agreed(row, minutes),
    )
    if not any(found):
        return Verdict(True, (), row.law)
    return Verdict(False, tuple(reason for reason in found if reason), row.law)


def bar(matter: str, body: str, on: date) -> Verdict:
    """Whether this body may decide this matter at all, whoever comes."""
    return judge(matter, body, on, None, None, None)


def needed(matter: str, body: str, on: date, expected: int) -> tuple[int, int] | None:
    """How many must come and how many must agree, of those expected; None where no law says.

    Where the votes are counted of those present, the second number is of the fewest who suffice.
    """
    row = _line(matter, body, on)
    if row is None or row.approve is None:
        return None
    come = row.attend.least(expected) if row.attend else 0
    agree = row.approve.least(expected if row.of == "all" else come)
    return max(come, agree), agree


def asked(matter: str, body: str, on: date) -> str:
    """What the law of the day asks of such a meeting, in words; empty where none was read."""
    row = _line(matter, body, on)
    if row is None or row.approve is None:
        return ""
    come = f"应到的{_ASKED[row.attend.short]}到会，" if row.attend else ""
    whose = "全体" if row.of == "all" else "到会"
    return f"{come}{whose}的{_ASKED[row.approve.short]}同意"


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


def _too_small(row: Quorum, body: str, minutes: _Minutes) -> str | None:
    if not row.above or minutes.expected is None or minutes.expected > row.above:
        return None
    return f"{body}应到{minutes.expected}人，代表人数应当多于{row.above}人"


def _few_came(row: Quorum, minutes: _Minutes, by_household: bool) -> str | None:
    expected, present, _ = minutes
    attend = row.attend_households if by_household and row.attend_households else row.attend
    if attend is None or expected is None or present is None:
        return None
    if attend.holds(present, expected):
        return None
    unit = "户" if by_household else "人"
    return f"应到{expected}{unit}、实到{present}{unit}，到会{attend.short}"


def _few_agreed(row: Quorum, minutes: _Minutes) -> str | None:
    whole = minutes.expected if row.of == "all" else minutes.present
    if row.approve is None or whole is None or minutes.approved is None:
        return None
    if row.approve.holds(minutes.approved, whole):
        return None
    who = "应到" if row.of == "all" else "实到"
    return f"{who}{whole}人、同意{minutes.approved}人，同意{row.approve.short}"
