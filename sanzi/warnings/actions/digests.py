"""制发周摘要: a region's week of warnings as a numbered paper; a later one takes its place."""

from datetime import date, datetime

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.access.scope import covers
from sanzi.journal.recorder import record, record_many
from sanzi.kernel.refusals import Invalid, Missing
from sanzi.kernel.regions import full
from sanzi.letters.models import Letter
from sanzi.letters.writing import traces, write
from sanzi.orgs.tree import names_of
from sanzi.warnings import digesting
from sanzi.warnings.models import Event
from sanzi.warnings.papers import DIGEST, digest_values
from sanzi.warnings.standards import Standards


@action("warnings.digest")
def issue_digest(*, region: str, last: date, by: Person, now: datetime) -> Letter:
    """Write the digest of the seven days up to `last` as it stands now.

    What only some posts may see is neither listed nor counted. Raises Missing, Invalid.
    """
    if not region or not covers(by, region):
        raise Missing("scope.missing", "没有找到该地区，或它不在您的辖区内")
    today = localdate(now)
    if last > today:
        raise Invalid("warnings.week", f"{last} 还没有到，周摘要只能制发到今天")
    open_ones = Event.objects.visible_to(by).within(region).filter(is_restricted=False)
    found = digesting.digest(open_ones, last)
    lights = digesting.lights_of_year(region, last, Standards(last))
    names = names_of({region} | digesting.villages_in(found, lights))
    values = digest_values(names.get(region, region), found, lights, names)
    letter = write(
        DIGEST, values, on=digesting.digest_key(region, last), village=full(region),
        issuer=names.get(region, region), title=f"预警周摘要（{found.first} 至 {found.last}）",
        supersedes=digesting.issued_digest(by, region, last), by=by, now=now,
    )  # fmt: skip
    record_many(traces([letter]), by=by, at=now)
    record(letter, "warnings.digest", by=by, at=now, village=region,
           label=f"制发预警周摘要 {letter.serial}")  # fmt: skip
    return letter
