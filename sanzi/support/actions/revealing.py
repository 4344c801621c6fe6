"""Opening a sealed telephone or name: whoever looks says why, and the history keeps it."""

from datetime import datetime
from typing import Any

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Blocked, Missing
from sanzi.support.models import Expert, Help, Inquiry
from sanzi.support.wording import said

# What is sealed, by the word in the address.
SEALED: dict[str, tuple[Any, tuple[str, ...]]] = {
    "expert": (Expert, ("phone",)),
    "help": (Help, ("phone",)),
    "inquiry": (Inquiry, ("name", "phone")),
}


@action("sealed.reveal")
def reveal(*, of: str, thing_id: int, reason: str, by: Person, now: datetime) -> str:
    """The clear values of one thing; raises Missing outside one's part, Blocked without any."""
    if of not in SEALED:
        raise Missing("scope.missing", "没有找到该记录")
    table, fields = SEALED[of]
    thing = table.objects.claim(thing_id, by)
    clear = [value.reveal() for field in fields if (value := getattr(thing, field)) is not None]
    if not clear:
        raise Blocked("reveal.empty", "没有登记电话")
    record(thing, "sealed.reveal", by=by, at=now, label="查看原文",
           village=getattr(thing, "region", "") or thing.village,
           public={"subject": "联系方式", "reason": said(reason, "用途")})  # fmt: skip
    return "　".join(clear)
