"""Where and when a feed reads, and how rows become subjects."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from sanzi.warnings.rules.rule import Row, Subject

# A rule's code with something it may be about.
Fed = tuple[str, Subject]


@dataclass(frozen=True)
class Reach:
    """A region (trimmed code) and the day it is looked at. The caller has been scoped."""

    region: str
    on: date

    def rows(self, model: Any) -> QuerySet[Any]:
        """The rows of a register in the region."""
        found: QuerySet[Any] = model.objects.within(self.region)
        return found


def per_village(code: str, rows: Iterable[tuple[str, Row]]) -> Iterator[Fed]:
    """One subject a village out of its rows; the cause is the village."""
    held: dict[str, list[Row]] = defaultdict(list)
    for village, row in rows:
        held[village].append(row)
    for village, mine in held.items():
        yield code, Subject(village, f"orgs.region:{village}", "", mine)


def alone(code: str, village: str, row: Row) -> Fed:
    """A subject of one row: the row is the cause."""
    return code, Subject(village, row.key, row.name, [row])
