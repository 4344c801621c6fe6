"""What nobody dealt with in time goes up a level: every night, each level told once."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.access.scope import covers
from sanzi.journal.recorder import Trace, key, record_many
from sanzi.kernel.refusals import Missing
from sanzi.orgs.tree import names_of
from sanzi.warnings.climbing import Climbed, climb


@action("warnings.evaluate")
def raise_unanswered(*, region: str, by: Person, now: datetime) -> Counter[str]:
    """提级: the warnings of a region whose time has passed, as of today. Raises Missing.

    How many went to each level; a second run the same day finds nothing.
    """
    if not covers(by, region):
        raise Missing("scope.missing", "没有找到该地区，或它不在您的辖区内")
    climbed = climb(region, localdate(now))
    names = names_of({one.step.to for one in climbed})
    record_many((_trace(one, names) for one in climbed), by=by, at=now)
    return Counter(one.step.title for one in climbed)


def _trace(one: Climbed, names: Mapping[str, str]) -> Trace:
    where = names.get(one.step.to, one.step.to)
    return Trace(
        key(one.event), one.event.verb("raise"), one.event.village,
        f"到期没有人办理，提级到{where}，限 {one.step.answer_by_on} 前答复",
        {"subject": one.event.title},
    )  # fmt: skip
