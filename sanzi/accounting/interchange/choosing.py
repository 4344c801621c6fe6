"""Which account set a command or a page speaks of: by village, name and scheme."""

from django.db.models import Q, QuerySet

from sanzi.access.models import Person
from sanzi.accounting.models import Book
from sanzi.kernel.refusals import Invalid, Missing

SHOWN = 10
LATEST = 999_912


def sets_of(
    by: Person, region: str, name: str = "", scheme: str = "", month: int = LATEST
) -> list[Book]:
    """The sets of a region a person may see, those of this name and scheme if given.

    Where an organisation went over to another scheme, the set in use in the month YYYYMM answers
    unless the scheme is named.
    """
    mine: QuerySet[Book] = Book.objects.visible_to(by).within(region)
    if len(region) > 12:
        mine = mine.filter(collective__region__code=region)
    if name:
        mine = mine.filter(name=name)
    mine = mine.filter(scheme=scheme) if scheme else mine.filter(_in_use(month))
    return list(mine.select_related("collective__region").order_by("village", "pk"))


def _in_use(month: int) -> Q:
    not_yet_left = Q(successor=None) | Q(successor__begins__gt=month)
    return not_yet_left & (Q(predecessor=None) | Q(begins__lte=month))


def only_set(
    by: Person, region: str, name: str = "", scheme: str = "", month: int = LATEST
) -> Book:
    """The one set that fits. Raises Missing for none, Invalid for several, naming them."""
    found = sets_of(by, region, name, scheme, month)
    if len(found) == 1:
        return found[0]
    if found:
        raise Invalid("book.several", f"有 {len(found)} 个账套：{_named(found)}；{_HOW}")
    there = sets_of(by, region)
    if there:
        raise Missing("book.missing", f"没有符合条件的账套；现有 {_named(there)}；{_HOW}")
    raise Missing("book.missing", f"区划 {region} 还没有账套，请先建账套或导入凭证")


_HOW = "请用 --region 写到村、用 --set 写账套名称、用 --scheme 写会计制度，选定其中一个"


def _named(books: list[Book]) -> str:
    names = "、".join(f"“{book.name}”（{book.village}，{book.scheme}）" for book in books[:SHOWN])
    return names + ("等" if len(books) > SHOWN else "")
