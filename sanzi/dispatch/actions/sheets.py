"""Sheets: generated once a period, explained where a sum fell, corrected by a new edition."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils.timezone import localtime

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.access.scope import covers
from sanzi.dispatch.arranging import arranged
from sanzi.dispatch.freezing import Order, draw
from sanzi.dispatch.levels import LEVELS, MAKERS
from sanzi.dispatch.models import Explanation, Sheet
from sanzi.journal.recorder import Trace, key, record, record_many
from sanzi.kernel.refusals import Blocked, Invalid, Missing
from sanzi.kernel.regions import level as level_of
from sanzi.metrics.frozen import Mark
from sanzi.metrics.frozen import mark as mark_now


@action("dispatch.freeze")
def generate(
    *, orders: Sequence[Order], reason: str = "", by: Person, now: datetime
) -> list[Sheet]:
    """Freeze these sheets at one moment, so that higher ones add up to lower ones.

    A sheet that is there already is answered as it is. Where a cumulative figure fell and no reason
    is given, the sheet waits as a draft. Raises Missing outside one's region, Invalid for a cut-off
    that has not come, Blocked for one before the last sheet's.
    """
    for order in orders:
        _check(order, by)
    _refuse_early(orders, now)
    known = {order: _made(order, by) for order in orders}
    if all(known.values()):
        return [sheet for sheet in known.values() if sheet]
    seen, traces = mark_now(orders[0].cut_off_on), []
    for order in orders:
        known[order] = known[order] or _made(order, by)
        if known[order] is None:
            made = _make(order, Mark(seen.share, seen.past, order.cut_off_on), by, now)
            known[order] = made
            traces.append(_trace(made, "generate", f"生成{made}"))
            if made.falls and reason.strip():
                Explanation.objects.create(sheet=made, reason=reason.strip(), by=by, at=now)
                traces.append(_trace(made, "explain", f"说明{made}累计下降", reason.strip()))
    record_many(traces, by=by, at=now)
    return [sheet for sheet in known.values() if sheet]


@action("dispatch.freeze")
def explain(*, sheet_id: int, reason: str, by: Person, now: datetime) -> Sheet:
    """Say why cumulative figures fell; with that the sheet is final. Raises Blocked, Invalid."""
    sheet = Sheet.objects.claim(sheet_id, by)
    if not sheet.is_draft:
        raise Blocked("sheet.final", "这张表不需要说明，或已经有人说明过了")
    if by.is_system:
        raise Invalid("sheet.person", "累计下降的原因须由经办人说明")
    Explanation.objects.create(sheet=sheet, reason=_said(reason, "原因"), by=by, at=now)
    record_many([_trace(sheet, "explain", f"说明{sheet}累计下降", reason.strip())], by=by, at=now)
    return Sheet.objects.claim(sheet_id, by)


@action("dispatch.freeze")
def correct(*, sheet_id: int, reason: str, by: Person, now: datetime) -> Sheet:
    """Draw the sheet anew from the rows as they are now; the old one stays and says so.

    Raises Blocked when a later sheet already counts from this one, or it was corrected before.
    """
    old = Sheet.objects.claim(sheet_id, by)
    why = _said(reason, "更正理由")
    seen = mark_now(old.cut_off_on)
    if old.replaced_by is not None:
        raise Blocked("sheet.corrected", "这张表已被更正，请打开新的一版")
    if Sheet.objects.visible_to(by).filter(previous=old).exists():
        raise Blocked("sheet.followed", "后面一期已经从这张表算起，不能再更正；请在下一期里反映")
    order = Order(old.region, old.kind, old.level, old.cut_off_on)
    made = draw(
        order, old.previous, old.since, seen, arranged(old.region), edition=old.edition + 1,
        reason=why, by=by, now=now,
    )  # fmt: skip
    made.supersedes = old
    made.save()
    record(
        made,
        "dispatch.correct",
        by=by,
        at=now,
        village=made.region,
        label=f"更正{made}（第 {made.edition} 版）",
        public={"reason": why, "supersedes": old.pk},
    )
    return made


def _said(reason: str, what: str) -> str:
    said = reason.strip()
    if not said:
        raise Invalid("sheet.reason", f"请写明{what}")
    return said


def _check(order: Order, by: Person) -> None:
    if not covers(by, order.region):
        raise Missing("place.missing", "没有找到这个地方，或它不在您的辖区内")
    own = level_of(order.region)
    if own not in MAKERS or order.level not in LEVELS[own]:
        raise Invalid("sheet.level", "调度表由乡镇、县或市生成，每行是它的下级")


def _refuse_early(orders: Sequence[Order], now: datetime) -> None:
    """Sheets frozen together, so that they add up, go by the hour of the first one's region."""
    at = localtime(now)
    last = max(order.cut_off_on for order in orders)
    hour = arranged(orders[0].region).timing(orders[0].kind).at
    if (last, hour) > (at.date(), at.time()):
        raise Invalid("sheet.future", f"截止时刻 {last} {hour:%H:%M} 还没有到")


def _series(order: Order, by: Person) -> "QuerySet[Sheet]":
    """The sheets of this order's series that hold, the latest cut-off first."""
    mine = Sheet.objects.visible_to(by).holding()
    return mine.filter(region=order.region, kind=order.kind, level=order.level)


def _made(order: Order, by: Person) -> Sheet | None:
    """The sheet of that very period, if there is one."""
    return _series(order, by).filter(cut_off_on=order.cut_off_on).first()


def _make(order: Order, seen: Mark, by: Person, now: datetime) -> Sheet:
    previous = _series(order, by).order_by("-cut_off_on").first()
    if previous is not None and previous.cut_off_on > order.cut_off_on:
        raise Blocked(
            "sheet.order", f"已有截至 {previous.cut_off_on} 的一期，不能再补更早的；请更正那一期"
        )
    rule = arranged(order.region)
    since = previous.cut_off_on if previous else rule.timing(order.kind).before(order.cut_off_on)
    made = draw(order, previous, since, seen, rule, edition=1, reason="", by=by, now=now)
    made.save()
    return made


def _trace(sheet: Sheet, verb: str, label: str, reason: str = "") -> Trace:
    public = {"digest": sheet.digest} | ({"reason": reason} if reason else {})
    return Trace(key(sheet), f"dispatch.{verb}", sheet.region, label, public)
