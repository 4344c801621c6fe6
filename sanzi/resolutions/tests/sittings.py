"""The four sittings of a village in March 2026, lawful to the day, with their papers."""

from datetime import UTC, date, datetime
from typing import Any

from sanzi.documents.tests.files import jpeg, upload
from sanzi.resolutions.verdicts import Minutes


def noon(month: int, day: int) -> datetime:
    """Midday of a day in 2026."""
    return datetime(2026, month, day, 4, 0, tzinfo=UTC)


def sitting(
    month: int, day: int, expected: int, present: int, approved: int, **more: Any
) -> Minutes:
    """Minutes of a meeting of 2026; who did not agree abstained."""
    facts: dict[str, Any] = {
        "met_on": date(2026, month, day),
        "venue": "村委会会议室",
        "chair": "赵书记",
        "expected": expected,
        "present": present,
        "approved": approved,
        "abstained": present + more.get("proxies", 0) - approved - more.get("against", 0),
    }
    return Minutes(**{**facts, **more})


def papers() -> dict[str, list[Any]]:
    """One of each kind a meeting needs."""
    return {k: [upload(f"{k}.jpg", jpeg())] for k in ("minutes", "signatures", "photo")}


# The four sittings of a village of 300 members, each with what it takes.
SITTINGS = {
    "propose": sitting(3, 3, 5, 5, 5),
    "consult": sitting(3, 3, 7, 6, 6),
    "review": sitting(3, 5, 30, 24, 20),
    "decide": sitting(3, 20, 300, 210, 200, notified_on=date(2026, 3, 10)),
}
