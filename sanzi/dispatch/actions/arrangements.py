"""How a region dispatches: when sheets are due, how many flags, how long an answer may take."""

from datetime import datetime
from typing import Any

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.dispatch.models import Arrangement
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Blocked, Forbidden
from sanzi.kernel.regions import level
from sanzi.orgs.models import Region

OFFICES = ("town", "county", "city")
FIELDS = (
    "daily_at", "daily_working_days", "biweekly_first_on", "biweekly_every", "biweekly_at",
    "reds", "yellows", "ties", "town_days", "county_days", "city_days",
)  # fmt: skip


@action("dispatch.arrange")
def arrange(*, revision: int, given: dict[str, Any], by: Person, now: datetime) -> Arrangement:
    """Set the arrangement of one's own region. Sheets already made keep theirs.

    Raises Blocked when somebody else has changed it meanwhile.
    """
    region = by.region_code or ""
    if level(region) not in OFFICES:
        raise Forbidden("arrangement.office", "调度安排由乡镇、县或市设定")
    list(Region.objects.select_for_update(no_key=True).filter(code=region))
    known = Arrangement.objects.visible_to(by).select_for_update().filter(region=region).first()
    if (known.revision if known else 0) != revision:
        raise Blocked("arrangement.revised", "安排已被别人改过，请刷新后对照着再改")
    chosen = {name: given[name] for name in FIELDS}
    changed = [name for name, value in chosen.items() if getattr(known, name, None) != value]
    if known is None:
        known = Arrangement(region=region)
    for name, value in chosen.items():
        setattr(known, name, value)
    known.revision, known.set_by, known.set_at = revision + 1, by, now
    known.save()
    words = {Arrangement._meta.get_field(name).verbose_name for name in changed}  # type: ignore[union-attr]
    record(
        known, "dispatch.arrange", by=by, at=now, village=region, label="设定调度安排",
        public={"fields": sorted(map(str, words))},
    )  # fmt: skip
    return known
