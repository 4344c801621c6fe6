"""The demonstration's people by account, and the village whose books are shown whole."""

from django.utils.timezone import now

from sanzi.access.models import Person
from sanzi.accounting.models import Book

VILLAGE = "140521101201"
TOWN = VILLAGE[:9]

# Who does what in the village's books, so that no two duties meet in one person.
REPORTS, OVERSEES = "zc-kuaiji", "zc-jianshi"
PREPARES, REVIEWS, SIGNS, POSTS = "zc-daili", "zc-fuhe", "zc-chuna", "zc-zhuguan"
APPROVES = "zc-lingdao"


def acting(username: str) -> dict[str, object]:
    """`by` and `now` of an action, as this person takes it."""
    return {"by": Person.objects.get(username=username), "now": now()}


def books_of(region: str, username: str = POSTS) -> list[Book]:
    """The account sets of a region as this person sees them, village by village."""
    person = Person.objects.get(username=username)
    mine = Book.objects.visible_to(person).within(region).select_related("collective__region")
    return list(mine.order_by("village", "pk"))
