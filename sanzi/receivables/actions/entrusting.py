"""交办清收: claims go into a collector's hands, many at once."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.journal.recorder import Trace, key, record_many
from sanzi.kernel.refusals import Blocked, Invalid
from sanzi.receivables.collectors import choices_of, who_collects
from sanzi.receivables.entrusting import Entrustment
from sanzi.receivables.models import Claim

CLAIMS_MAX = 5_000
PASSED_ON = "改由他人清收"


@action("responsibility.assign")
def entrust(
    *, claim_ids: Sequence[int], collector_id: int, from_on: date, by: Person, now: datetime
) -> list[Entrustment]:
    """Give claims to a collector from a day on; whoever had them before has them no more.

    What is settled, or in these hands already, is passed over. Raises Invalid for a day ahead or
    before the last change, or a person who does not collect there; Blocked when nothing is left to
    give, so that a form sent twice does nothing twice.
    """
    if not 1 <= len(set(claim_ids)) <= CLAIMS_MAX:
        raise Invalid("entrust.many", f"请选择 1 到 {CLAIMS_MAX:,} 笔债权")
    if from_on > localdate(now):
        raise Invalid("entrust.day", "接手日期不能晚于今天，请核对")
    claims: list[Any] = [Claim.objects.claim(pk, by) for pk in sorted(set(claim_ids))]
    collector = _collector(collector_id, claims, localdate(now))
    known = _latest(claims, by)
    moving = [c for c in claims if (c.left or 0) > 0 and not _has(known.get(c.pk), collector)]
    if not moving:
        raise Blocked(
            "entrust.same", f"所选债权已在{collector}名下，或已清结，没有重复交办；请刷新查看"
        )
    _check_days(moving, known, from_on)
    for claim in moving:
        if (before := known.get(claim.pk)) and before.until is None:
            before.until, before.ended_for = from_on, PASSED_ON
            before.save(update_fields=["until", "ended_for"])
    given = [
        Entrustment.objects.create(
            village=claim.village, claim=claim, collector=collector, from_on=from_on, given_by=by,
            given_at=now,
        )
        for claim in moving
    ]  # fmt: skip
    record_many([_trace(claim, collector, from_on) for claim in moving], by=by, at=now)
    return given


def _collector(collector_id: int, claims: Sequence[Any], today: date) -> Person:
    villages = [claim.village for claim in claims]
    person = who_collects(collector_id, villages, today)
    if person is None:
        able = "、".join(name for _, name in choices_of(villages[0], today)[:5]) or "无"
        raise Invalid("entrust.collector", f"这个人的岗位不能在所选的村清收。可以选：{able}")
    return person


def _latest(claims: Sequence[Any], by: Person) -> dict[int, Entrustment]:
    """The last entrustment of each claim; the claims are locked already."""
    rows = Entrustment.objects.visible_to(by).filter(claim__in=[claim.pk for claim in claims])
    return {row.claim_id: row for row in rows.order_by("from_on", "pk")}


def _has(row: Entrustment | None, person: Person) -> bool:
    return row is not None and row.until is None and row.collector_id == person.pk


def _check_days(claims: Sequence[Any], known: Mapping[int, Entrustment], day: date) -> None:
    for claim in claims:
        row = known.get(claim.pk)
        last = (row.until or row.from_on) if row else None
        if last is not None and day < last:
            raise Invalid(
                "entrust.day", f"债权 {claim.number} 在 {last} 有过交办，接手日期不能早于这一天"
            )


def _trace(claim: Any, collector: Person, day: date) -> Trace:
    public = {"subject": f"{collector}，{day} 起"}
    return Trace(key(claim), "receivables.entrust", claim.village, f"交办清收：{collector}", public)
