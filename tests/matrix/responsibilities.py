"""Each village has somebody who answers for it, and each town's area holds its villages."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from sanzi.access.models import Person
from sanzi.access.system import system_person
from sanzi.kernel.codes import mask_phone
from sanzi.responsibility.models import (
    Area,
    AreaVillage,
    Assignment,
    ForceMember,
    Handover,
    HandoverLine,
    TaskForce,
)
from sanzi.store.sealed import seal

from .rows import Village, canary

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
DAY = date(2026, 1, 1)


def keep_responsibilities(villages: Mapping[str, Village]) -> dict[str, dict[str, int]]:
    """Keys by kind and village."""
    by = system_person("system_import")
    three = list(Person.objects.exclude(pk=by.pk).order_by("pk")[:2])
    made = {"made_by": by, "made_at": NOW}
    areas: dict[str, Area] = {}
    kept: dict[str, dict[str, int]] = {
        kind: {} for kind in ("assignment", "force", "member", "handover")
    }
    for code in villages:
        town = code[:9]
        if town not in areas:
            areas[town] = Area.objects.create(village=f"{town}000", name="片", from_on=DAY, **made)
        AreaVillage.objects.create(area=areas[town], village=code, from_on=DAY)
        row = Assignment.objects.create(
            village=code, level="village", name=f"包{canary(code, 'bc')}", from_on=DAY,
            phone=seal("13700007777", mask_phone), key=f"matrix-{code}", **made,
        )  # fmt: skip
        force = TaskForce.objects.create(village=code, kind="village", from_on=DAY, **made)
        member = ForceMember.objects.create(
            village=code, force=force, role="member", name=f"员{canary(code, 'zb')}", from_on=DAY,
            key=f"matrix-{code}", **made,
        )  # fmt: skip
        ForceMember.objects.create(
            village=code, force=force, role="station", station="派出所",
            name=f"警{canary(code, 'jc')}", from_on=DAY, key=f"station-{code}", **made,
        )  # fmt: skip
        given = Handover.objects.create(
            village=code, giver=three[0], taker=three[1], witness=by, on=DAY, count=1,
            reason=f"因{canary(code, 'jj')}", made_at=NOW, key=f"matrix-{code}",
        )  # fmt: skip
        HandoverLine.objects.create(
            village=code, handover=given, hand="任务", thing="x.x:1", label=canary(code, "yj")
        )
        kept["assignment"][code], kept["force"][code] = row.pk, force.pk
        kept["member"][code], kept["handover"][code] = member.pk, given.pk
    return kept
