"""A new installation has three administrators kept apart, and nobody has a default password."""

from datetime import date

from sanzi.orgs.models import Region
from sanzi.orgs.tree import NATION, ensure

from .models import Person, Post
from .passwords import random_password

FIRST = {
    "system_admin": ("admin", "系统管理员"),
    "security_admin": ("security", "安全管理员"),
    "audit_admin": ("audit", "审计管理员"),
}


def ensure_administrators(today: date) -> list[tuple[Person, str]]:
    """Make an administrator of each kind that has never had one; random passwords, shown once.

    Runs inside `administration.actions.people.appoint_first_administrators`, which records it.
    """
    ensure({NATION: ""})
    nation = Region.objects.get(code=NATION)
    held = set(Post.objects.filter(role__in=FIRST).values_list("role", flat=True))
    made = []
    for role, (username, name) in FIRST.items():
        if role in held:
            continue
        person, password = Person(username=username, name=name), random_password()
        person.must_change_password = True
        person.set_password(password)
        person.save(force_insert=True)
        Post.objects.create(person=person, role=role, region=nation, from_on=today)
        made.append((person, password))
    return made
