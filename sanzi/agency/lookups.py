"""What the grid must know of a book: its accounts, and the names typed into its cells."""

from collections.abc import Iterable

from django.db.models import Q

from sanzi.accounting.models import Account, Book, Dimension

from .naming import KnownName, bare, parts
from .spelling import KnownAccount

_COLUMNS = ("code", "name", "pinyin", "aux", "is_leaf", "is_active")


def accounts_of(book: Book) -> list[KnownAccount]:
    """Every account of the book in the order of the chart."""
    rows = Account.objects.of(book).order_by("code").values_list(*_COLUMNS)
    return [
        KnownAccount(code, name, pinyin, tuple(aux.split()), is_leaf, is_active)
        for code, name, pinyin, aux, is_leaf, is_active in rows
    ]


def names_typed(book: Book, cells: Iterable[str]) -> list[KnownName]:
    """The living dimensions that any of these cells may mean, by exact name or code."""
    words = {word for cell in cells for word in (cell.strip(), *map(bare, parts(cell))) if word}
    if not words:
        return []
    rows = Dimension.objects.of(book).filter(is_active=True)
    meant = rows.filter(Q(name__in=words) | Q(code__in=words)).order_by("kind", "code")
    return [KnownName(*row) for row in meant.values_list("pk", "kind", "code", "name")]


def words_for(book: Book, keys: Iterable[int | None]) -> dict[int, str]:
    """How each of these dimensions is typed: by its name, or by its code where two share it."""
    wanted = {key for key in keys if key is not None}
    if not wanted:
        return {}
    mine = list(Dimension.objects.of(book).filter(pk__in=wanted))
    twins = Dimension.objects.of(book).filter(is_active=True, name__in={d.name for d in mine})
    sharing: dict[tuple[str, str], int] = {}
    for kind, name in twins.values_list("kind", "name"):
        sharing[kind, name] = sharing.get((kind, name), 0) + 1
    return {d.pk: d.name if sharing.get((d.kind, d.name), 0) < 2 else d.code for d in mine}
