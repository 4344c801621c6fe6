"""Rights that die quietly: until when the village must act on what was found, and what it must do.

Pure: days in, days out, never today. One timer per finding, the nearest that still runs
(domain/clean-up.md 1.3, 1.4; 8.4).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sanzi.contracts.terms import LEASE, Terms
from sanzi.kernel.calendar import months_after, years_after

CIVIL_CODE = date(2021, 1, 1)
MONTHS_TO_OBJECT, MONTHS_TO_ALARM = 6, 5
DAYS_BEFORE_END = 30
YEARS_TO_RESCIND = 1
YEARS_AFTER_ACT = 5
MONTHS_AHEAD = 2
# Said where the act is older than the Civil Code: its own law was not read for this.
_OLDER = "（行为发生于民法典施行前，五年期间条文未核对）"


@dataclass(frozen=True, slots=True)
class Timer:
    """A right, from when it runs, when to be reminded, its last day, and what is to be done."""

    kind: str  # Written into findings for good.
    begins_on: date
    alarm_on: date
    last_on: date
    reason: str
    basis: str
    to_do: str

    def is_over(self, today: date) -> bool:
        """Whether the last day has passed."""
        return today > self.last_on

    def rings(self, today: date) -> bool:
        """Whether it is time to act and not yet too late."""
        return self.alarm_on <= today <= self.last_on


TITLES = {
    "consent": "六个月内对转租提出异议",
    "rescission": "一年内行使解除权",
    "unfair": "显失公平的撤销权",
    "silence": "到期后及时提出异议",
}
# A ground to end the contract for: the right dies one year after it is known.
_ENDS = frozenset({"P08", "P10", "P14", "P15", "P16"})
_UNFAIR = frozenset({"P04", "P21"})
TIMED = _ENDS | _UNFAIR | {"P09"}


def timer_of(
    rule: str, terms: Terms, known_on: date | None = None, answered_on: date | None = None
) -> Timer | None:
    """The timer of one finding.

    `known_on`: the day the village is held to know of it, which is when a person confirmed it.
    `answered_on`: the day it was acted upon; a timer answered in time runs no more.
    """
    timers = [
        timer
        for timer in (_consent(rule, terms), _silence(rule, terms),
                      _unfair(rule, terms, known_on), _rescission(rule, known_on))
        if timer and not (answered_on and answered_on <= timer.last_on)
    ]  # fmt: skip
    return min(timers, key=lambda timer: timer.last_on, default=None)


def timers_of(
    rules: Mapping[str, date | None], terms: Terms, answered: Mapping[str, date]
) -> dict[str, Timer]:
    """By rule: the timers of a contract's findings; `rules` gives the day each is known since."""
    found = {}
    for rule, known_on in rules.items():
        if timer := timer_of(rule, terms, known_on, answered.get(rule)):
            found[rule] = timer
    return found


def _consent(rule: str, terms: Terms) -> Timer | None:
    known_on = terms.sublet_known_on
    # Silence became consent with the Civil Code; what was known before it did not.
    if rule != "P14" or known_on is None or known_on < CIVIL_CODE or known_on.year > 9000:
        return None
    return Timer(
        "consent",
        known_on,
        months_after(known_on, MONTHS_TO_ALARM),
        months_after(known_on, MONTHS_TO_OBJECT),
        f"{known_on}知道转租，六个月内没有提出异议的，视为同意",
        "民法典第七百一十八条",
        "书面提出异议并留存送达证明，或补办书面同意",
    )


def _rescission(rule: str, known_on: date | None) -> Timer | None:
    if rule not in _ENDS or known_on is None:
        return None
    last_on = years_after(known_on, YEARS_TO_RESCIND)
    return Timer(
        "rescission",
        known_on,
        months_after(last_on, -MONTHS_AHEAD),
        last_on,
        f"{known_on}确认解除事由，一年内不行使的，解除权消灭（法律另有规定或合同另有约定的除外）",
        "民法典第五百六十四条",
        "决定是否解除；要解除的，经决议后送达解除通知",
    )


def _unfair(rule: str, terms: Terms, known_on: date | None) -> Timer | None:
    made_on = terms.made_on
    if rule not in _UNFAIR or made_on is None or made_on.year > 9000:
        return None
    cap = years_after(made_on, YEARS_AFTER_ACT)
    within = years_after(known_on, YEARS_TO_RESCIND) if known_on else cap
    last_on = min(cap, within)
    older = _OLDER if made_on < CIVIL_CODE else ""
    return Timer(
        "unfair",
        known_on or made_on,
        months_after(last_on, -MONTHS_AHEAD),
        last_on,
        f"撤销权自知道之日起一年、自{made_on}订立起五年消灭；届满后只能协商{older}",
        "民法典第一百五十二条",
        "要撤销的，在期限内向人民法院或仲裁机构提出；否则协商调价",
    )


def _silence(rule: str, terms: Terms) -> Timer | None:
    ends_on = terms.ends_on
    if rule != "P09" or terms.legal_nature != LEASE or ends_on is None or ends_on == date.max:
        return None
    alarm_on = ends_on - timedelta(days=DAYS_BEFORE_END) if ends_on.year > 1 else ends_on
    return Timer(
        "silence",
        alarm_on,
        alarm_on,
        ends_on,
        f"租期{ends_on}届满，承租人继续使用而村集体没有提出异议的，租约继续有效、期限变为不定期",
        "民法典第七百三十四条",
        "到期前书面通知返还或按程序续租；已过期仍被使用的，立即书面提出异议",
    )
