"""A warning of every village, and numbers of every county laid down and not yet in force."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal

from sanzi.access.system import system_person
from sanzi.warnings.models import Event, Setting

from .rows import canary

AT = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
DAY = date(2026, 3, 1)


def keep_warnings(villages: Iterable[str]) -> dict[str, dict[str, int]]:
    """Keys by kind and village; the numbers are those of the village's county."""
    by = system_person("system_import")
    counties: dict[str, int] = {}
    events: dict[str, int] = {}
    for village in villages:
        events[village] = Event.objects.create(
            village=village, rule="W-35", cause=f"orgs.region:{village}",
            name=f"合同{canary(village, 'wn')}", level=2, lane="warn", value=Decimal(31),
            threshold=Decimal(30), money=Decimal(7), sentence=f"逾期{canary(village, 'ws')}",
            rows=[["contracts.due:1", canary(village, "wr"), "7.00"]], rows_count=1,
            first_on=DAY, last_on=DAY, shown_on=DAY, shown_at=AT,
        ).pk  # fmt: skip
        if village[:6] not in counties:
            counties[village[:6]] = Setting.objects.create(
                region=village[:6], rule="W-35", lane="warn", from_on=date(2026, 1, 1),
                values={"blue": "1", "yellow": "30", "orange": "90", "red": "180"},
                basis=f"县〔2026〕{canary(village, 'wb')}", made_by=by, made_at=AT,
            ).pk  # fmt: skip
    settings = {village: counties[village[:6]] for village in events}
    return {"warning": events, "warning-setting": settings}
