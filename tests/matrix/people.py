"""Who asks: every role at each of its levels, and those who should get nothing."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password

from sanzi.access.models import Person, Post
from sanzi.orgs.models import Region

from .places import CITY, COUNTY, TOWN, TOWN_2, VILLAGE

PASSWORD = "correct horse battery staple"
SINCE, LONG_AGO = date(2020, 1, 1), date(2020, 12, 31)


@dataclass(frozen=True)
class Actor:
    """A person acting from a post; `column` is the role's column in statuses.csv."""

    name: str
    column: str
    region: str
    username: str = ""
    post: int = 0  # The person's nth post.
    # The region of a post they hold besides: its name stands in their own menu.
    besides: str = ""

    @property
    def account(self) -> str:
        return self.username or self.name

    def __str__(self) -> str:
        return self.name


OFFICES = (
    ("village_head", VILLAGE),
    ("village_accountant", VILLAGE),
    ("village_supervisor", VILLAGE),
    ("town_clerk", TOWN),
    ("town_leader", TOWN),
    ("county_office", COUNTY),
    ("city_leader", CITY),
    ("inspector", TOWN),
    ("inspector", COUNTY),
    ("inspector", CITY),
    ("agency_accountant", TOWN),
    ("agency_chief", TOWN),
    ("agency_cashier", TOWN),
    *((f"{which}_admin", COUNTY) for which in ("system", "security", "audit")),
    *((f"{which}_admin", "") for which in ("system", "security", "audit")),
)  # fmt: skip
HOLDERS = tuple(Actor(f"{role}-{code or 'nation'}", role, code) for role, code in OFFICES)
ANONYMOUS = Actor("anonymous", "anonymous", VILLAGE)
ACTORS = (
    *HOLDERS,
    # One person with two posts acts from one at a time, and sees no more than that one does.
    Actor("two-posts-first", "village_accountant", VILLAGE, "two-posts", besides=TOWN_2),
    Actor("two-posts-second", "town_clerk", TOWN_2, "two-posts", 1, VILLAGE),
    Actor("expired", "no_post", VILLAGE),
    Actor("newcomer", "newcomer", TOWN),
    Actor("deactivated", "anonymous", TOWN),
    ANONYMOUS,
)
# One of each column of the table; then those who must get no more than these.
EVERYDAY = tuple({actor.column: actor for actor in reversed(ACTORS)}.values())
ODD = tuple(actor for actor in ACTORS if actor.besides or actor.name == "deactivated")
# One whom business pages let in, and one whom the others do.
FEW = tuple(a for a in ACTORS if a.name in (f"town_clerk-{TOWN}", f"system_admin-{COUNTY}"))
# Enough to see a mistake the same day: of a village, of the agency, an administrator, nobody.
SAMPLE = tuple(
    actor
    for actor in EVERYDAY
    if actor.column in ("village_accountant", "agency_chief", "audit_admin", "anonymous")
)
# Who may hand in a workbook, by the length of the office's code.
UPLOADERS = {12: "village_accountant", 9: "town_clerk", 6: "county_office"}
# A post of each level to be given, ended, and to stand for that region's people.
POST_AT = {12: "village_head", 9: "town_leader", 6: "county_office", 4: "city_leader"}


def make_people() -> None:
    """Everyone who asks, and in every region somebody to be asked about."""
    password = make_password(PASSWORD)
    regions = Region.objects.in_bulk(field_name="code")

    def add(username: str, *posts: tuple[str, str], **more: Any) -> Person:
        to_on = more.pop("to_on", None)
        person = Person(username=username, name=f"人-{username}", password=password, **more)
        person.save()
        for role, code in posts:
            Post.objects.create(
                person=person, role=role, region=regions[code], from_on=SINCE, to_on=to_on
            )
        return person

    for actor in HOLDERS:
        add(actor.name, (actor.column, actor.region))
    add("two-posts", ("village_accountant", VILLAGE), ("town_clerk", TOWN_2))
    add("expired", ("town_clerk", TOWN), to_on=LONG_AGO)
    add("newcomer", ("town_clerk", TOWN), must_change_password=True)
    add("deactivated", ("town_clerk", TOWN), is_active=False)
    for code in regions:
        if role := POST_AT.get(len(code)):
            add(f"of-{code}", (role, code))
            add(f"closed-{code}", (role, code), is_active=False)
        if role := UPLOADERS.get(len(code)):
            add(f"uploader-{code}", (role, code))
