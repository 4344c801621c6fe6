"""What the address of an income page asks for: the day, the definition; unknown is refused."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.http import HttpRequest
from django.utils.timezone import localdate

from sanzi.accounting.models import Page
from sanzi.orgs.models import Region
from sanzi.villages.models import Income
from sanzi.web.errors import Unsupported

from .definitions import Definition, definition, is_known
from .queries import Judged, books_in, judged_by
from .standards import Tiers

_FIRST, _LAST = 1949, 2199
_TOWN = 9


@dataclass(frozen=True)
class Asked:
    """The day figures are of, the standards in force, the definition shown."""

    as_of: date
    judged: Judged
    definition: Definition

    @property
    def tiers(self) -> Tiers:
        return self.judged.tiers

    @property
    def year(self) -> int:
        return self.as_of.year

    @property
    def month(self) -> int:
        """Books are read by whole months, this one included."""
        return self.as_of.month

    @property
    def is_over(self) -> bool:
        return (self.as_of.month, self.as_of.day) == (12, 31)

    @property
    def span(self) -> str:
        """As people say it: 2026 年 1 至 10 月."""
        return f"{self.year} 年" if self.month == 12 else f"{self.year} 年 1 至 {self.month} 月"


def asked_of(
    request: HttpRequest, region: str, *, of: str = "", of_a_december: bool = False
) -> Asked:
    """What is asked about a region; `of` is a definition that goes without asking, and what is only
    known of a year's end goes to the last December begun. Raises Unsupported (400).
    """
    given = day_asked(request)
    as_of = given or latest_day(region)
    if of_a_december and not given and as_of.month < 12:
        as_of = date(as_of.year - 1, 12, 31)
    held = judged_by(region, as_of)
    code = of or request.GET.get("definition", "") or held.tiers.definition
    if not is_known(code):
        raise Unsupported("income.definition", f"没有“{code[:20]}”这个收入口径")
    return Asked(as_of, held, definition(code))


def day_asked(request: HttpRequest) -> date | None:
    """The day given; None when none is. Raises Unsupported (400)."""
    given = request.GET.get("as_of", "").strip()
    if not given:
        return None
    try:
        found = date.fromisoformat(given)
    except ValueError:
        found = None
    if found is None or len(given) != len("2022-12-31") or not _FIRST <= found.year <= _LAST:
        raise Unsupported("income.day", f"日期“{given[:20]}”不对，应写成 2022-12-31")
    return found


def latest_day(region: str) -> date:
    """Today, or the end of the latest year anything is known of; one or two queries."""
    today = localdate()
    pages = Page.objects.filter(
        book__in=books_in(region).order_by(), year__lte=today.year,
        account__gte="5", account__lt="6",
    ).aggregate(most=Max("year"))  # fmt: skip
    if pages["most"] == today.year:
        return today
    row = Income.objects.within(region).filter(year__lte=today.year).aggregate(most=Max("year"))
    year = max(row["most"] or 0, pages["most"] or 0)
    return today if year in (0, today.year) else date(year, 12, 31)


def villages_in(region: str) -> dict[str, str]:
    """The living villages of a region: names by code, in the order of codes; one query.

    Above the town with the town's name before it: many a town has a 上庄村.
    """
    mine = Region.objects.filter(code__startswith=region, level=Region.Level.VILLAGE, valid_to=None)
    rows = mine.order_by("code").values_list("code", "name", "parent__name")
    is_above = len(region) < _TOWN
    return {code: f"{town}{name}" if is_above else name for code, name, town in rows}
