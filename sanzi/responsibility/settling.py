"""Writing assignments inside an action: what takes over ends what was, all or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sanzi.access.models import Person
from sanzi.journal.recorder import Trace, key
from sanzi.kernel.codes import check_phone, fold_phone, mask_phone
from sanzi.kernel.refusals import Blocked, Invalid
from sanzi.kernel.regions import trim
from sanzi.orgs.models import Region
from sanzi.store.sealed import seal

from .models import Area, Assignment
from .spans import Span, place

TAKEN_OVER = "由接任者接替"


@dataclass(frozen=True)
class Wanted:
    """One assignment to be made: the scope, who, from when, under which one-time key.

    `phone` is a Sealed or None; `where` says in words where it was typed, and a refusal repeats it.
    """

    level: str
    village: str
    name: str
    from_on: date
    key: str
    area: Area | None = None
    group: str = ""
    household: str = ""
    title: str = ""
    phone: Any = None
    person: Person | None = None
    to_on: date | None = None
    where: str = ""

    @property
    def scope(self) -> tuple[Any, ...]:
        return (self.level, self.village, self.area.pk if self.area else None, self.group,
                self.household)  # fmt: skip


def sealed_phone(text: str) -> Any:
    """A telephone as it is kept; None for an empty one. Raises Invalid for what is no number."""
    number = fold_phone(text)
    if not number:
        return None
    if wrong := check_phone(number):
        raise Invalid("assignment.phone", f"电话{wrong}")
    return seal(number, mask_phone)


def settle(wanted: Sequence[Wanted], by: Person, now: datetime) -> tuple[list[Assignment], Any]:
    """Make the assignments in order; each ends the open one of its scope. With their traces.

    A handful of queries however many rows. Raises Blocked for a key used before, Invalid for days
    that overlap what is written.
    """
    keys = [one.key for one in wanted]
    # Two offices at once: the regions are taken in one order, so the second sees the first's rows.
    # Areas and towns stand under 12 digits, their regions under fewer.
    codes = {trim(one.village) for one in wanted}
    list(Region.objects.select_for_update().filter(code__in=codes).order_by("code"))
    if Assignment.objects.filter(key__in=keys).exists():
        raise Blocked("assignment.twice", "这张表已经提交过，没有重复登记")
    there = _there({one.village for one in wanted})
    made: list[Assignment] = []
    traces: list[Trace] = []
    for one in wanted:
        rows = there.setdefault(one.scope, [])
        made.append(_take_over(one, rows, by, now, traces))
        rows.append(made[-1])
    ended = [row.replaces for row in made if row.replaces is not None]
    Assignment.objects.bulk_update(ended, ["to_on", "ended_for"], batch_size=200)
    Assignment.objects.bulk_create(made, batch_size=500)
    traces += [
        Trace(key(row), "responsibility.assign", row.village,
              f"{row.get_level_display()}：{row.who}",
              {"subject": row.scope_words, "from": row.from_on})
        for row in made
    ]  # fmt: skip
    return made, traces


def _there(villages: set[str]) -> dict[tuple[Any, ...], list[Assignment]]:
    found: dict[tuple[Any, ...], list[Assignment]] = {}
    for row in Assignment.objects.filter(village__in=villages).order_by("from_on", "pk"):
        scope = (row.level, row.village, row.area_id, row.group, row.household)
        found.setdefault(scope, []).append(row)
    return found


def _take_over(
    one: Wanted, rows: list[Assignment], by: Person, now: datetime, traces: list[Trace]
) -> Assignment:
    placed = place([Span(r.from_on, r.to_on) for r in rows], Span(one.from_on, one.to_on))
    if placed.conflict is not None:
        until = placed.conflict.last or "今"
        raise Invalid(
            "assignment.overlap",
            f"{one.where}{one.name}的起止日期与已登记的（{placed.conflict.first} 至 {until}）重叠，"
            "请改起始日期，或先终止原来的一条",
        )
    former = None if placed.ends is None else rows[placed.ends]
    if former is not None:
        assert former.pk is not None, "one table names a scope once"
        former.to_on, former.ended_for = placed.on, TAKEN_OVER
        traces.append(
            Trace(key(former), "responsibility.end", former.village, f"至 {placed.on} 止",
                  {"reason": f"由{one.name}接替"})
        )  # fmt: skip
    row = Assignment(
        level=one.level, village=one.village, area=one.area, group=one.group,
        household=one.household, person=one.person, name=one.name, title=one.title,
        phone=one.phone, from_on=one.from_on, to_on=one.to_on, replaces=former, key=one.key,
        made_by=by, made_at=now,
    )  # fmt: skip
    row.place()
    return row
