"""Looking at villages: all that was seen of them is written together, or nothing is."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.access.scope import covers
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Missing
from sanzi.warnings.following import Key
from sanzi.warnings.keeping import Told, keep
from sanzi.warnings.looking import Fired, living_villages, look
from sanzi.warnings.standards import Standards


@action("warnings.evaluate")
def write_down(
    *,
    villages: Collection[str],
    seen: Mapping[str, Mapping[Key, Fired]],
    on: date,
    standards: Standards,
    by: Person,
    now: datetime,
) -> Told:
    """Bring these villages' events up to what a look saw. Raises Missing out of one's region."""
    if not all(covers(by, village) for village in villages):
        raise Missing("scope.missing", "没有找到该地区，或它不在您的辖区内")
    told = keep(villages, seen, on, standards, by=by, now=now)
    where = _common(villages)
    record(f"orgs.region:{where}", "warnings.look", by=by, at=now, village=where,
           label=f"预警评估：新增 {told.opened} 条，消除 {told.gone} 条",
           public={"on": on.isoformat(), "villages": told.villages})  # fmt: skip
    return told


@action("warnings.evaluate")
def look_again(*, region: str, by: Person, now: datetime) -> Told:
    """Look at one village, or all of a town or county, now. Raises Missing."""
    if len(region) not in (6, 9, 12) or not covers(by, region):
        raise Missing("scope.missing", "没有找到这个地方，或它不在您的辖区内")
    on = localdate(now)
    standards = Standards(on)
    seen = look(region, on, standards)
    told = keep(living_villages(region), seen, on, standards, by=by, now=now)
    record(f"orgs.region:{region}", "warnings.look", by=by, at=now, village=region,
           label=f"重新评估预警：新增 {told.opened} 条，消除 {told.gone} 条")  # fmt: skip
    return told


def _common(villages: Collection[str]) -> str:
    """The narrowest region that holds them all."""
    first, last = min(villages), max(villages)
    return next((first[:n] for n in (12, 9, 6, 4, 2) if last.startswith(first[:n])), "")
