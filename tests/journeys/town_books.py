"""An agency accountant and an account set, put into a copy of the demonstration.

Run as a program over that copy (SANZI_DATA); prints the key of the book.
"""

import os
from datetime import date

VILLAGE = "140521101201"


def main() -> int:
    """The book of the village committee, open since January of this year."""
    from django.utils.timezone import localdate, now

    from sanzi.access.models import Person
    from sanzi.access.system import system_person
    from sanzi.accounting.actions.sets import add_dimension, open_book
    from sanzi.accounting.models import Book
    from sanzi.administration.actions.demo import DemoPost, welcome
    from sanzi.orgs.models import Collective, Region

    posts = (
        DemoPost("zc-dailikuaiji", "何立秋", "agency_accountant", VILLAGE[:9]),
        DemoPost("zc-jianshi", "许霜降", "village_supervisor", VILLAGE),
    )
    welcome(posts=posts, from_on=date(2020, 1, 1), by=system_person("system_setup"), now=now())
    by = Person.objects.get(username="zc-dailikuaiji")
    organisation, _ = Collective.objects.get_or_create(
        region=Region.objects.get(code=VILLAGE), kind="committee", defaults={"name": "村委会"}
    )
    book = Book.objects.filter(collective=organisation, scheme="2023").first() or open_book(
        collective_id=organisation.pk,
        scheme="2023",
        begins=localdate().year * 100 + 1,
        by=by,
        now=now(),
    )
    for name in ("赵某某", "赵某"):
        add_dimension(book_id=book.pk, kind="counterparty", name=name, by=by, now=now())
    return int(book.pk)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sanzi.config.settings")
    import django

    django.setup()
    print(main())
