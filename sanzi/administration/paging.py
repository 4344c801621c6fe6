"""Pages of a list, in the shape components/pager.html prints."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

SIZE = 20


class Pages:
    """One page of rows and the addresses of the others."""

    def __init__(self, rows: QuerySet[Any], params: QueryDict) -> None:
        self._rows, self._params = rows, params

    @cached_property
    def count(self) -> int:
        return self._rows.count()

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // SIZE))

    @cached_property
    def page(self) -> int:
        given = self._params.get("page", "")
        asked = int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 1
        return min(max(asked, 1), self.pages)

    @cached_property
    def rows(self) -> list[Any]:
        start = (self.page - 1) * SIZE
        return list(self._rows[start : start + SIZE])

    @property
    def first_number(self) -> int:
        return (self.page - 1) * SIZE + 1 if self.count else 0

    @property
    def stop(self) -> int:
        return min(self.page * SIZE, self.count)

    def _url(self, page: int) -> str:
        params = self._params.copy()
        params["page"] = str(page)
        return f"?{params.urlencode()}"

    @property
    def first_url(self) -> str:
        return self._url(1)

    @property
    def last_url(self) -> str:
        return self._url(self.pages)

    @property
    def previous_url(self) -> str | None:
        return self._url(self.page - 1) if self.page > 1 else None

    @property
    def next_url(self) -> str | None:
        return self._url(self.page + 1) if self.page < self.pages else None
