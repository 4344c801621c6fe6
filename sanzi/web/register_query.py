"""What the address of a register page asks for, read strictly: anything unknown is refused."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.http import QueryDict

from sanzi.access.scope import ScopedQuerySet
from sanzi.kernel.regions import level
from sanzi.store.sealed import keyed_hash

from .errors import Unsupported
from .register import Register, RegisterColumn

SIZES = (20, 50, 100, 200)
SEARCH_MAX = 200
# In a filter: the cell is not filled.
BLANK = "-"
PAPER = "1"
EXPORT = "xlsx"

_OWN = frozenset({"q", "region", "sort", "page", "size", "cols", "print", "export"})
# A number someone copied from a card: identity, credit code, phone, bank account.
_NUMBER = re.compile(r"[0-9A-Z]{7,30}")


@dataclass(frozen=True)
class Asked:
    """One view of a register: which rows, which columns, in which order."""

    register: Register
    params: QueryDict
    words: str
    filters: Mapping[str, tuple[str, ...]]
    narrowed: Mapping[str, str]
    sort: str
    columns: tuple[RegisterColumn, ...]
    size: int
    page: int

    @property
    def is_print(self) -> bool:
        return self.params.get("print") == PAPER

    @property
    def is_export(self) -> bool:
        return self.params.get("export") == EXPORT

    @property
    def summed(self) -> tuple[RegisterColumn, ...]:
        return tuple(column for column in self.columns if column.total)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.words or self.filters or self.narrowed)


def read(register: Register, params: QueryDict, code: str = "") -> Asked:
    """What the address asks for on the page of the region `code`.

    Raises Unsupported (400) for a filter, sort, column or format the register does not have.
    """
    known = _OWN | {c.field for c in register.filters}
    known |= {name for n in register.narrowings for name in (n.name, *n.also)}
    if strangers := sorted(params.keys() - known):
        raise Unsupported("register.filter", f"不支持的筛选：{'、'.join(strangers)[:100]}")
    _check_formats(params)
    return Asked(
        register=register,
        params=params,
        words=_words(params.get("q", "")),
        filters=_filters(register, params),
        narrowed={n.name: v for n in register.narrowings if (v := params.get(n.name))},
        sort=_sort(register, params.get("sort", "")),
        columns=_columns(register, [c for c in params.getlist("cols") if c], code),
        size=_whole(params.get("size", ""), otherwise=SIZES[0], most=SIZES[-1]),
        page=_whole(params.get("page", ""), otherwise=1, most=10**9),
    )


def _check_formats(params: QueryDict) -> None:
    if params.get("export", "") not in ("", EXPORT):
        raise Unsupported("register.export", "不支持的导出格式，目前只能导出 xlsx")
    if params.get("print", "") not in ("", PAPER):
        raise Unsupported("register.print", "不支持的打印方式")


def _words(given: str) -> str:
    words = given.replace("\x00", "").strip()
    if len(words) > SEARCH_MAX:
        raise Unsupported("register.search", f"查找内容最多 {SEARCH_MAX} 个字，请缩短后再查")
    return words


def _filters(register: Register, params: QueryDict) -> dict[str, tuple[str, ...]]:
    chosen = {}
    for column in register.filters:
        values = tuple(value for value in params.getlist(column.field) if value)
        if not values:
            continue
        if strange := [v for v in values if v not in (*column.options, BLANK)]:
            raise Unsupported("register.filter", f"不支持的筛选：{column.title}“{strange[0][:40]}”")
        chosen[column.field] = values
    return chosen


def _sort(register: Register, given: str) -> str:
    column = register.by_name.get(given.removeprefix("-"))
    if given and (column is None or not column.is_sortable):
        raise Unsupported("register.sort", f"不支持按“{given[:40]}”排序")
    return given


def _columns(register: Register, names: list[str], code: str) -> tuple[RegisterColumn, ...]:
    if strange := [name for name in names if name not in register.by_name]:
        raise Unsupported("register.column", f"没有“{strange[0][:40]}”这一列")
    # The register's own order, whatever order the boxes were ticked in.
    if names:
        return tuple(c for c in register.columns if c.field in names)
    # On one village's page every row is that village's; unless its name is what opens the row.
    told = level(code) in ("village", "group") and register.columns[0].kind != "village"
    return tuple(c for c in register.columns if c.default and not (told and c.kind == "village"))


def _whole(given: str, *, otherwise: int, most: int) -> int:
    """A page number or size as people mistype it: never a reason to refuse."""
    try:
        number = int(given[:12])
    except ValueError:
        return otherwise
    return min(number, most) if number >= 1 else otherwise


def narrow(asked: Asked, rows: QuerySet[Any], code: str) -> QuerySet[Any]:
    """The rows of the view: in the region, found by the words, passed by every filter."""
    assert isinstance(rows, ScopedQuerySet)
    found: QuerySet[Any] = rows.within(code)
    for name, values in asked.filters.items():
        found = found.filter(_passes(found, asked.register.by_name[name], values))
    for narrowing in asked.register.narrowings:
        if value := asked.narrowed.get(narrowing.name):
            found = narrowing.narrow(found, value, asked.params)
    return found.filter(_mentions(asked.register, asked.words)) if asked.words else found


def _passes(rows: QuerySet[Any], column: RegisterColumn, values: tuple[str, ...]) -> Q:
    chosen = [value for value in values if value != BLANK]
    if column.kind == "boolean":
        passed = Q(**{f"{column.source}__in": [value == "是" for value in chosen]})
    elif column.kind == "multi":
        passed = Q()
        for value in chosen:
            passed |= Q(**{f"{column.source}__contains": value})
    else:
        passed = Q(**{f"{column.source}__in": chosen})
    if BLANK in values:
        blank = Q(**{f"{column.source}__isnull": True})
        if column.kind != "boolean":
            blank |= Q(**{column.source: ""})
        passed = passed | blank if chosen else blank
    return passed


def _mentions(register: Register, words: str) -> Q:
    """Literal words in a searched column; a whole number also finds the sealed value it equals."""
    mentioned = Q(pk__in=[])
    for column in register.searched:
        mentioned |= Q(**{f"{column.source}__icontains": words})
    if number := sealed_number(words):
        for column in register.sealed:
            mentioned |= Q(**{f"{column.source}_hash": keyed_hash(number)})
    return mentioned


def sealed_number(words: str) -> str | None:
    """The identity, phone or account number these words may be, as it was sealed; else None."""
    number = unicodedata.normalize("NFKC", words).upper().replace(" ", "").replace("-", "")
    return number if _NUMBER.fullmatch(number) else None


def order(asked: Asked, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Sorted as asked, unfilled cells last, and always in one order only."""
    if not asked.sort:
        return rows.order_by(*asked.register.sort, "pk")
    source = F(asked.register.by_name[asked.sort.removeprefix("-")].source)
    if asked.sort.startswith("-"):
        return rows.order_by(source.desc(nulls_last=True), "pk")
    return rows.order_by(source.asc(nulls_last=True), "pk")


def sums(asked: Asked, rows: QuerySet[Any]) -> tuple[int, dict[str, Any]]:
    """Number of rows, and sums by column, of the whole filtered set; one query."""
    wanted = {f"sum_{i}": Sum(column.source) for i, column in enumerate(asked.summed)}
    found = rows.order_by().aggregate(rows_count=Count("pk"), **wanted)
    return found["rows_count"], {
        column.field: found[f"sum_{i}"] for i, column in enumerate(asked.summed)
    }
