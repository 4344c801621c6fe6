"""A threshold of every county, laid down and not yet in force."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from sanzi.access.system import system_person
from sanzi.cleanup.models import Threshold

from .rows import canary

AT = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def keep_thresholds(villages: Iterable[str]) -> dict[str, dict[str, int]]:
    """The threshold of each village's county: {"threshold": {village: pk}}."""
    by = system_person("system_import")
    counties: dict[str, int] = {}
    for village in villages:
        if village[:6] not in counties:
            counties[village[:6]] = Threshold.objects.create(
                region=village[:6], name="price_ratio", value="0.60", from_on=date(2026, 1, 1),
                basis=f"县〔2026〕{canary(village, 'basis')}", made_by=by, made_at=AT,
            ).pk  # fmt: skip
    return {"threshold": {village: counties[village[:6]] for village in villages}}
