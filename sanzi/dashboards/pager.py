"""Pages of a list, as `components/pager.html` prints them."""

from dataclasses import dataclass

from django.http import QueryDict


@dataclass(frozen=True)
class Pager:
    """One page of so many; a page number out of range is brought back into it."""

    params: QueryDict
    count: int
    size: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // self.size))

    @property
    def page(self) -> int:
        given = self.params.get("page", "")[:9]
        return min(max(int(given), 1), self.pages) if given.isdecimal() else 1

    @property
    def start(self) -> int:
        return (self.page - 1) * self.size

    @property
    def stop(self) -> int:
        return min(self.start + self.size, self.count)

    @property
    def first_number(self) -> int:
        return self.start + 1 if self.count else 0

    @property
    def first_url(self) -> str:
        return self._address(1)

    @property
    def last_url(self) -> str:
        return self._address(self.pages)

    @property
    def previous_url(self) -> str | None:
        return self._address(self.page - 1) if self.page > 1 else None

    @property
    def next_url(self) -> str | None:
        return self._address(self.page + 1) if self.page < self.pages else None

    def _address(self, page: int) -> str:
        params = self.params.copy()
        params["page"] = str(page)
        return f"?{params.urlencode()}"
