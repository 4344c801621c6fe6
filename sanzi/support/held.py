"""What a region holds over its villages: seen from within and above, changed by its holder."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from sanzi.access.models import Person
from sanzi.access.scope import ScopedQuerySet, covers, under
from sanzi.kernel.refusals import Missing
from sanzi.kernel.regions import ancestors

# City, county, town.
HOLDERS = (4, 6, 9)


def seen_from(person: Person, column: str) -> Q | None:
    """Things held over this person's region or within it; None without a post."""
    code = person.region_code
    if code is None:
        return None
    return Q(**{f"{column}__in": [*ancestors(code), code]}) | under(column, code)


class HeldQuerySet(ScopedQuerySet):
    """Rows a region holds. `held_by` is the lookup of the holder's code."""

    held_by = "region"

    def within(self, code: str) -> Self:
        """Those a region holds, or one below it. The caller has already been scoped."""
        return self.filter(under(self.held_by, code))

    def visible_to(self, person: Person) -> Self:
        """Those held over this person's region or within it: who is concerned may look."""
        seen = seen_from(person, self.held_by)
        return self.none() if seen is None else self.filter(seen)

    def owned_by(self, person: Person) -> Self:
        """Those this person's region holds, or one below it."""
        code = person.region_code
        return self.none() if code is None else self.filter(under(self.held_by, code))

    def claim(self, pk: int, by: Person) -> Any:
        """Lock one that `by`'s region holds, or one below. Raises Missing."""
        found = self.owned_by(by).select_for_update(of=("self",)).filter(pk=pk).first()
        if found is None:
            raise Missing("scope.missing", "没有找到该记录")
        return found


class Held(models.Model):
    """A thing of a region: 4 digits a city, 6 a county, 9 a town."""

    region = models.CharField("主办地区", max_length=9)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("建立时间")

    objects = HeldQuerySet.as_manager()

    class Meta:
        abstract = True


def check_holder(region: str, by: Person) -> None:
    """Raise Missing unless `region` is a city, county or town in `by`'s part of the tree."""
    if len(region) not in HOLDERS or not covers(by, region):
        raise Missing("place.missing", "没有找到这个地方，或它不在您的辖区内；请先选市、县或乡镇")


def stamp(by: Person, now: datetime) -> dict[str, Any]:
    """Who made a thing, and when."""
    return {"made_by": by, "made_at": now}
