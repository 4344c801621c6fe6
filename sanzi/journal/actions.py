"""The one change the journal knows: personal data leaves it, and the chain still verifies."""

from datetime import datetime

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.kernel.refusals import Invalid

from .models import Private
from .recorder import record


@action("journal.erase")
def erase(*, key: str, reason: str, by: Person, now: datetime) -> int:
    """Delete the private parts of all entries about one thing; returns how many there were."""
    if not reason.strip():
        raise Invalid("journal.reason", "请写明清除个人信息的理由和依据")
    found = list(Private.objects.visible_to(by, key).values_list("seq", flat=True))
    Private.objects.visible_to(by, key).delete()
    record(
        key,
        "journal.erase",
        by=by,
        at=now,
        label="清除个人信息",
        public={"reason": reason.strip(), "entries": found},
    )
    return len(found)
