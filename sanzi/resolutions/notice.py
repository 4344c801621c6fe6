"""How long before a meeting, and for how long after it: the days the law counts. No framework.

村民委员会组织法§21 and 农村集体经济组织法§27: ten days' notice; 土地管理法实施条例§40: ten working
days before land is let as construction land (domain/clean-up.md 1.5). The day of the notice itself
is not counted (民法典§201).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sanzi.kernel.calendar import add_working_days, is_working_day

from .quorum import CONSTRUCTION_LAND, MEMBERS, VILLAGERS

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class NoticeRule:
    """From when on which body must be called how many days ahead."""

    valid_from: date
    bodies: frozenset[str]
    days: int
    law: str


NOTICES: tuple[NoticeRule, ...] = (
    NoticeRule(
        date(2025, 5, 1), frozenset({MEMBERS, VILLAGERS}), 10, "农村集体经济组织法第二十七条"
    ),
    NoticeRule(date(2010, 10, 28), frozenset({VILLAGERS}), 10, "村民委员会组织法第二十一条"),
)
# 土地管理法实施条例§40, in working days: the scheme goes to the county, the answer comes back.
SCHEME_DAYS, ANSWER_DAYS = 10, 5
SCHEME_LAW = "土地管理法实施条例第四十条"


def notice_rule(body: str, met_on: date) -> NoticeRule | None:
    """The rule a meeting of this day is held to; None where no law read here asks for notice."""
    return next((r for r in NOTICES if body in r.bodies and r.valid_from <= met_on), None)


def last_notice_day(body: str, met_on: date) -> date | None:
    """The last lawful day to call a meeting held on `met_on`."""
    rule = notice_rule(body, met_on)
    return met_on - timedelta(days=rule.days) if rule else None


def advised_notice_day(body: str, met_on: date) -> date | None:
    """The last working day not after it: counting back, a holiday moves the day earlier."""
    day = last_notice_day(body, met_on)
    while day is not None and not is_working_day(day):
        day -= _ONE_DAY
    return day


def short_notice(body: str, notified_on: date | None, met_on: date) -> str | None:
    """Why the notice was too short or is missing; None when it will do."""
    rule = notice_rule(body, met_on)
    if rule is None:
        return None
    if notified_on is None:
        return f"{body}应当提前{rule.days}天通知，请填写通知日期（{rule.law}）"
    given = (met_on - notified_on).days
    if given >= rule.days:
        return None
    days = f"{notified_on} 通知、{met_on} 开会只有{max(given, 0)}天"
    return f"{body}应当提前{rule.days}天通知，{days}（{rule.law}）"


def scheme_due(matter: str, lets_on: date) -> date | None:
    """The last day to hand the county the scheme of letting construction land; None elsewhere."""
    if matter != CONSTRUCTION_LAND:
        return None
    left, day = SCHEME_DAYS, lets_on
    while left:
        day -= _ONE_DAY
        left -= is_working_day(day)
    return day


def answer_due(handed_on: date) -> date:
    """By when the county answers a scheme handed in on a day: five working days."""
    return add_working_days(handed_on, ANSWER_DAYS)


def end_of_publicity(from_on: date, days: int) -> date:
    """The first day a posting may come down: the day it went up is not counted."""
    return from_on + timedelta(days=days)
