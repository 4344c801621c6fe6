"""Pages of a list, as `components/pager.html` prints them: the one pager there is."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

SIZE = 50

Rows = QuerySet[Any] | Sequence[Any]


@dataclass(frozen=True)
class Pager:
    """One page of so many rows; a page number out of range is brought back into it.

    `name` is the parameter of the address: two lists of one page have two.
    """

    params: QueryDict
    count: int
    size: int = SIZE
    name: str = "page"
    # The rows themselves, in memory or still a query.
    held: Any = ()

    @classmethod
    def over(
        cls, held: Rows, params: QueryDict, name: str = "page", *, size: int = SIZE
    ) -> "Pager":
        """Pages of these rows; a query is counted, and read for one page alone."""
        count = held.count() if isinstance(held, QuerySet) else len(held)
        return cls(params, count, size, name, held)

    @cached_property
    def rows(self) -> list[Any]:
        """The rows of this page."""
        return list(self.shown(self.held))

    @property
    def pages(self) -> int:
        """How many pages the rows fill; one where there are none."""
        return max(1, -(-self.count // self.size))

    @property
    def page(self) -> int:
        """The page shown."""
        given = self.params.get(self.name, "")[:9]
        return min(max(int(given), 1), self.pages) if given.isdecimal() else 1

    @property
    def start(self) -> int:
        """How many rows stand before this page."""
        return (self.page - 1) * self.size

    @property
    def stop(self) -> int:
        """The number of its last row."""
        return min(self.start + self.size, self.count)

    @property
    def first_number(self) -> int:
        """The number of its first row."""
        return self.start + 1 if self.count else 0

    def shown(self, rows: Rows) -> Any:
        """What stands on this page, of rows or a query."""
        return rows[self.start : self.stop]

    @property
    def first_url(self) -> str:
        """The first page."""
        return self._address(1)

    @property
    def last_url(self) -> str:
        """The last page."""
        return self._address(self.pages)

    @property
    def previous_url(self) -> str | None:
        """The page before, if any."""
        return self._address(self.page - 1) if self.page > 1 else None

    @property
    def next_url(self) -> str | None:
        """The page after, if any."""
        return self._address(self.page + 1) if self.page < self.pages else None

    def _address(self, page: int) -> str:
        params = self.params.copy()
        params[self.name] = str(page)
        return f"?{params.urlencode()}"
