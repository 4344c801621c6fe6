"""闲置: what was let stands empty again, as a fact of its own register that others may act on."""

from datetime import datetime
from typing import Any

from django.db import transaction

from sanzi.access.models import Person
from sanzi.journal.recorder import record

from .models import Asset, Resource

VACANT = "闲置"


def vacate(
    village: str, number: str | None, *, source: str, by: Person, now: datetime
) -> Resource | Asset | None:
    """Mark the resource or asset of this number vacant, with a trace; None where there is none.

    Land held by households is never touched: ending a contract takes nothing from them. Runs
    inside an action.
    """
    assert transaction.get_connection().in_atomic_block, "a vacancy commits with its cause"
    if not number:
        return None
    found: Any = (
        Resource.objects.select_for_update().filter(village=village, number=number).first()
        or Asset.objects.select_for_update().filter(village=village, number=number).first()
    )
    if found is None or found.use_status in (VACANT, "家庭承包"):
        return None
    was, found.use_status = found.use_status, VACANT
    fields = ["use_status"]
    if isinstance(found, Resource):
        found.occupant = ""  # type: ignore[attr-defined]
        fields.append("occupant")
    found.save(update_fields=fields)
    record(
        found,
        "holdings.vacate",
        by=by,
        at=now,
        label=f"合同终止，由{was}转为闲置",
        public={"contract": source},
    )
    return found
