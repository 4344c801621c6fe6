"""How far the books of a region are: what the town's console and a book's own page show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Max, Min, Q, QuerySet

from sanzi.access.models import Person
from sanzi.accounting.models import Book, Period
from sanzi.journal.models import Entry
from sanzi.journal.recorder import key
from sanzi.journal.timeline import Line as Event
from sanzi.orgs.models import Region
from sanzi.orgs.tree import names_of

from .checks import Check, month_name
from .facts import gather
from .looks import blocking, checklist

OPEN = Period.State.OPEN
CLOSINGS = ("books.close", "books.reopen", "books.lock", "books.open_year", "books.opening")
STORY = 30


@dataclass(frozen=True)
class Progress:
    """A book on its way: what is closed, what is open, what stands in the way of the next month."""

    book: Book
    village: str
    # YYYYMM; 0 where there is none.
    closed: int
    next: int
    # Months over and still open.
    behind: int
    blocks: Sequence[Check]

    @property
    def closed_title(self) -> str:
        """The latest closed month in words."""
        return month_name(self.closed) if self.closed else "尚未结账"

    @property
    def next_title(self) -> str:
        """The month to close next, in words."""
        return month_name(self.next) if self.next else "没有未结账月份"

    @property
    def year(self) -> int:
        """The year of the month to close next."""
        return self.next // 100

    @property
    def is_due(self) -> bool:
        """Whether the next month is over and nothing stands in its way."""
        return bool(self.behind) and not self.blocks and not self.is_december

    @property
    def is_december(self) -> bool:
        """Whether the next month closes with the year end."""
        return self.next % 100 == 12


def last_month(today: date) -> int:
    """YYYYMM of the month before this one."""
    return (today.year - 1) * 100 + 12 if today.month == 1 else today.year * 100 + today.month - 1


def living(books: QuerySet[Book]) -> QuerySet[Book]:
    """Books no later set continues."""
    return books.filter(successor=None).select_related("collective").order_by("village", "pk")


def behind(books: QuerySet[Book], today: date) -> QuerySet[Book]:
    """Those with a month that is over and not closed."""
    open_ = Period.objects.filter(state=OPEN, period__lte=last_month(today))
    return books.filter(pk__in=open_.values("book"))


def villages_without(code: str, books: QuerySet[Book]) -> int:
    """How many living villages of a region have no account set at all."""
    villages = Region.objects.filter(level="village", valid_to=None, code__startswith=code)
    return villages.exclude(code__in=books.values("village")).count()


def progress_of(books: Sequence[Book], today: date) -> list[Progress]:
    """The progress of these books with the checks of each one's next month: few queries."""
    if not books:
        return []
    months = Period.objects.filter(book__in=books, period__gte=F("book__begins"))
    late = Q(state=OPEN, period__lte=last_month(today))
    stand = {
        book: (closed or 0, first or 0, count)
        for book, closed, first, count in months.values_list("book").annotate(
            closed=Max("period", filter=~Q(state=OPEN)),
            first=Min("period", filter=Q(state=OPEN)),
            late=Count("period", filter=late),
        )
    }
    asked = {book: stand[book.pk][1] for book in books if book.pk in stand and stand[book.pk][1]}
    facts = gather(asked, today)
    names = names_of(book.village for book in books)
    found = []
    for book in books:
        closed, first, late = stand.get(book.pk, (0, 0, 0))
        blocks = blocking(checklist(facts[book.pk])) if book.pk in facts else []
        name = names.get(book.village, book.village)
        found.append(Progress(book, name, closed, first, late, blocks))
    return found


def story(book: Book, person: Person) -> list[Event]:
    """What closing went through in a book, the latest first; its vouchers are told elsewhere."""
    told = (
        Entry.objects.visible_to(person)
        .about(key(book))
        .filter(Q(action__startswith="yearend.") | Q(action__in=CLOSINGS))
    )
    return [
        Event(e.at, e.label, e.actor_name, str(e.facts.get("reason") or ""))
        for e in told.order_by("-seq")[:STORY]
    ]
