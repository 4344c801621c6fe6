"""The dimensions of a book (辅助核算): made when first named, found by code, name or initials."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from sanzi.store.bulk import insert

from .letters import initials
from .models import Dimension


def ensure(book: int, kind: str, names: Iterable[str]) -> dict[str, int]:
    """The keys of these names in a book, made where missing. Runs inside an action."""
    assert transaction.get_connection().in_atomic_block, "dimensions are made with their cause"
    wanted = list(dict.fromkeys(names))
    mine = Dimension.objects.filter(book=book, kind=kind)
    held = dict(mine.values_list("name", "pk"))
    fresh = [name for name in wanted if name not in held]
    if fresh:
        rows = [(book, kind, name[:60], name, initials(name), "", True) for name in fresh]
        insert(Dimension, ("book", "kind", "code", "name", "pinyin", "ref", "is_active"), rows)
        held = dict(mine.values_list("name", "pk"))
    return {name: held[name] for name in wanted}


def search(book: int, kind: str, text: str, most: int = 20) -> list[Dimension]:
    """The living dimensions whose code, name or initials contain the text, shortest first."""
    text = text.strip()
    mine = Dimension.objects.filter(book=book, kind=kind, is_active=True)
    if text:
        mine = mine.filter(
            Q(name__icontains=text) | Q(code__istartswith=text) | Q(pinyin__istartswith=text)
        )
    return list(mine.order_by("code")[:most])
