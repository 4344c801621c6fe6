"""From a claim's row and its recorded events to the facts the limitation clock is told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from .limitation.clock import Reading, read
from .limitation.facts import KINDS, Event, Facts

# A claim's nature as the clock tells natures apart.
NATURES = {"承包费租金": "rent", "往来借款": "loan"}
# The register's last claim (最近主张): it says only that one was made; a letter signed as received
# is no promise to pay, so 签收对账 counts as the amount confirmed and nothing more.
CLAIMED = {
    "书面催收": ("demand", "delivered"),
    "签收对账": ("amount_confirmed", "signed"),
    "部分还款": ("part_payment", "delivered"),
    "还款计划": ("repayment_plan", "signed"),
    "诉讼仲裁": ("suit", "delivered"),
    "调解申请": ("mediation_request", "delivered"),
}
_BEGINS = {"refused_on": "债务人第一次被要求时拒绝", "grace_end": "宽限期届满"}


def facts_of(
    claim: Mapping[str, Any],
    events: Iterable[Mapping[str, Any]],
    as_of: date,
    dues: Sequence[date] = (),
) -> Facts | None:
    """What the clock is told of a claim; None when there is no day it could start from.

    Claims: `nature`, `due_on`, `claimed_on`, `claimed_by`. Events: `id`, `kind`, `dated`,
    `evidence`, `about_id`. A claim without a due day starts from the first refusal or the end of
    the grace given with the first demand (时效规定 第4条); failing that, from the days `dues` of
    the instalments agreed on (民法典 第189条).
    """
    standing = _standing(list(events))
    begun = _begin(claim.get("due_on"), standing)
    by_plan = tuple(sorted(dues)) if begun is None else ()
    if by_plan:
        begun = by_plan[-1], "最后一期履行期限届满"
    if begun is None:
        return None
    ended = {e["about_id"]: e["dated"] for e in standing if e["kind"] == "ended"}
    told = [
        Event(e["dated"], e["kind"], e["evidence"], ended.get(e["id"]))
        for e in standing
        if e["kind"] in KINDS
    ]
    return Facts(
        nature=NATURES.get(claim.get("nature") or "", "other"),
        begins_on=begun[0],
        begun=begun[1],
        harm_on=begun[0],
        as_of=as_of,
        instalments=by_plan,
        events=(*_registered(claim), *told),
    )


def reading_of(
    claim: Mapping[str, Any],
    events: Iterable[Mapping[str, Any]],
    as_of: date,
    dues: Sequence[date] = (),
) -> Reading | None:
    """The clock's answer for a claim, None when there is nothing to start from.

    Of a claim with a due day of its own the agreed instalments move nothing here: the signed plan
    is an event, and the alarm keeps the earlier day. `by_plan` says what the plan would give.
    """
    facts = facts_of(claim, events, as_of, dues)
    return read(facts) if facts else None


def by_plan(
    claim: Mapping[str, Any], events: Iterable[Mapping[str, Any]], as_of: date, dues: Sequence[date]
) -> Reading | None:
    """The clock run on the agreed instalments, both ways; None without a plan."""
    if not dues:
        return None
    told = list(events)
    facts = facts_of(claim, told, as_of, dues)
    assert facts is not None, "a plan has days to start from"
    return read(replace(facts, instalments=tuple(sorted(dues))))


def _standing(events: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The events that were not withdrawn."""
    gone = {e["about_id"] for e in events if e["kind"] == "withdrawn"}
    return [e for e in events if e["id"] not in gone and e["kind"] != "withdrawn"]


def _begin(due_on: date | None, events: Iterable[Mapping[str, Any]]) -> tuple[date, str] | None:
    if due_on is not None:
        return due_on, "履行期限届满"
    starts = [(e["dated"], _BEGINS[e["kind"]]) for e in events if e["kind"] in _BEGINS]
    return min(starts, default=None)


def _registered(claim: Mapping[str, Any]) -> tuple[Event, ...]:
    on, by = claim.get("claimed_on"), claim.get("claimed_by") or ""
    if on is None or by not in CLAIMED:
        return ()
    kind, evidence = CLAIMED[by]
    return (Event(on, kind, evidence),)
