"""The limitation clock (诉讼时效): how long a claim can still be enforced, and why. No framework.

Pure arithmetic over facts and dated law (domain/clean-up.md 2.5). Where readings differ the earlier
day is given, because an alarm that comes late is worth nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sanzi.kernel.calendar import months_after, roll_to_working_day, years_after

from .facts import CONFIRMED, OBSTACLES, PROCEDURES, Event, Facts
from .law import CAP_YEARS, GROUNDS, REVIVING, SUSPENDED_MONTHS, article_of, run_from

WARNING_DAYS, RED_DAYS = 180, 60


@dataclass(frozen=True)
class Reading:
    """The clock's answer: the last day a suit is in time, and the sentences that lead there.

    `status` is valid, warning (180 days or less), red (60), expired or capped; `days_left` counts
    from the as-of day and is negative afterwards. `doubts` are what a lawyer should look at.
    """

    last_day: date
    status: str
    days_left: int
    reasoning: tuple[str, ...]
    doubts: tuple[str, ...] = ()
    # With instalments: as one debt, and each by itself.
    as_one_debt: date | None = None
    separately: tuple[tuple[date, date], ...] = ()


def read(facts: Facts) -> Reading:
    """Run the clock. With instalments it runs both ways and the earlier day counts."""
    if not facts.instalments:
        return _answer(facts, _run(facts, facts.begins_on, facts.begun))
    one = _run(facts, facts.instalments[-1], "同一债务分期履行，最后一期届满（民法典第189条）")
    each = [(due, _run(facts, due, f"{due} 到期的一期单独计算")) for due in facts.instalments]
    living = [run for _, run in each if run.last_day >= facts.as_of] or [each[-1][1]]
    first = min([one, *living], key=lambda run: run.last_day)
    found = _answer(facts, first)
    note = (
        f"分期债务两种算法：作为同一债务到 {one.last_day}，各期分别计算最早一期到 "
        f"{each[0][1].last_day}；提醒取尚未届满的较早者"
    )
    return Reading(
        found.last_day,
        found.status,
        found.days_left,
        (*found.reasoning, note),
        found.doubts,
        one.last_day,
        tuple((due, run.last_day) for due, run in each),
    )


@dataclass
class _Run:
    """A clock on its way through the events."""

    start: date
    last_day: date
    said: list[str]
    doubts: list[str]
    cap: date
    is_capped: bool = False


def _run(facts: Facts, begins_on: date, begun: str) -> _Run:
    first = run_from(begins_on, facts.nature)
    cap = years_after(min(facts.harm_on, begins_on), CAP_YEARS)
    run = _Run(begins_on, first.last_day, [f"{begun}：{first.why}"], [], cap)
    told = sorted(facts.events, key=lambda e: (e.on, e.kind, e.evidence, e.ended_on or e.on))
    known = [event for event in told if event.on <= facts.as_of]
    obstacles = _obstacles(known, facts.as_of)
    _suspend(run, obstacles)
    for event in known:
        if event.kind not in OBSTACLES:
            _take(run, event, facts)
            _suspend(run, obstacles)
    if run.last_day > cap:
        run.last_day, run.is_capped = cap, True
        run.said.append(
            f"自权利受到损害之日起最长二十年，到 {cap} 为止，中断、中止都不能延长（民法典第188条）"
        )
    return run


def _take(run: _Run, event: Event, facts: Facts) -> None:
    """One event: it restarts the period, brings it back, or changes nothing; and it says which."""
    if event.kind in CONFIRMED:
        run.doubts.append(
            f"{event.on} 债务人{event.words}：确认金额不等于同意履行，不据此延长，请律师判断"
        )
        return
    if event.evidence == "none":
        run.said.append(f"{event.on} {event.words}没有签收、送达等证据，不计")
        return
    if event.on > run.last_day:
        _after_expiry(run, event, facts)
        return
    start = max(event.ended_on or event.on, run.start)
    if event.ended_on is not None and event.ended_on > facts.as_of:
        start = max(facts.as_of, run.start)
    renewed = run_from(start, facts.nature)
    if renewed.last_day <= run.last_day:
        return
    ended = f"，{start} 程序终结后" if event.kind in PROCEDURES and start != event.on else "，"
    run.start, run.last_day = start, renewed.last_day
    if event.kind in PROCEDURES and event.ended_on is None:
        ended = "，终结日期还没有登记，先自开始之日"
    run.said.append(
        f"{event.on} {event.words}，时效中断（{article_of(event.on, 'interrupted')}、"
        f"{GROUNDS[event.kind]}）{ended}重新计算：{renewed.why}"
    )


def _after_expiry(run: _Run, event: Event, facts: Facts) -> None:
    if event.kind in REVIVING and event.evidence == "signed":
        renewed = run_from(event.on, facts.nature)
        run.start, run.last_day = event.on, renewed.last_day
        run.said.append(
            f"{event.on} 时效届满后债务人{event.words}，重新计算（时效规定第19条）：{renewed.why}"
        )
        return
    run.doubts.append(
        f"{event.on} {event.words}发生在 {run.last_day} 届满之后，不自动恢复，请律师判断"
    )


def _obstacles(events: Sequence[Event], as_of: date) -> list[tuple[date, date]]:
    """The spans in which the claim could not be pursued; one without an end lasts to the as-of day.

    Spans may overlap; each start is ended by the first end on or after it.
    """
    ends = [event.on for event in events if event.kind == "obstacle_end"]
    return [
        (event.on, min((end for end in ends if end >= event.on), default=as_of))
        for event in events
        if event.kind == "obstacle_start"
    ]


def _suspend(run: _Run, obstacles: Sequence[tuple[date, date]]) -> None:
    """An obstacle within the last six months puts the end six months after it is gone."""
    for began, ended in sorted(obstacles):
        if began <= run.last_day and ended > months_after(run.last_day, -SUSPENDED_MONTHS):
            until = roll_to_working_day(months_after(ended, SUSPENDED_MONTHS))
            if until > run.last_day:
                run.last_day = until
                run.said.append(
                    f"最后六个月内有障碍（{began} 至 {ended}），时效中止，障碍消除后满六个月到 "
                    f"{until} 届满（{article_of(ended, 'suspended')}）"
                )


def _answer(facts: Facts, run: _Run) -> Reading:
    left = (run.last_day - facts.as_of).days
    return Reading(
        run.last_day, _status(left, run.is_capped), left, tuple(run.said), tuple(run.doubts)
    )


def _status(left: int, is_capped: bool) -> str:
    if left < 0:
        return "capped" if is_capped else "expired"
    if left <= RED_DAYS:
        return "red"
    return "warning" if left <= WARNING_DAYS else "valid"
