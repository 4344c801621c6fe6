"""Whose rows are whose: every business row names its village; a scope is one equality."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models

from sanzi.kernel.refusals import Missing
from sanzi.kernel.regions import ancestors

if TYPE_CHECKING:
    from .models import Person

# The column that answers for a region code of this length. An equality on an indexed column is a
# hundred times faster for one village than a prefix LIKE.
COLUMNS: dict[int, str] = {4: "city", 6: "county", 9: "town", 12: "village", 14: "village"}


def scope(code: str) -> dict[str, str]:
    """The filter that keeps the rows of a region: {} for the nation.

    A province has no column of its own; its cities are a range of the city column.
    """
    if not code:
        return {}
    if len(code) == 2:
        return {"city__gte": f"{code}00", "city__lte": f"{code}99"}
    column = COLUMNS[len(code)]
    return {column: code[: int(Record.WIDTHS[column])]}


def under(column: str, code: str) -> models.Q:
    """Rows whose region code in `column` lies in a region, whatever its length.

    For tables keyed by a region that is no village; a range, so that an index serves.
    """
    return models.Q(**{f"{column}__gte": code, f"{column}__lte": code.ljust(14, "9")})


def reaching(column: str, code: str) -> models.Q:
    """Rows held by a region that lies over this one, is it, or lies within it."""
    return models.Q(**{f"{column}__in": [*ancestors(code), code]}) | under(column, code)


class ScopedQuerySet(models.QuerySet[Any]):
    """Rows that belong to a village, and so are visible only from its part of the tree.

    Pages read through `visible_to`, actions write through `claim`, and nothing else is allowed:
    tests/test_house_rules.py holds them to it.
    """

    def within(self, code: str) -> Self:
        """The rows of a region and all below it. The caller has already been scoped."""
        return self.filter(**scope(code))

    def visible_to(self, person: "Person") -> Self:
        """The rows in this person's part of the tree; none without a post."""
        code = person.region_code
        return self.none() if code is None else self.within(code)

    def claim(self, pk: int, by: "Person") -> Any:
        """Lock one row this person may see, for the length of an action. Raises Missing."""
        try:
            return self.visible_to(by).select_for_update(of=("self",)).get(pk=pk)
        except self.model.DoesNotExist:
            raise Missing("scope.missing", "没有找到该记录") from None


class Record(models.Model):
    """A business row: it names its village, and the town, county and city above, for its scope."""

    WIDTHS = {"city": 4, "county": 6, "town": 9, "village": 12}
    # Columns no workbook brings: kept by actions, or worked out from other rows.
    APART: ClassVar[frozenset[str]] = frozenset()

    village = models.CharField("区划代码", max_length=12)
    town = models.CharField(max_length=9, editable=False)
    county = models.CharField(max_length=6, editable=False)
    city = models.CharField(max_length=4, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True
        indexes = [
            models.Index(fields=["village", "id"]),
            models.Index(fields=["town", "id"]),
            models.Index(fields=["county", "id"]),
            models.Index(fields=["city", "id"]),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.place()
        super().save(*args, **kwargs)

    def place(self) -> None:
        """Fill the columns above the village. Called by save(); bulk writers call it themselves."""
        self.town, self.county, self.city = self.village[:9], self.village[:6], self.village[:4]


def covers(person: "Person", code: str) -> bool:
    """Whether a region lies in this person's part of the tree (its own region included)."""
    mine = person.region_code
    return mine is not None and code.startswith(mine)
